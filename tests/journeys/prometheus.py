"""A real Prometheus of our own for a test: on a free port, scraping each second, gone afterwards."""

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from urllib.error import URLError
from urllib.parse import quote

import pytest
import yaml

from bot.reference import ROOT
from workspace.model import JsonDict

RULES = ROOT / "docs" / "operations" / "alerts.yml"
DASHBOARD = ROOT / "docs" / "operations" / "dashboard.json"
PATIENCE = 90
"""Seconds; as long as a busy machine may take. Conditions are waited for, so it is never used up."""
T = TypeVar("T")


def program(name: str) -> str:
    """Of Debian's package `prometheus`."""
    found = shutil.which(name)
    if found is None:
        missing = f"no {name}: apt-get install prometheus"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    return found


def waited_for(found: Callable[[], T | None], what: str) -> T:
    """The first true answer."""
    deadline = time.monotonic() + PATIENCE
    while not (answer := found()):
        assert time.monotonic() < deadline, f"never came: {what}"
        time.sleep(0.1)
    return answer


class Prometheus:
    """What it knows, by its API."""

    def __init__(self, port: int) -> None:
        self.port = port

    def series(self, expression: str) -> list[JsonDict]:
        found = self._asked(f"query?query={quote(expression)}")
        return list(found["data"]["result"])

    def firing(self) -> set[str]:
        """Names of alerts."""
        alerts = self._asked("alerts")["data"]["alerts"]
        return {each["labels"]["alertname"] for each in alerts if each["state"] == "firing"}

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/-/ready", timeout=5) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False

    def _asked(self, path: str) -> JsonDict:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/v1/{path}", timeout=30) as answer:
            told: JsonDict = json.load(answer)
        return told


@contextmanager
def prometheus(folder: Path, target: int) -> Iterator[Prometheus]:
    """Scrapes the target's port under our rules, which don't wait here before they fire."""
    rules = yaml.safe_load(RULES.read_text())
    for rule in rules["groups"][0]["rules"]:
        rule.pop("for", None)
    (folder / "rules.yml").write_text(yaml.safe_dump(rules))
    scraped = {"job_name": "caseclock", "static_configs": [{"targets": [f"127.0.0.1:{target}"]}]}
    every = {"scrape_interval": "1s", "scrape_timeout": "1s", "evaluation_interval": "500ms"}
    config = {"global": every, "rule_files": ["rules.yml"], "scrape_configs": [scraped]}
    (folder / "prometheus.yml").write_text(yaml.safe_dump(config))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [
        program("prometheus"),
        f"--config.file={folder / 'prometheus.yml'}",
        f"--storage.tsdb.path={folder / 'data'}",
        f"--web.listen-address=127.0.0.1:{port}",
        "--log.level=error",
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        try:
            found = Prometheus(port)
            waited_for(found.is_ready, "Prometheus is ready")
            yield found
        finally:
            running.kill()
