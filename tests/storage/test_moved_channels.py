"""Where a channel that moved is now: however often, and back again."""

from storage.unit_of_work import SqlUnitsOfWork


def test_every_id_that_a_channel_ever_had_leads_to_the_one_it_has(begin: SqlUnitsOfWork) -> None:
    for old, new in (("C0A", "C0B"), ("C0X", "C0Y"), ("C0B", "C0C")):
        with begin() as work:
            work.channels.move(old, new)
    with begin() as work:
        assert work.channels.moved() == {"C0A": "C0C", "C0B": "C0C", "C0X": "C0Y"}


def test_one_that_has_its_first_id_again_needs_no_leading(begin: SqlUnitsOfWork) -> None:
    for old, new in (("C0A", "C0B"), ("C0B", "C0A")):
        with begin() as work:
            work.channels.move(old, new)
    with begin() as work:
        assert work.channels.moved() == {"C0B": "C0A"}
    with begin() as work:
        work.channels.move("C0A", "C0B")
    with begin() as work:
        assert work.channels.moved() == {"C0A": "C0B"}
