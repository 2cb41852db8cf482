"""Inputs of the modals: built with the values that they hold, read back by the field that they stand for."""

from collections.abc import Iterator, Mapping, Sequence

from slack_sdk.models.blocks import InputBlock, Option, OptionGroup, PlainTextObject
from slack_sdk.models.blocks.basic_components import DispatchActionConfig
from slack_sdk.models.blocks.block_elements import (
    CheckboxesElement,
    InputInteractiveElement,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticSelectElement,
    UserMultiSelectElement,
    UserSelectElement,
)

from cases.queues import Json
from handlers.kit import fitted
from handlers.text import inline_plain, size, tidy

INPUT = 3000
"""Units that fit a text field."""
MENU = 100
"""Options of a menu, or of one group in it."""
DIGITS = 9
"""Whatever is counted here needs no more; a database would choke on what a forger makes of it."""


def asked(
    block_id: str,
    label: str,
    element: InputInteractiveElement,
    *,
    optional: bool = False,
    redraws: bool = False,
    hint: str = "",
) -> InputBlock:
    """One question of a form; `redraws`: a change of it is sent at once."""
    return InputBlock(
        block_id=block_id,
        label=PlainTextObject(text=fitted(label, 2000)),
        element=element,
        optional=optional,
        dispatch_action=redraws,
        hint=PlainTextObject(text=fitted(hint, 2000)) if hint else None,
    )


def text(
    action: str, value: str, *, lines: bool = False, placeholder: str = "", as_typed: bool = False
) -> PlainTextInputElement:
    """A text field holding `value`, which fits it, without what no field can hold.

    `as_typed`: where a change is sent, it is letter by letter.
    """
    return PlainTextInputElement(
        action_id=action,
        multiline=lines,
        initial_value=tidy(value) or None,
        placeholder=placeholder or None,
        dispatch_action_config=DispatchActionConfig(trigger_actions_on=["on_character_entered"]) if as_typed else None,
    )


def radio(action: str, options: Sequence[Option], chosen: str | None) -> RadioButtonsElement:
    """Radio buttons, up to ten."""
    return RadioButtonsElement(action_id=action, options=list(options), initial_option=_among(options, chosen))


def menu(action: str, options: Sequence[Option], chosen: str | None) -> StaticSelectElement:
    """A menu; of more options than one holds, in groups by their alphabet: 400 of the longest names fit a form."""
    first = _among(options, chosen)
    if len(options) <= MENU:
        return StaticSelectElement(action_id=action, options=list(options), initial_option=first)
    ordered = sorted(options, key=lambda each: _words(each).casefold())
    parts = (ordered[start : start + MENU] for start in range(0, len(ordered), MENU))
    groups = [OptionGroup(label=_from_to(part), options=part) for part in parts]
    return StaticSelectElement(action_id=action, option_groups=groups, initial_option=first)


def tick(action: str, what: Option, ticked: bool) -> CheckboxesElement:
    """A single box to tick."""
    return CheckboxesElement(action_id=action, options=[what], initial_options=[what] if ticked else None)


def person(action: str, user: str | None) -> UserSelectElement:
    """One person."""
    return UserSelectElement(action_id=action, initial_user=user)


def people(action: str, users: Sequence[str]) -> UserMultiSelectElement:
    """Several people."""
    return UserMultiSelectElement(action_id=action, initial_users=list(users) or None)


def fits(value: str) -> bool:
    """Whether a text field can hold it whole."""
    return size(value) <= INPUT


def _from_to(options: Sequence[Option]) -> PlainTextObject:
    first, last = (inline_plain(_words(each), 30) for each in (options[0], options[-1]))
    return PlainTextObject(text=f"{first} – {last}")


def _words(option: Option) -> str:
    return option.text or ""


def _among(options: Sequence[Option], chosen: str | None) -> Option | None:
    return next((option for option in options if option.value == chosen), None)


Value = str | tuple[str, ...] | None
"""What one input holds; several for people and boxes; None: nothing."""


def values(view: Json) -> dict[str, Value]:
    """What a view's inputs hold, by block id."""
    state = view.get("state")
    blocks = state.get("values") if isinstance(state, Mapping) else None
    return dict(_values(blocks)) if isinstance(blocks, Mapping) else {}


def _values(blocks: Json) -> Iterator[tuple[str, Value]]:
    for block_id, elements in blocks.items():
        if isinstance(elements, Mapping):
            for element in elements.values():
                if isinstance(element, Mapping):
                    yield block_id, _value(element)


def _value(element: Json) -> Value:
    option = element.get("selected_option")
    if isinstance(option, Mapping):
        return _word(option.get("value"))
    options = element.get("selected_options")
    if isinstance(options, list):
        return tuple(str(each.get("value")) for each in options if isinstance(each, Mapping))
    users = element.get("selected_users")
    if isinstance(users, list):
        return tuple(str(user) for user in users)
    return _word(element.get("selected_user")) or _word(element.get("value"))


def _word(value: object) -> str | None:
    return value if isinstance(value, str) else None


def word(value: Value) -> str:
    """As one string; empty where nothing is held."""
    return value if isinstance(value, str) else ""


def words(value: Value) -> tuple[str, ...]:
    """As several."""
    return value if isinstance(value, tuple) else ()


def number(value: Value) -> int | None:
    """As a number; None where it is none, or none that anything here has."""
    digits = isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= DIGITS
    return int(value) if isinstance(value, str) and digits else None


def metadata(view: Json) -> str:
    """The view's private_metadata: an opaque id."""
    return _word(view.get("private_metadata")) or ""
