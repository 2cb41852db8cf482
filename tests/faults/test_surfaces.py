"""All that the bot shows is among the surfaces that are tried at their extremes: whatever is new is missed here."""

import inspect
from collections.abc import Iterator
from cProfile import Profile
from importlib import import_module
from pkgutil import iter_modules
from types import CodeType

from slack_sdk.models.views import View

import handlers
from cases.messages import Drawn
from handlers import VIEWS, ids
from handlers.front import Front
from tests.faults.surfaces.forms import FORMS
from tests.faults.surfaces.homes import homes
from tests.faults.surfaces.largest import largest_cases
from tests.faults.surfaces.messages import messages
from tests.faults.surfaces.private import answered

FORM_NAMES = ("_FORM", "_VIEW", "_PROOF")
"""How the ids of modals end in `handlers.ids`."""


def test_every_modal_is_among_the_forms_that_are_tried() -> None:
    named = {value for name, value in vars(ids).items() if name.endswith(FORM_NAMES)}
    assert set(FORMS) == {*VIEWS, ids.CLOSING_VIEW} == named


def test_whatever_draws_a_message_or_a_view_is_tried() -> None:
    """Every function that makes one of nothing but values. What asks the database first is tried at the counter."""
    drawing = dict(_drawing())
    assert len(drawing) > 60
    tried = _tried()
    assert sorted(name for name, code in drawing.items() if code not in tried) == []


def _drawing() -> Iterator[tuple[str, CodeType]]:
    for module in iter_modules(handlers.__path__, "handlers."):
        for name, made in inspect.getmembers(import_module(module.name), inspect.isfunction):
            given = made.__annotations__
            if made.__module__ == module.name and given.get("return") in {View, Drawn} and Front not in given.values():
                yield f"{module.name}.{name}", made.__code__


def _tried() -> set[object]:
    """Of which functions the surfaces are made."""
    watching = Profile(builtins=False)
    watching.enable()
    try:
        _draw_all("x")
    finally:
        watching.disable()
    return {entry.code for entry in watching.getstats()}


def _draw_all(typed: str) -> None:
    for _ in (*messages(typed), *messages(typed, largest_cases), *answered(typed), *homes(typed)):
        pass
    for callback, views in FORMS.items():
        assert {view.callback_id for view in views(typed)} == {callback}
