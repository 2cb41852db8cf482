"""What Prometheus sees of the bot, and what wakes its operators."""

import json
import re
import subprocess
import urllib.request
from pathlib import Path

import pytest
import yaml

from bot.metrics import Metrics
from bot.reference import ROOT
from bot.settings import SettingsError
from bot.wiring import Caseclock
from tests.journeys.acting import open_p1
from tests.journeys.conftest import MORNING
from tests.journeys.prometheus import DASHBOARD, RULES, program, prometheus, waited_for
from tests.journeys.test_stand_in import CASECLOCK
from workspace.stage import Stage, settings_for

NAME = re.compile(r"\bcaseclock_\w+")
RULE_TESTS = ROOT / "tests" / "data" / "alerts_test.yml"


class MeasuredStage(Stage):
    """Its bot serves metrics at a free port."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, MORNING)
        self.more_settings = {"metrics_address": "127.0.0.1:0"}

    @property
    def port(self) -> int:
        assert self._bot is not None
        assert self._bot.operating.metrics is not None
        return self._bot.operating.metrics.port

    def scraped(self) -> dict[str, float]:
        """Values by name and labels, as they are written."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=10) as answer:
            lines = answer.read().decode().splitlines()
        return {name: float(value) for name, _, value in (s.rpartition(" ") for s in lines if not s.startswith("#"))}


def expressions() -> list[str]:
    """Of the rules and of the dashboard."""
    rules = yaml.safe_load(RULES.read_text())["groups"][0]["rules"]
    panels = json.loads(DASHBOARD.read_text())["panels"]
    return [rule["expr"] for rule in rules] + [target["expr"] for panel in panels for target in panel["targets"]]


def test_what_happened_is_counted_and_what_stands_is_told(tmp_path: Path) -> None:
    with MeasuredStage(tmp_path) as stage:
        before = stage.scraped()
        assert before["caseclock_connected"] == before["caseclock_database_up"] == 1
        assert before['caseclock_breaches_total{program="okta"}'] == 0
        open_p1(stage)
        stage.slack.faults.rate_limit("chat.postMessage")
        stage.person("Dana").post("C0ACME", "<@U0BOT> the other one too")
        later = 'caseclock_says_total{result="later"}'
        waited_for(lambda: stage.scraped()[later] == 1, "the answer is put off")
        stage.move(hours=2)
        after = stage.scraped()
        assert after['caseclock_open_cases{program="okta",state="open"}'] == 1
        assert after['caseclock_missed_cases{program="okta"}'] == 1
        assert after['caseclock_breaches_total{program="okta"}'] == 1
        assert after['caseclock_requests_total{request="interactive",result="ok"}'] >= 3
        assert after['caseclock_events_total{result="handled"}'] >= 1
        assert after['caseclock_rate_limits_total{method="chat.postMessage"}'] == 1
        assert after["caseclock_timer_lateness_seconds_count"] >= 4, "50, 75, 90 and 100 percent"
        assert after["caseclock_outbox_messages"] == after["caseclock_inbox_events"] == 0
        sent = 'caseclock_says_total{result="sent"}'
        assert after[sent] - before[sent] >= len(stage.slack.calls("chat.postMessage")) - 5


def test_rules_and_dashboard_speak_of_metrics_that_there_are(tmp_path: Path) -> None:
    with MeasuredStage(tmp_path) as stage:
        open_p1(stage)
        names = {name.partition("{")[0] for name in stage.scraped()}
        sometimes = {"caseclock_troubles"}
        spoken = {name for expression in expressions() for name in NAME.findall(expression)}
        assert spoken <= names | sometimes


def test_a_real_prometheus_reads_them_and_fires_the_rules(tmp_path: Path) -> None:
    program("prometheus")
    with MeasuredStage(tmp_path) as stage, prometheus(tmp_path, stage.port) as watching:
        healthy = 'up{job="caseclock"} == 1 and on () caseclock_connected == 1'
        waited_for(lambda: watching.series(healthy), "the bot is scraped")
        waited_for(lambda: watching.series("caseclock_breaches_total == 0"), "no deadline was missed")
        assert not watching.firing() & {"CaseclockDown", "CaseclockBreach", "CaseclockMessagesRefused"}
        for expression in expressions():
            watching.series(expression)  # which raises at what Prometheus can't read

        open_p1(stage)
        stage.move(hours=2)
        stage.slack.faults.fail("chat.postMessage", "msg_too_long")
        stage.person("Dana").post("C0ACME", "<@U0BOT> the other one too")
        stage.quiet()
        woken = {"CaseclockBreach", "CaseclockMessagesRefused"}
        waited_for(lambda: woken <= watching.firing(), "a missed deadline, a refused message")

        stage.stop_bot()
        waited_for(lambda: "CaseclockDown" in watching.firing(), "the bot is gone")


def test_promtool_takes_the_rules_and_each_waits_as_long_as_it_says() -> None:
    promtool = program("promtool")
    subprocess.run([promtool, "check", "rules", str(RULES)], check=True, capture_output=True)
    told = subprocess.run([promtool, "test", "rules", str(RULE_TESTS)], capture_output=True, text=True)
    assert told.returncode == 0, told.stdout + told.stderr


def test_every_rule_is_seen_to_fire_and_to_keep_quiet() -> None:
    rules = {rule["alert"] for rule in yaml.safe_load(RULES.read_text())["groups"][0]["rules"]}
    tried = [each for test in yaml.safe_load(RULE_TESTS.read_text())["tests"] for each in test["alert_rule_test"]]
    assert {each["alertname"] for each in tried if each["exp_alerts"]} == rules
    assert {each["alertname"] for each in tried if not each["exp_alerts"]} == rules


def test_every_rule_says_what_to_do() -> None:
    rules = yaml.safe_load(RULES.read_text())["groups"][0]["rules"]
    for rule in rules:
        assert rule["labels"]["severity"] in {"page", "ticket"}
        assert rule["annotations"]["summary"]
        assert rule["annotations"]["description"][-1] in ".?"


def test_without_an_address_nothing_of_it_is_even_loaded() -> None:
    loaded = "import bot.wiring, sys; print('prometheus_client' in sys.modules)"
    python = CASECLOCK.with_name("python")
    assert subprocess.run([python, "-c", loaded], capture_output=True, text=True, check=True).stdout == "False\n"


def test_an_address_that_is_taken_is_told_by_its_setting(tmp_path: Path) -> None:
    with MeasuredStage(tmp_path) as stage:
        taken = {"metrics_address": f"127.0.0.1:{stage.port}"}
        settings = settings_for(stage.slack, f"sqlite:///{tmp_path / 'other.db'}").model_copy(update=taken)
        with pytest.raises(SettingsError, match=f"METRICS_ADDRESS: can't listen at 127.0.0.1:{stage.port}"):
            Caseclock(settings, stage.policies, stage.clock).start()


def test_channels_make_no_series_of_their_own() -> None:
    metrics = Metrics()
    metrics.limited("C0ACME")
    metrics.limited("chat.update")
    (family,) = [each for each in metrics.registry.collect() if each.name == "caseclock_rate_limits"]
    methods = {sample.labels["method"] for sample in family.samples if sample.value == 1}
    assert methods == {"chat.postMessage", "chat.update"}


@pytest.mark.parametrize("late", [-3.0, 0.2, 90.0])
def test_a_timer_is_never_early(late: float) -> None:
    metrics = Metrics()
    metrics.fired(late)
    assert metrics.registry.get_sample_value("caseclock_timer_lateness_seconds_sum") == max(late, 0.0)
