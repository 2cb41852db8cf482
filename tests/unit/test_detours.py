"""The next place: in the order that the guide states, once each, and never in circles."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from cases.change import Places
from cases.detours import AT, instead, is_alarm, keys_elsewhere, root, same, stops, untold
from cases.says import Body, Say, SayKind, Urgency
from tests.builders import case

OWN = Places("C0TRIAGE", "C0ALARMS", "C0MANAGERS", "C0OPS")
SHARED = Places("C0TRIAGE", "C0TRIAGE", "C0MANAGERS")
MANAGERS = ("U0MAX", "U0MIA")


def alarm(channel: str = "C0ALARMS", key: str = "case:1:rung:1:50:0:triage:C0ALARMS") -> Say:
    body: Body = {"share": 50, "audience": "triage"}
    return Say(key, SayKind.ESCALATION, channel, Urgency.ESCALATION, case=1, body=body, thread="1.2")


def flat(channel: str, places: Places = OWN, managers: Sequence[str] = MANAGERS) -> list[str]:
    return [place for stop in stops(channel, places, managers) for place in stop]


def test_the_order_of_places() -> None:
    assert flat("C0ALARMS") == ["C0TRIAGE", "C0MANAGERS", "U0MAX", "U0MIA", "C0OPS"]
    assert flat("C0TRIAGE") == ["C0MANAGERS", "U0MAX", "U0MIA", "C0OPS", "C0ALARMS"]
    assert flat("C0MANAGERS") == ["U0MAX", "U0MIA", "C0OPS", "C0ALARMS", "C0TRIAGE"]
    assert flat("U0MAX") == ["C0MANAGERS", "U0MIA", "C0OPS", "C0ALARMS", "C0TRIAGE"]
    assert flat("U0CSM")[:3] == ["C0MANAGERS", "U0MAX", "U0MIA"]
    assert flat("C0OPS") == ["C0MANAGERS", "U0MAX", "U0MIA", "C0ALARMS", "C0TRIAGE"]
    with_engineers = stops("C0MANAGERS", OWN, MANAGERS, ("U0ERIN", "U0MAX"))
    assert with_engineers == (MANAGERS, ("C0OPS",), ("U0ERIN", "U0MAX"), ("C0ALARMS",), ("C0TRIAGE",))


def test_places_that_are_one_channel_are_one_place() -> None:
    assert flat("C0TRIAGE", SHARED) == ["C0MANAGERS", "U0MAX", "U0MIA", "C0MANAGERS"]
    assert flat("C0MANAGERS", SHARED) == ["U0MAX", "U0MIA", "C0TRIAGE", "C0TRIAGE"]


def test_the_alarm_in_the_next_place_has_a_key_of_its_own_and_says_where_it_was_meant_for() -> None:
    (first,) = instead(alarm(), "is_archived", stops("C0ALARMS", OWN, MANAGERS), {"C0ALARMS": False})
    assert (first.channel, first.thread, first.key) == ("C0TRIAGE", None, f"{alarm().key}{AT}C0TRIAGE")
    told = {"C0ALARMS": False, "C0TRIAGE": False}
    (second,) = instead(first, "not_in_channel", stops("C0TRIAGE", OWN, MANAGERS), told)
    assert (second.channel, second.key) == ("C0MANAGERS", f"{alarm().key}{AT}C0MANAGERS")
    assert (second.body["instead"], second.body["refused"]) == ("C0ALARMS", "is_archived")


def test_whoever_has_it_already_ends_the_way() -> None:
    ring = stops("C0ALARMS", OWN, MANAGERS)
    assert instead(alarm(), "is_archived", ring, {"C0ALARMS": False, "C0TRIAGE": True}) == ()
    told = {"C0ALARMS": False, "C0TRIAGE": False, "C0MANAGERS": False, "U0MIA": True}
    assert instead(alarm(), "is_archived", ring, told) == ()


@given(
    start=st.sampled_from(["C0ALARMS", "C0TRIAGE", "C0MANAGERS", "C0OPS", "U0MAX", "U0CSM"]),
    open_places=st.sets(st.sampled_from(["C0ALARMS", "C0TRIAGE", "C0MANAGERS", "C0OPS", "U0MAX", "U0MIA"])),
    places=st.sampled_from([OWN, SHARED]),
)
def test_it_stands_somewhere_if_any_place_is_open_and_nowhere_twice(
    start: str, open_places: set[str], places: Places
) -> None:
    """Slack refuses all but the open places; each refusal is passed on as the transaction that records it would."""
    waiting, said, told = [alarm(start, "root")], list[str](), dict[str, bool]()
    told[start] = True
    while waiting:
        say = waiting.pop()
        said.append(say.channel)
        told[say.channel] = say.channel in open_places
        if not told[say.channel]:
            following = instead(say, "is_archived", stops(say.channel, places, MANAGERS), told)
            told |= {each.channel: True for each in following}
            waiting += following
    there = {places.escalations, places.triage, places.managers, places.for_operators, *MANAGERS, start}
    assert len(said) == len(set(said))
    assert bool(set(said) & open_places) == bool(there & open_places)


def test_the_same_alarm_to_somebody_else_is_the_same_alarm() -> None:
    other = replace(alarm("U0MAX", "other"), body={"share": 50, "audience": "manager"})
    later = replace(alarm("U0MAX", "later"), body={"share": 75, "audience": "manager"})
    assert same(alarm(), [other, later]) == (other,)
    assert root(f"a{AT}C1") == "a"
    assert keys_elsewhere(alarm(), [("C1",)]) == {f"{alarm().key}{AT}C1": "C1"}


def test_redrawings_are_no_alarms_and_what_a_customer_was_to_read_is_told_to_the_team() -> None:
    assert is_alarm(alarm())
    assert not is_alarm(replace(alarm(), updates="x"))
    assert not is_alarm(Say("n", SayKind.NOTE, "C0TRIAGE", Urgency.REPLY))
    note = Say("n", SayKind.NOTE, "C0ACME", Urgency.REPLY, case=1, body={"note": "claimed"})
    told = untold(note, case(), "is_archived", OWN)
    assert told is not None
    assert (told.channel, told.thread, told.body["note"]) == ("C0TRIAGE", "post:case:1:card:triage", "claimed")
    assert untold(replace(note, updates="x"), case(), "is_archived", OWN) is None
    assert untold(replace(note, kind=SayKind.REPLY), case(), "is_archived", OWN) is None
    assert untold(replace(note, kind=SayKind.REPLY, updates="x"), case(), "is_archived", OWN) is not None
