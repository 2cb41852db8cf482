"""What the counter finds each time: for either customer, a case in each state that a button or form is for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from cases.announcements import Words
from cases.case import Case
from cases.change import Change
from cases.intake import Form, Opened
from cases.keeping import happened
from cases.leasing import asked_whether
from cases.reminders import AccountEntry, Reminder
from cases.reminding import Reminding
from cases.waiting import waited
from cases.wishes import WishForm
from tests.faults.rights.counter import Counter
from tests.faults.rights.people import BORIS, DANA, ERIN, MAX, SHARED

LONG = timedelta(days=90)
SECRETS = {"Acme": "Falcon", "Bolt": "Osprey"}
"""A word that stands in the title and the details of every case of this customer."""
OWNERS = {"Acme": DANA, "Bolt": BORIS}


@dataclass(frozen=True)
class Desk:
    """What one customer has."""

    name: str
    account: int
    cases: Mapping[str, int]
    """Numbers by state."""
    wish: str
    intake: str
    meeting: str
    renewal: str
    engineer: str
    written: str
    """Of an announcement that waits for its words; it is nobody's."""
    proof: str
    """What the preview of another carries."""
    announced: str
    """One that was sent."""


def set_out(counter: Counter) -> dict[str, Desk]:
    """By customer; the counter begins with it."""
    Reminding(counter.room).replan()
    desks = {name: _desk(counter, name) for name in OWNERS}
    counter.begin()
    return desks


def _desk(counter: Counter, name: str) -> Desk:
    with counter.front.units() as uow:
        account = uow.accounts.by_name(name)
    assert account is not None
    numbers = {state: make(counter, name) for state, make in STATES.items()}
    with counter.front.units() as uow:
        wish = uow.cases.get(numbers["wished"]).wish
        reminders = {each.kind: each for id, each in uow.reminders.all() if id == account.id}
    assert wish is not None
    told = next(each for each in reminders.values() if each.kind not in {"arrival", "renewal"})
    meeting = _told(counter, account.id, told)
    renewal = next(each.series for kind, each in reminders.items() if kind == "renewal")
    intake = counter.front.reception.begin(SHARED, OWNERS[name].actor, counter.front.clock.now()).id
    return Desk(
        name=name,
        account=account.id,
        cases=numbers,
        wish=f"{numbers['wished']}:{wish.revision}",
        intake=intake,
        meeting=meeting,
        renewal=renewal,
        engineer=account.add_ons[0].person,
        written=_announcement(counter),
        proof=_proof(counter),
        announced=_announced(counter),
    )


def _announcement(counter: Counter) -> str:
    return counter.front.announcing.begin(MAX.actor, counter.front.clock.now()).announcement.id


def _proof(counter: Counter) -> str:
    words = Words("okta", "Something new", "It comes on Monday.", "")
    proof = counter.front.announcing.proof(_announcement(counter), words, MAX.actor)
    return f"{proof.announcement.id}:{proof.stamp}"


def _announced(counter: Counter) -> str:
    id, _, stamp = _proof(counter).partition(":")
    return counter.front.announcing.send(id, stamp, MAX.actor, counter.front.clock.now()).id


def _told(counter: Counter, account: int, reminder: Reminder) -> str:
    """A reminder of a meeting that was told and not answered yet."""
    entry = AccountEntry(counter.front.clock.now(), None, "reminded", reminder.key)
    with counter.front.units() as uow:
        happened(uow, uow.accounts.hold(account), counter.front.policies, (entry,))
    return reminder.key


def _opened(counter: Counter, name: str, reach: str = "almost-all") -> Case:
    front, now, owner = counter.front, counter.front.clock.now(), OWNERS[name]
    words = f"{SECRETS[name]} is down"
    form = Form(title=words, details=words, product="service", answers=(("reach", reach),))
    if reach == "none":
        form = replace(form, consent=True, available=owner.actor)
    done = front.reception.open(front.reception.begin(SHARED, owner.actor, now).id, owner.actor, form, now)
    assert isinstance(done, Opened)
    return done.case


def _fresh(counter: Counter, name: str) -> int:
    return _opened(counter, name).number


def _urgent(counter: Counter, name: str) -> int:
    return _opened(counter, name, "none").number


def _claimed(counter: Counter, name: str) -> int:
    number = _fresh(counter, name)
    return counter.front.desk.claim(number, ERIN.actor, counter.front.clock.now()).number


def _offered(counter: Counter, name: str) -> int:
    number = _claimed(counter, name)
    note = f"{SECRETS[name]} was restarted"
    kinds = [kind.id for kind in _read(counter, number).promise.solutions]
    return counter.front.desk.resolve(number, note, ERIN.actor, counter.front.clock.now(), kinds[0]).number


def _helped(counter: Counter, name: str) -> int:
    number = _offered(counter, name)
    return counter.front.solutions.confirm(number, OWNERS[name].actor, SHARED, counter.front.clock.now()).number


def _waiting(counter: Counter, name: str) -> int:
    number = _claimed(counter, name)
    question = f"{SECRETS[name]} logs, please"
    return counter.front.asking.ask(number, question, ERIN.actor, counter.front.clock.now()).number


def _closable(counter: Counter, name: str) -> int:
    case = _read(counter, _waiting(counter, name))
    return _save(counter, waited(case, counter.room.calendar(case), counter.front.clock.now() + LONG))


def _leased(counter: Counter, name: str) -> int:
    case = _read(counter, _claimed(counter, name))
    places, now = counter.room.places, counter.front.clock.now()
    return _save(counter, asked_whether(case, counter.room.calendar(case), places, now, away=True))


def _wished(counter: Counter, name: str) -> int:
    number, owner = _fresh(counter, name), OWNERS[name].actor
    form = WishForm(2, f"{SECRETS[name]} is worse")
    return counter.front.wishes.wish(number, form, owner, SHARED, counter.front.clock.now()).number


def _unnamed(counter: Counter, name: str) -> int:
    number = _fresh(counter, name)
    return counter.front.desk.reprioritise(number, 1, "worse", ERIN.actor, counter.front.clock.now()).number


def _linked(counter: Counter, name: str) -> int:
    """With the first of the same customer's."""
    number, now = _claimed(counter, name), counter.front.clock.now()
    with counter.front.units() as uow:
        other = min(case.number for case in uow.cases.listing() if case.account_name == name)
    return counter.front.casework.link(number, other, "related", ERIN.actor, now).number


def _read(counter: Counter, number: int) -> Case:
    with counter.front.units() as uow:
        return uow.cases.get(number)


def _save(counter: Counter, change: Change) -> int:
    with counter.front.units() as uow:
        return counter.room.save_and_redraw(uow, change).number


STATES: dict[str, Callable[[Counter, str], int]] = {
    "fresh": _fresh,
    "urgent": _urgent,
    "claimed": _claimed,
    "offered": _offered,
    "helped": _helped,
    "waiting": _waiting,
    "closable": _closable,
    "leased": _leased,
    "wished": _wished,
    "unnamed": _unnamed,
    "linked": _linked,
}
