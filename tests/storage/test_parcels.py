"""Parcels on both databases: each once, of one case in order, held by one taker, and never lost."""

from cases.causes import because_of
from cases.parcels import Parcel, ParcelKind
from cases.ports import UnitsOfWork
from tests.builders import NOON
from tests.storage.given import a_case, after


def parcel(case: int, number: int, address: str = "crm") -> Parcel:
    return Parcel(f"case:{case}:{number}:{address}", ParcelKind.WEBHOOK, address, case, NOON, {"revision": number})


def test_each_is_kept_once_and_given_back_as_it_was(begin: UnitsOfWork) -> None:
    one = parcel(a_case(begin).number, 1)
    with begin() as work, because_of("Ev1"):
        assert work.parcels.add(one)
        assert not work.parcels.add(one)
    with begin() as work:
        taken = work.parcels.take("crm", NOON)
        assert taken is not None
        assert (taken.parcel, taken.attempts, taken.cause) == (one, 0, "Ev1")
        assert work.parcels.take("crm", NOON) is None


def test_what_is_told_of_a_case_stays_in_order_and_another_case_goes_on(begin: UnitsOfWork) -> None:
    first, second = a_case(begin, "one").number, a_case(begin, "two").number
    with begin() as work:
        for each in (parcel(first, 1), parcel(first, 2), parcel(second, 1), parcel(first, 1, "pager")):
            work.parcels.add(each)
    with begin() as work:
        held = work.parcels.take("crm", NOON)
        other = work.parcels.take("crm", NOON)
        assert held is not None
        assert other is not None
        assert (held.parcel.case, other.parcel.case) == (first, second)
        assert work.parcels.take("crm", NOON) is None
        assert work.parcels.take("pager", NOON) is not None
        work.parcels.later(held.id, after(5), "HTTP 500")
    with begin() as work:
        assert work.parcels.take("crm", after(4)) is None
        assert work.parcels.next_ready_at(ParcelKind.WEBHOOK, "crm") == after(5)
        again = work.parcels.take("crm", after(5))
        assert again is not None
        assert (again.parcel.key, again.token, again.attempts) == (held.parcel.key, held.token, 1)
        work.parcels.carried(again.id, after(6))
        following = work.parcels.take("crm", after(6))
        assert following is not None
        assert following.parcel.body == {"revision": 2}


def test_what_a_dead_process_held_is_taken_again_under_the_same_token(begin: UnitsOfWork) -> None:
    number = a_case(begin).number
    with begin() as work:
        work.parcels.add(parcel(number, 1))
        held = work.parcels.take("crm", NOON)
    with begin() as work:
        assert work.parcels.take("crm", after(29)) is None
        again = work.parcels.take("crm", after(30))
        assert held is not None
        assert again is not None
        assert (again.id, again.token, again.attempts) == (held.id, held.token, 1)
        work.parcels.carried(again.id, NOON)
        work.parcels.later(held.id, NOON, "whoever held it first knows no better")
        assert work.parcels.take("crm", after(999)) is None


def test_a_lease_begins_anew_for_whom_it_is_and_for_nobody_else(begin: UnitsOfWork) -> None:
    number = a_case(begin).number
    with begin() as work:
        for key in ("first", "second"):
            work.parcels.add(Parcel(key, ParcelKind.REACH, "pager", number, NOON))
        held = work.parcels.take_alarms("pager", NOON)
    with begin() as work:
        work.parcels.carried(held[1].id, after(1))
        work.parcels.hold(held, after(10))
        assert work.parcels.take_alarms("pager", after(39)) == []
        (again,) = work.parcels.take_alarms("pager", after(40))
        assert again.parcel.key == "first"
        work.parcels.hold(held, after(50))
        assert work.parcels.next_ready_at(ParcelKind.REACH, "pager") == after(70), "it is another's by now"
        work.parcels.hold([again], after(50))
        assert work.parcels.next_ready_at(ParcelKind.REACH, "pager") == after(80)
        work.parcels.later(again.id, after(55), "refused")
        work.parcels.hold([again], after(54))
        assert work.parcels.next_ready_at(ParcelKind.REACH, "pager") == after(55), "it was put off"


