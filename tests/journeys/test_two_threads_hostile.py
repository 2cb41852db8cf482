"""Whatever somebody writes in one thread of a case, the other shows it harmless."""

import pytest

from tests.journeys.test_two_threads import customers, last, only_new, teams, writes
from tests.journeys.trying import harmless
from workspace.acting import card
from workspace.pings import pings
from workspace.stage import Stage

HOSTILE = (
    "<!channel> <!here> <@U0MAX> <!subteam^S0EVIL>",
    "a" * 39_990,
    "&" * 8_000,
    "🎉" * 500,
    ":tada:",
    "\u202eright to left\u2066 مرحبا שלום",
    "*bold* _it_ ~no~ `code` ```block``` > quote",
    "<https://evil.example|your bank>",
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_is_written_pings_nobody_and_breaks_nothing(opened: Stage, text: str) -> None:
    before = len(teams(opened))
    message = writes(opened, "Dana", text)
    only_new(teams(opened), before)
    opened.person("Dana").edit(message, f"{text[:39_000]} more")
    opened.person("Erin").post("C0TRIAGE", f"!reply {text[:2_900]}", card(opened, "C0TRIAGE").ts)
    opened.quiet()
    only_new([reply for reply in teams(opened) if reply.startswith("💬")], before)
    assert "(support)" in last(customers(opened))
    harmless_but_for_links(opened)


def harmless_but_for_links(stage: Stage) -> None:
    """An address that an engineer wrote can be followed; nothing else has any effect."""
    for message in stage.slack.messages("C0ACME"):
        if message.bot_id and "(support)" in message.text:
            assert not pings(message.text, message.blocks)
            message.blocks, message.text = [], "-"
    harmless(stage)
