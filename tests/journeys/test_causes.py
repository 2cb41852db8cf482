"""One id follows what somebody did in Slack to the last message that came of it: in every log line, on every row."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, text

from bot import logs
from workspace.acting import answer, card, form_of, press_pinned
from workspace.stage import Stage

ROWS = "SELECT key, cause FROM outbox ORDER BY id"


def causes(stage: Stage) -> dict[str, str]:
    """Of every message in the outbox, by its key."""
    engine = create_engine(stage.database_url)
    with engine.connect() as connection:
        found = {row.key: row.cause for row in connection.execute(text(ROWS))}
    engine.dispose()
    return found


def opened_by_dana(stage: Stage) -> dict[str, str]:
    """A case, and the causes of all that was said by then."""
    dana = stage.person("Dana")
    form = press_pinned(stage, dana, "C0ACME")
    dana.fill(form, {"Title": "Nobody can log in", "What happens?": "Since nine"})
    answer(stage, dana, "Which product?", "Okta Service")
    answer(stage, dana, "Which of your business resources can you still reach?", "Almost all")
    dana.submit(form_of(stage, dana))
    stage.quiet()
    return causes(stage)


@pytest.mark.usefixtures("quietly")
def test_a_reaction_is_followed_to_the_last_message_that_it_caused(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure_logs("INFO")
    opened = opened_by_dana(stage)
    capsys.readouterr()
    stage.person("Erin").react(card(stage, "C0TRIAGE"), "eyes")
    stage.quiet()
    claimed = {key: cause for key, cause in causes(stage).items() if key not in opened}
    (event,) = set(claimed.values())
    assert event.startswith("Ev")
    assert {"case:1:3:claimed:customer", "case:1:card:triage:3"} <= set(claimed)
    stage.stop_bot()
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    followed = [line for line in lines if line.get("cause") == event]
    assert {line["event"] for line in followed} == {"answered", "event_handled", "said"}
    assert {line["key"] for line in followed if line["event"] == "said"} == set(claimed)


def test_what_time_brings_names_its_timer_and_what_somebody_pressed_its_request(stage: Stage) -> None:
    opened = opened_by_dana(stage)
    assert len({cause for key, cause in opened.items() if key.startswith("case:1:")}) == 1
    stage.move_to(stage.clock.now() + timedelta(hours=3))
    told = {cause for key, cause in causes(stage).items() if key not in opened}
    assert {f"timer:C-1:rung:1:{share}" for share in (50, 75, 90, 100)} < told, "and the reminders after it"
    assert all(cause.startswith("timer:C-1:") for cause in told)
