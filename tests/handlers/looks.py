"""Looking at what the bot shows: Slack's limits held, the words gathered, a form filled as a person would."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from slack_sdk.models.views import View

from cases.case_parts import SourceMessage
from cases.messages import Drawn
from tests.builders import DANA, NOON
from workspace import forms, limits
from workspace.check_blocks import check_blocks
from workspace.check_payloads import accept_view
from workspace.limits import Problems
from workspace.state import State

Body = dict[str, Any]


def seen(drawn: Drawn) -> str:
    """All words of a message as they travel, its notification first; Slack would take it."""
    problems = Problems()
    blocks = [dict(block) for block in drawn.blocks]
    check_blocks(problems, blocks, "/blocks", limits.BLOCKS_PER_MESSAGE)
    assert problems.found == []
    assert blocks
    assert drawn.text.strip()
    assert len(drawn.text) <= 4000
    return "\n".join([drawn.text, *words(blocks)])


def modal(view: View) -> Body:
    """A view as it travels; Slack would take it."""
    return accept_view(State(lambda: NOON), view.to_dict(), "modal")


def harmless(shown: str) -> None:
    """Words as they travel: nobody is called, nothing is linked, and no writing turns around."""
    for command in ("<!channel", "<!here", "<@U0EVIL", "<http://evil", "<https://evil", "<#C0EVIL"):
        assert command not in shown
    assert "\u202e" not in shown
    assert shown.count("\u2068") == shown.count("\u2069")
    shown.encode()


def words(part: object) -> Iterator[str]:
    """Every text object's words, in order; what stands in a field to be edited is left out."""
    if isinstance(part, Mapping):
        if part.get("type") in {"mrkdwn", "plain_text"} and isinstance(part.get("text"), str):
            yield part["text"]
        else:
            for key, value in part.items():
                if not key.startswith("initial"):
                    yield from words(value)
    elif isinstance(part, list):
        for each in part:
            yield from words(each)


def page(view: View) -> str:
    """All words of a view."""
    return "\n".join(words(modal(view)["blocks"]))


def buttons(drawn: Drawn) -> list[str]:
    """Action ids of a message's buttons, in order."""
    return [element["action_id"] for element in elements(drawn)]


def elements(drawn: Drawn) -> list[Body]:
    """The elements of a message's action rows."""
    rows: list[Body] = [dict(block) for block in drawn.blocks if block["type"] == "actions"]
    return [element for row in rows for element in row["elements"]]


def filled(view: View, before: Body | None = None, **answers: object) -> Body:
    """The view's payload after a person has filled in these fields; `before` is the payload that it redraws.

    A field is named by the second part of its block id; a question by `answers_<id>`.
    """
    body = modal(view)
    values = forms.starting_values(body["blocks"])
    if before is not None:
        values = forms.kept_values(before["state"]["values"], body["blocks"])
    for name, answer in answers.items():
        block_id = block_of(body, name)
        action, held = next(iter(values[block_id].items()))
        key = next(key for key in held if key != "type")
        many = key == "selected_options"
        option = answer if key in {"value", "selected_user", "selected_users"} else {"value": answer}
        values[block_id][action] = {"type": held["type"], key: [option] if many else option}
    return {**body, "state": {"values": values}}


def block_of(body: Body, name: str) -> str:
    """Id of the input block of a field."""
    field, _, variant = name.partition("_") if name.startswith("answers_") else (name, "", "")
    found = [
        str(block["block_id"])
        for block in body["blocks"]
        if block["type"] == "input"
        and block["block_id"].split(":")[1] == field
        and (not variant or block["block_id"].endswith(f":{variant}"))
    ]
    assert found, f"no input for {name}"
    return found[-1]


def fields(view: View) -> list[str]:
    """Which fields a form asks for, in order."""
    return [block["block_id"].split(":")[1] for block in modal(view)["blocks"] if block["type"] == "input"]


def message(text: str, at: datetime = datetime(2026, 3, 2, 11, 30, tzinfo=UTC)) -> SourceMessage:
    """Dana's message in Acme's channel, at 11:30 on the Monday."""
    link = "https://acme.slack.com/archives/C0ACME/p1772451000000100"
    return SourceMessage("C0ACME", f"{int(at.timestamp())}.000100", DANA, text, link)
