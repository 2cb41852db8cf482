"""Others are in a user group: they count at once, and where it is a programme's rota their shift begins."""

from cases.instants import slack_time
from cases.queues import Received
from cases.rota import LATE_BY, ShiftChange
from handlers.front import Front
from handlers.payloads import Value, value, word


def regrouped(front: Front, group: str, received: Received) -> None:
    """Slack tells who came and who went, and is asked who is in it now.

    Raises SlackClientError, OSError: worth another try.
    """
    now, event = front.clock.now(), value(received.payload, "event")
    came, went = _users(event, "added_users"), _users(event, "removed_users")
    after = front.directory.members_anew(group)
    # Slack's page on the event shows it without a time of its own, and its types show it with one.
    told_at = word(event, "event_ts")
    at = min(slack_time(told_at), now) if told_at else received.received_at
    before = [user for user in after if user not in came] + [user for user in went if user not in after]
    if set(before) != set(after) and now - at < LATE_BY:
        for program in front.on_group(group):
            front.shift_notes.tell(program, ShiftChange(at, tuple(before), after))


def _users(event: Value, which: str) -> list[str]:
    found = value(event, which)
    return [str(user) for user in found] if isinstance(found, list) else []
