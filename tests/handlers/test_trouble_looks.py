"""What operators read: acceptable to Slack, in few words, with what to do; and nobody is called by any of it."""

import pytest

from cases.detours import plain, untold
from cases.says import Body, Note, Say, SayKind, Urgency
from cases.troubles import Lasting, Trouble, TroubleKind, told
from handlers.renderer import Renderer
from handlers.troubles import trouble
from handlers.untold import NOT_READ, NOTES_NOT_READ
from tests.builders import NOON, PLACES, case
from tests.handlers.looks import buttons, seen
from workspace.pings import pings

ALSO: dict[TroubleKind, Body] = {
    TroubleKind.PLACE: {"setting": "TRIAGE_CHANNEL", "next": "C0MANAGERS"},
    TroubleKind.PERSON: {"cases": "C-1 C-2", "parts": "SUPPORT_MANAGERS, csm of <!channel> & Co"},
}
ABOUT = {TroubleKind.PLACE: "C0TRIAGE", TroubleKind.PERSON: "U0MAX", TroubleKind.SOCKET: "host-1:77 <!here>"}


def body_of(kind: TroubleKind, count: int = 1, **also: str) -> Body:
    lasting = Lasting(Trouble(kind, NOON, ABOUT.get(kind, ""), "is_archived", count), 1, NOON)
    return told(lasting, PLACES, {**ALSO.get(kind, {}), **also}).body


@pytest.mark.parametrize("kind", TroubleKind)
def test_each_trouble_says_what_is_wrong_and_what_to_do_and_when_it_is_over(kind: TroubleKind) -> None:
    for body in (body_of(kind), body_of(kind, 200), body_of(kind, over="2026-03-02T13:00:00Z")):
        message = trouble(body)
        assert len(message.text) < 600
        assert "docs" not in seen(message)
        assert pings(message.text, [dict(block) for block in message.blocks]) <= {"@U0MAX"}
    assert "200 or more" in seen(trouble(body_of(TroubleKind.EVENTS, 200)))
    assert "1 message waited" in seen(trouble(body_of(TroubleKind.SAYS)))


def test_a_place_of_the_team_is_named_by_its_setting_and_says_where_its_alarms_go() -> None:
    shown = seen(trouble(body_of(TroubleKind.PLACE)))
    assert "I can say nothing in <#C0TRIAGE>: it is archived." in shown
    assert "goes to <#C0MANAGERS> first" in shown
    assert "another one in TRIAGE_CHANNEL" in shown


@pytest.mark.parametrize(
    ("named", "line"),
    [
        ({"setting": "TRIAGE_CHANNEL", "accounts": ""}, "write `TRIAGE_CHANNEL=C0NEW` in `.env`"),
        (
            {"setting": "", "accounts": "Acme & Co, <!here>"},
            "under `channels:` of \u2068Acme &amp; Co",
        ),
    ],
)
def test_a_new_id_names_the_line_to_change(named: Body, line: str) -> None:
    message = trouble({"trouble": "moved", "about": "C0NEW", "old": "C0OLD", **named})
    assert "<#C0NEW> has a new id: `C0NEW`, not `C0OLD`." in seen(message)
    assert line in seen(message)
    assert pings(message.text, [dict(block) for block in message.blocks]) == set()


@pytest.mark.parametrize("kind", NOT_READ)
def test_the_team_reads_what_a_customer_has_not(kind: SayKind) -> None:
    say = Say(
        "k", kind, "C0ACME", Urgency.REPLY, case=1, updates="x" if kind in {SayKind.REPLY, SayKind.REPLY_FILE} else None
    )
    assert f"has *not* read {NOT_READ[kind]}" in shown(untold(say, case(), "is_archived", PLACES))


@pytest.mark.parametrize("note", Note)
def test_of_notes_too(note: Note) -> None:
    say = Say("k", SayKind.NOTE, "C0ACME", Urgency.REPLY, case=1, body={"note": note.value})
    missed = NOTES_NOT_READ.get(note, "a line about it")
    assert f"has *not* read {missed}" in shown(untold(say, case(), "not_in_channel", PLACES))


def test_an_alarm_that_can_not_be_shown_is_there_in_plain_words_with_its_button() -> None:
    rung = Say("k", SayKind.ESCALATION, "C0MANAGERS", Urgency.ESCALATION, case=1)
    drawn = Renderer(lambda: "").draw(plain(rung, "invalid_blocks"), case(), NOON)
    assert "There is an alarm about" in seen(drawn)
    assert "invalid_blocks" in seen(drawn)
    assert buttons(drawn) == ["case_claim"]


def test_an_alarm_in_another_place_says_where_it_was_meant_for() -> None:
    gone = Say("k", SayKind.LEFT_REQUEST, "C0MANAGERS", 0, body={"instead": "U0CSM", "refused": "user_disabled"})
    told = seen(Renderer(lambda: "").draw(gone, None, NOON))
    assert "Meant for <@U0CSM>, which can't be told: the account is deactivated." in told


def shown(say: Say | None) -> str:
    assert say is not None
    assert say.channel == PLACES.triage
    return seen(Renderer(lambda: "").draw(say, case(), NOON))
