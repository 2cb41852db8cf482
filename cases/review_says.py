"""The says of a ticket review: where each goes, and what it carries, so that nothing reaches a wrong channel."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime
from json import dumps

from cases.accounts import Account
from cases.instants import iso
from cases.reviewing import Line, Review
from cases.says import Say, SayKind, Urgency


def review_says(key: str, account: Account, channel: str, who: str, review: Review, lines: Sequence[Line]) -> list[Say]:
    """The message, its file in its thread, and a word to the account's TAM, if somebody else asked; `who` is a user id.

    What is told is kept in the says as it was then: drawn again, they say the same.
    """
    tam = account.tam if account.tam != who else None
    common: dict[str, str | int | bool | None] = {"account": account.id, "name": account.name}
    body = {**common, "who": who, "tam": tam, "review": _json(asdict(review))}
    says = [Say(key, SayKind.REVIEW, channel, Urgency.REPLY, body=body)]
    file = {
        **common,
        "until": iso(review.until),
        "days": review.days,
        "tickets": _json([_flat(line) for line in lines]),
    }
    says.append(Say(f"{key}:file", SayKind.REVIEW_FILE, channel, Urgency.CARD, body=file, thread=f"post:{key}"))
    if tam is not None:
        told = {**common, "who": who, "days": review.days, "channel": channel}
        says.append(Say(f"{key}:tam", SayKind.REVIEW_TOLD, tam, Urgency.WELCOME, body=told))
    return says


def _flat(line: Line) -> dict[str, object]:
    """Nothing in it needs a copy: there may be ten thousand of them."""
    return {field.name: getattr(line, field.name) for field in fields(line)}


def _json(value: object) -> str:
    return dumps(value, default=_written, ensure_ascii=False)


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return iso(value)
    raise TypeError(f"{value!r} has no place in a review")
