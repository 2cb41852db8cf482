"""An alarm that every place refused goes round them: all of them each round, with a pause after it, nowhere else."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from cases.change import Places
from cases.detours import AT, instead, stops
from cases.roaming import LONGEST, SHORTEST, is_roaming, next_try, round_of, sent_round
from cases.says import Say, SayKind, Urgency
from tests.builders import NOON

OWN = Places("C0TRIAGE", "C0ALARMS", "C0MANAGERS", "C0OPS")
SHARED = Places("C0TRIAGE", "C0TRIAGE", "C0MANAGERS")
MANAGERS, ENGINEERS = ("U0MAX", "U0MIA"), ("U0ERIN", "U0MAX")
RUNG = Say("rung", SayKind.ESCALATION, "C0TRIAGE", Urgency.ESCALATION, case=1, body={"share": 50}, thread="1.2")


def test_a_round_has_every_place_of_the_team_once_in_the_stated_order() -> None:
    everywhere = ("C0ALARMS", "C0TRIAGE", "C0MANAGERS", "U0MAX", "U0MIA", "C0OPS", "U0ERIN")
    assert tuple(sorted(round_of(OWN, MANAGERS, ENGINEERS))) == tuple(sorted(everywhere))
    assert round_of(SHARED, (), ()) == ("C0MANAGERS", "C0TRIAGE")


def test_it_begins_where_it_was_meant_for_and_says_since_when_it_waits() -> None:
    places = round_of(OWN, MANAGERS, ENGINEERS)
    last = replace(
        RUNG, key=f"rung{AT}U0ERIN", channel="U0ERIN", body={"instead": "C0TRIAGE", "refused": "is_archived"}
    )
    roaming = sent_round(last, "user_disabled", places, NOON)
    assert is_roaming(roaming)
    assert (roaming.key, roaming.channel, roaming.thread) == (f"rung{AT}anywhere", "C0TRIAGE", None)
    assert roaming.body == {"instead": "C0TRIAGE", "refused": "is_archived", "waits_since": "2026-03-02T12:00:00Z"}
    elsewhere = sent_round(replace(RUNG, channel="U0CSM"), "user_disabled", places, NOON)
    assert (elsewhere.channel, elsewhere.body["instead"]) == (places[0], "U0CSM")


@given(
    start=st.sampled_from(["C0ALARMS", "C0OPS", "U0MAX", "C0GONE"]),
    opens_after=st.integers(min_value=0, max_value=86_400),
    opening=st.sampled_from(round_of(OWN, MANAGERS, ENGINEERS)),
)
def test_a_place_that_opens_has_it_within_a_minute_and_is_the_only_one(
    start: str, opens_after: int, opening: str
) -> None:
    places, opens_at, now = round_of(OWN, MANAGERS, ENGINEERS), NOON + timedelta(seconds=opens_after), NOON
    say = replace(sent_round(RUNG, "is_archived", places, NOON), channel=start)
    while not (say.channel == opening and now >= opens_at):
        channel, at = next_try(say, places, now)
        assert channel in places
        assert at == now or SHORTEST <= at - now <= LONGEST
        say, now = replace(say, channel=channel), at
    assert now - opens_at <= LONGEST


def test_an_alarm_goes_round_only_after_every_place_refused_it() -> None:
    ring = stops("U0ERIN", OWN, MANAGERS, ENGINEERS)
    refused = {place: False for stop in ring for place in stop} | {"U0ERIN": False}
    assert instead(RUNG, "user_disabled", ring, refused) == ()
    assert instead(RUNG, "user_disabled", ring, {**refused, "C0OPS": True}) == ()
