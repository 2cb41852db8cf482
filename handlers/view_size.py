"""A view within the bytes that Slack takes: where it has more, the words of its menus give way, never a choice."""

import json
from collections.abc import Iterator

from slack_sdk.models.blocks import InputBlock, Option, PlainTextObject, StaticSelectElement
from slack_sdk.models.views import View

from handlers.text import FIRST_STRONG_ISOLATE, POP_ISOLATE, clip, isolated, tidy

BYTES = 250_000
"""Of a view's JSON, where whatever is not ASCII takes six bytes or twelve."""
FEW = 100
"""With no more options than this, nothing else that a form holds comes near."""
SHORTER = (40, 24, 12)
"""Units of an option's words, tried in turn."""


def fits(view: View) -> bool:
    """Whether Slack takes so much."""
    return len(json.dumps(view.to_dict())) <= BYTES


def fitting(view: View) -> View:
    """The same view, with as much of its menus' words as fits."""
    menus = list(_menus(view))
    if sum(len(options) for menu in menus for options in _lists(menu)) <= FEW:
        return view
    for most in SHORTER:
        if fits(view):
            break
        for menu in menus:
            _shorten(menu, most)
    return view


def _menus(view: View) -> Iterator[StaticSelectElement]:
    for block in view.blocks or ():
        if isinstance(block, InputBlock) and isinstance(block.element, StaticSelectElement):
            yield block.element


def _lists(menu: StaticSelectElement) -> Iterator[list[Option]]:
    yield [each for each in menu.options or () if isinstance(each, Option)]
    for group in menu.option_groups or ():
        yield [] if isinstance(group, dict) else list(group.options or ())


def _shorten(menu: StaticSelectElement, most: int) -> None:
    if menu.options:
        menu.options = [_shorter(each, most) for each in menu.options if isinstance(each, Option)]
    for group in menu.option_groups or ():
        if not isinstance(group, dict):
            group.options = [_shorter(each, most) for each in group.options or ()]
    if isinstance(menu.initial_option, Option):
        menu.initial_option = _shorter(menu.initial_option, most)


def _shorter(option: Option, most: int) -> Option:
    """Its words cut with an ellipsis, and without what stands beside them."""
    words = (option.text or "").strip(FIRST_STRONG_ISOLATE + POP_ISOLATE)
    cut = isolated(clip(words, most - 2, lambda _: "…", tidy))
    return Option(text=PlainTextObject(text=cut), value=option.value)