def test_at_a_start_alone_nothing_waits_for_a_lease(begin: UnitsOfWork, database: str) -> None:
    number = a_case(begin).number
    with begin() as work:
        work.parcels.add(parcel(number, 1))
        work.parcels.take("crm", NOON)
    with begin() as work:
        work.parcels.release_leases()
        alone = database.startswith("sqlite")
        assert (work.parcels.take("crm", NOON) is not None) is alone


def test_what_was_given_up_is_listed_and_waits_again_when_somebody_asks(begin: UnitsOfWork) -> None:
    number = a_case(begin).number
    with begin() as work:
        work.parcels.add(parcel(number, 1))
        work.parcels.add(parcel(number, 2))
        taken = work.parcels.take("crm", NOON)
        assert taken is not None
        work.parcels.give_up(taken.id, "HTTP 410", after(1))
        assert not work.parcels.revive(taken.id + 1, NOON)
    with begin() as work:
        (dead,) = work.parcels.dead()
        assert (dead.id, dead.attempts, dead.error, dead.given_up_at) == (taken.id, 1, "HTTP 410", after(1))
        following = work.parcels.take("crm", NOON)
        assert following is not None
        work.parcels.carried(following.id, NOON)
        assert work.parcels.revive(dead.id, after(9))
        assert work.parcels.dead() == []
        again = work.parcels.take("crm", after(9))
        assert again is not None
        assert (again.parcel.key, again.token, again.attempts) == (dead.parcel.key, dead.token, 0)


def test_what_was_carried_long_ago_is_forgotten_and_nothing_else(begin: UnitsOfWork) -> None:
    number = a_case(begin).number
    with begin() as work:
        for revision in range(1, 5):
            work.parcels.add(parcel(number, revision))
            if revision < 4 and (taken := work.parcels.take("crm", NOON)):
                work.parcels.carried(taken.id, after(revision))
        assert work.parcels.drop_carried(after(3), 1) == 1
        assert work.parcels.drop_carried(after(3), 9) == 1
        assert work.parcels.drop_carried(after(3), 9) == 0
        assert work.parcels.take("crm", NOON) is not None


def test_addresses_that_nobody_knows_are_found(begin: UnitsOfWork) -> None:
    number = a_case(begin).number
    with begin() as work:
        work.parcels.add(parcel(number, 1))
        work.parcels.add(parcel(number, 1, "old-crm"))
        work.parcels.add(parcel(number, 2, "old-crm"))
        assert work.parcels.strays(ParcelKind.WEBHOOK, ["crm"]) == ["old-crm"]
        assert sorted(work.parcels.strays(ParcelKind.WEBHOOK, [])) == ["crm", "old-crm"]


def test_alarms_are_taken_all_at_once_and_each_by_one_taker(begin: UnitsOfWork) -> None:
    number = a_case(begin).number
    with begin() as work:
        for each in ("first", "second"):
            work.parcels.add(Parcel(each, ParcelKind.REACH, "pager", number, NOON))
        work.parcels.add(parcel(number, 1, "pager"))
        taken = work.parcels.take_alarms("pager", NOON)
        assert [each.parcel.key for each in taken] == ["first", "second"]
        assert work.parcels.take_alarms("pager", NOON) == []
        assert work.parcels.take("pager", NOON) is not None
        work.parcels.overtaken(taken[0].id, NOON)
        work.parcels.later(taken[1].id, after(2), "refused")
        assert work.parcels.next_ready_at(ParcelKind.REACH, "pager") == after(2)
    with begin() as work:
        (again,) = work.parcels.take_alarms("pager", after(2))
        assert (again.parcel.key, again.attempts) == ("second", 1)
        assert work.parcels.strays(ParcelKind.REACH, []) == ["pager"]
        assert work.parcels.strays(ParcelKind.REACH, ["pager"]) == []
