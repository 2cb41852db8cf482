"""Block Kit's published limits, and the notebook in which a check writes what is wrong and where (JSON pointers)."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from workspace.model import JsonDict

BLOCKS_PER_MESSAGE = 50
BLOCKS_PER_VIEW = 100
VIEW_BYTES = 250_000
"""Of a view's JSON, where whatever is not ASCII takes six bytes or twelve."""
MESSAGE_TEXT = 40_000
MARKDOWN_TEXT = 12_000
SECTION_TEXT = 3_000
SECTION_FIELDS = 10
SECTION_FIELD_TEXT = 2_000
HEADER_TEXT = 150
CONTEXT_ELEMENTS = 10
CONTEXT_TEXT = 2_000
ACTIONS_ELEMENTS = 25
ID = 255
BUTTON_TEXT = 75
BUTTON_VALUE = 2_000
URL = 3_000
OPTION_TEXT = 75
OPTION_DESCRIPTION = 75
OPTION_VALUE = 150
SELECT_OPTIONS = 100
FEW_OPTIONS = 10
OVERFLOW_OPTIONS = (2, 5)
PLACEHOLDER = 150
INPUT_TEXT = 3_000
INPUT_LABEL = 2_000
INPUT_HINT = 2_000
VIEW_TITLE = 24
VIEW_BUTTON = 24
PRIVATE_METADATA = 3_000
CALLBACK_ID = 255
CONFIRM_TITLE = 100
CONFIRM_TEXT = 300
CONFIRM_BUTTON = 30
IMAGE_ALT = 2_000
IMAGE_TITLE = 2_000
VIEW_STACK = 3

BOTH = ("plain_text", "mrkdwn")
PLAIN = ("plain_text",)


@dataclass
class Problems:
    """What is wrong with a payload: one line a problem, each with the pointer of the offending part."""

    found: list[str] = field(default_factory=list)

    def add(self, what: str, at: str) -> None:
        self.found.append(f"{what} [json-pointer:{at}]")

    def keys(self, body: JsonDict, at: str, required: Collection[str], optional: Collection[str] = ()) -> bool:
        """Whether every required key is there; a key that Slack doesn't know is a problem too."""
        missing = [key for key in required if body.get(key) is None]
        for key in missing:
            self.add(f"missing required field: {key}", at)
        for key in body.keys() - set(required) - set(optional) - {"type"}:
            self.add(f"invalid additional property: {key}", at)
        return not missing

    def string(self, value: object, at: str, most: int, least: int = 0) -> bool:
        if not isinstance(value, str):
            self.add("must be a string", at)
            return False
        if len(value) > most:
            self.add(f"must be less than {most + 1} characters", at)
        if len(value) < least:
            self.add(f"must be more than {least - 1} characters", at)
        return True

    def count(self, items: object, at: str, most: int, least: int = 1) -> bool:
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            self.add("must be an array of objects", at)
            return False
        if len(items) > most:
            self.add(f"no more than {most} items allowed", at)
        if len(items) < least:
            self.add(f"no fewer than {least} items allowed", at)
        return True

    def text(self, body: object, at: str, most: int, kinds: Collection[str] = BOTH) -> None:
        """A text object of one of ``kinds``, with 1 to ``most`` characters."""
        if not isinstance(body, dict):
            self.add("must provide an object", at)
        elif body.get("type") not in kinds:
            self.add(f"must be one of: {', '.join(kinds)}", f"{at}/type")
        elif self.keys(body, at, ["text"], ["emoji"] if body["type"] == "plain_text" else ["verbatim"]):
            self.string(body["text"], f"{at}/text", most, least=1)

    def choice(self, value: object, at: str, allowed: Collection[str]) -> None:
        if value is not None and value not in allowed:
            self.add(f"must be one of: {', '.join(allowed)}", at)

    def pattern(self, value: object, at: str, pattern: str, what: str) -> None:
        if value is not None and not (isinstance(value, str) and re.fullmatch(pattern, value)):
            self.add(f"must be {what}", at)
