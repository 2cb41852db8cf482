"""What the small forms of a case share: the ids of their fields, and which case such a form is about."""

from slack_sdk.models.blocks import Block, InputInteractiveElement

from cases.queues import Json
from handlers import fields, ids
from handlers.fields import metadata, number


def field_id(field: str) -> str:
    """The id of a field's block."""
    return f"{ids.CASE_BLOCK}:{field}"


def asked(field: str, label: str, element: InputInteractiveElement, hint: str = "") -> Block:
    """One question of such a form."""
    return fields.asked(field_id(field), label, element, hint=hint)


def case_of(view: Json) -> int:
    """The case's number; 0: it names none."""
    return number(metadata(view)) or 0
