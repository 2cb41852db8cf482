"""The id of what happened is followed beyond Slack too: to the webhooks and the calls that came of it."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot import logs
from tests.journeys.acting import open_p1
from tests.journeys.test_reach import paging
from tests.outside.receiver import SECRETS, Receiver, receiving
from workspace.acting import card


@pytest.fixture
def outside() -> Iterator[tuple[Receiver, Receiver]]:
    """A CRM, and a pager's gateway."""
    with ExitStack() as both:
        yield both.enter_context(receiving()), both.enter_context(receiving())


@pytest.mark.usefixtures("quietly")
def test_from_a_reaction_to_its_webhook_and_from_a_timer_to_the_call_that_it_asked_for(
    tmp_path: Path, outside: tuple[Receiver, Receiver], capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure_logs("INFO")
    crm, pager = outside
    file = tmp_path / "addresses.yml"
    file.write_text(
        f"webhooks: {{crm: {{url: '{crm.url}/', secrets: ['{SECRETS[0]}']}}}}\n"
        f"reach: {{on-call-pager: {{url: '{pager.url.replace('http', 'json')}'}}}}"
    )
    stage = paging(tmp_path)
    stage.more_settings["addresses_file"] = file
    with stage:
        open_p1(stage)
        stage.move(minutes=45)
        pager.wait_for(1)
        stage.person("Erin").react(card(stage, "C0TRIAGE"), "eyes")
        stage.quiet()
        came = crm.wait_for(5)
        stage.stop_bot()
    assert (came[0].json["type"], came[-1].json["type"]) == ("case.opened", "case.claimed")

    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    carried = [(line["key"], line["cause"]) for line in lines if line["event"] == "parcel_carried"]
    called = {cause for key, cause in carried if key.endswith(":outside:on-call-pager")}
    assert called == {"timer:C-1:rung:1:75"}
    told = [cause for key, cause in carried if key.endswith(":webhook:crm")]
    assert told[1:4] == ["timer:C-1:backup:1", "timer:C-1:rung:1:50", "timer:C-1:rung:1:75"]
    assert told[0] in {line["cause"] for line in lines if line["event"] == "answered"}
    assert told[4].startswith("Ev")
    assert told[4] in {line["cause"] for line in lines if line["event"] == "event_handled"}
