"""What the bot put off for a moment: messages that Slack would not take yet, events that could not be handled."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import Engine

from cases.ports import UnitsOfWork
from storage.unsent import LIMITED, Unsent, unsent
from workspace.due import DueLine
from workspace.due_team import Team
from workspace.due_words import in_a_row


def put_off_lines(engine: Engine, units: UnitsOfWork, team: Team, now: datetime) -> Iterator[DueLine]:
    """A line for the messages tried again at one instant for one reason, and one for the next event."""
    together: dict[tuple[datetime, str], list[Unsent]] = defaultdict(list)
    for say in unsent(engine):
        if not say.leased and say.ready_at > now:
            together[say.ready_at, say.error].append(say)
    for (at, error), says in together.items():
        places = sorted({team.name(say.channel) for say in says})
        why = f"the last try ended so: {error}" if error else "it belongs to a message that is still to come"
        yield _line(at, _what(says, error), why, in_a_row(places))
    with units() as uow:
        again = uow.inbox.next_ready_at()
    if again is not None and again > now:
        yield _line(again, "Something that happened in Slack is looked at again", "the first try failed", "")


def _what(says: Collection[Unsent], error: str) -> str:
    messages = f"{len(says)} message{'s' if len(says) > 1 else ''}"
    return f"Slack asked to wait: {messages}" if error.startswith(LIMITED) else f"Tried again: {messages}"


def _line(at: datetime, what: str, why: str, tells: str) -> DueLine:
    return DueLine(None, "", "", "", "", "", at, what, why, tells)
