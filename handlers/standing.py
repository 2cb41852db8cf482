"""Whether what was told or found still stands: events come late and overtake one another, and history is read some time
before what it showed is handled."""

from dataclasses import dataclass

from slack_sdk.errors import SlackApiError

from cases.queues import Received
from handlers.found import changes_of, is_found
from handlers.front import Front
from handlers.incoming import Reaction, Written
from handlers.payloads import answer, part, parts, value, word
from handlers.slack_errors import code_of
from handlers.sources import MISSING


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do about a reaction."""

    counts: bool
    doubtful: bool = False
    """Nobody can say when it was put on."""


def weighed(front: Front, event: Reaction, received: Received) -> Verdict:
    """By all that any replica knows of this person, emoji and message, and by Slack's own times alone: this machine's
    clock may differ. What was told goes before what was found.

    Raises SlackApiError, OSError: worth another try.
    """
    with front.units.reading() as uow:
        known = uow.inbox.before(received)
    changes = changes_of(event, known, front.emoji)
    told = [change for each, change in changes if not is_found(each)]
    if is_found(received):
        return Verdict(not told and _is_on(front, event), doubtful=True)
    was_found = len(told) < len(changes)
    doubtful = event.added and was_found and all(change.added for change in told)
    return Verdict(all(change.at <= event.at for change in told), doubtful)


def is_gone(front: Front, event: Written) -> bool:
    """Whether Slack shows the thread, and in it no message at this ts. Raises SlackApiError, OSError."""
    try:
        shown = answer(
            front.client.conversations_replies(
                channel=event.channel, ts=event.root, oldest=event.ts, latest=event.ts, inclusive=True
            )
        )
    except SlackApiError as error:
        return _unless_missing(error)
    there = {word(message, "ts") for message in parts(shown, "messages")}
    return event.root in there and event.ts not in there


def _is_on(front: Front, event: Reaction) -> bool:
    """Whether Slack shows it now."""
    try:
        shown = answer(front.client.reactions_get(channel=event.channel, timestamp=event.ts, full=True))
    except SlackApiError as error:
        return _unless_missing(error)
    return any(
        word(reaction, "name").split("::")[0] == event.emoji and event.user in map(str, people)
        for reaction in parts(part(shown, "message"), "reactions")
        if isinstance(people := value(reaction, "users"), list)
    )


def _unless_missing(error: SlackApiError) -> bool:
    """Of what Slack doesn't show us any more, nothing can be said."""
    if code_of(error) in MISSING:
        return False
    raise error
