"""The same texts typed into every field of every form and after every command: it is taken or refused in words."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.faults.hostile import TEXTS, seeds_of, share_of
from tests.faults.rights.buttons import BUTTONS, HOME
from tests.faults.rights.counter import Counter, counter
from tests.faults.rights.deeds import ANYBODY, CUSTOMER, Deed
from tests.faults.rights.forms import FORMS, SHORTCUTS
from tests.faults.rights.morning import Desk, set_out
from tests.faults.rights.people import DANA, ERIN, MAX, Who
from tests.faults.rights.presenting import Presenting, channel_of
from tests.faults.rights.typed import COMMANDS
from tests.faults.seeds import runs
from tests.faults.surfaces.forms import FORMS as VIEWS
from tests.journeys.trying import BROKEN

TABLE = {"button": BUTTONS, "form": FORMS, "shortcut": SHORTCUTS, "command": COMMANDS}
EACH = 4
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066\u2067]")
FORGED = re.compile(r"<[^<>|]*evil[^<>|]*\|")
KEEPS_LINKS = frozenset({"announce_form", "announce_proof"})
"""What a manager announces, seen before it is sent."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Counter, Desk]]:
    with counter(tmp_path_factory.mktemp("fields")) as open_:
        yield open_, set_out(open_)["Acme"]


@pytest.mark.parametrize("id", VIEWS)
def test_every_field_that_takes_words_is_typed_into(id: str) -> None:
    blocks = [block for view in VIEWS[id]("x") for block in view.to_dict()["blocks"]]
    fields = {block["block_id"] for block in blocks if block.get("element", {}).get("type") == "plain_text_input"}
    holds = FORMS[id].holds if id in FORMS else {}
    assert fields <= {field for field, held in holds.items() if held["type"] == "plain_text_input"}


@pytest.mark.parametrize("seed", runs(1, seeds_of(EACH)))
def test_no_field_takes_harm_into_slack(made: tuple[Counter, Desk], seed: int) -> None:
    at, desk = made
    for typed in share_of(seed, EACH, mixed=1):
        for id, deed in FORMS.items():
            own = replace(deed, holds={**deed.holds, **_typed(deed, typed)})
            _put(at, desk, "form", id, own, deed.value(desk))
        for word, deed in COMMANDS.items():
            _put(at, desk, "command", word, deed, f"{deed.value(desk)} {typed}")
            _put(at, desk, "command", word, deed, f"{word} {typed}")


@pytest.mark.parametrize("seed", runs(1, len(TEXTS)))
def test_every_surface_shows_what_was_typed_without_harm(made: tuple[Counter, Desk], seed: int) -> None:
    at, desk = made
    at.rewrite(TEXTS[seed][:3000])
    show_all(at, desk)


def show_all(at: Counter, desk: Desk) -> None:
    """Whatever anybody may look at or do, looked at and done; Slack takes all that comes of it."""
    for kind, rows in TABLE.items():
        for id, deed in rows.items():
            _put(at, desk, kind, id, deed, deed.value(desk))


def _put(at: Counter, desk: Desk, kind: str, id: str, deed: Deed, value: str) -> None:
    who = _who(deed)
    before = len(at.slack.calls())
    came = Presenting(at).present(kind, id, deed, who, desk, value, channel_of(deed, desk), post=True)
    refused = [(call.method, call.error, call.answer) for call in at.slack.calls()[before:] if call.error in BROKEN]
    assert not refused
    assert "Something went wrong on my side" not in came.words
    assert not FORBIDDEN.search(came.raw), (id, came.raw[:200])
    assert id in KEEPS_LINKS or not FORGED.search(came.marked), (id, came.marked[:200])
    assert not came.called & {"!channel", "!here", "!everyone", "!subteam^S0EVIL", "@U0EVIL"}, id


def _who(deed: Deed) -> Who:
    """Somebody who may."""
    if CUSTOMER in deed.may and deed.form != HOME:
        return DANA
    return ERIN if "engineer" in deed.may or ANYBODY in deed.may else MAX if "manager" in deed.may else DANA


def _typed(deed: Deed, typed: str) -> dict[str, dict[str, str]]:
    text = {id: held for id, held in deed.holds.items() if held["type"] == "plain_text_input"}
    return {id: {"type": "plain_text_input", "value": typed[:3000]} for id in text}
