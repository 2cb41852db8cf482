"""Members of Slack's user groups, which not every workspace has."""

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from cases.ports import Clock
from handlers.payloads import answer, value
from handlers.remembered import Remembered
from handlers.slack_errors import code_of

GROUP_SECONDS = 300
MISSING = frozenset(
    {
        "unknown_method",
        "missing_scope",
        "paid_teams_only",
        "plan_upgrade_required",
        "not_allowed_token_type",
        "no_such_subteam",
        "subteam_not_found",
        "permission_denied",
    }
)
"""Answers that won't be another by asking again soon: the plan, the scope or the group isn't there."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Groups:
    """User ids by user group id, remembered for five minutes."""

    def __init__(self, client: WebClient, clock: Clock) -> None:
        self._client = client
        self._members: Remembered[str, tuple[str, ...]] = Remembered(self._look_up, clock, GROUP_SECONDS)
        self._told: set[str] = set()

    def members(self, group: str) -> tuple[str, ...]:
        """Those of now, or those known last; nobody where the workspace has no such group.

        Raises:
            Unreachable: Slack has never answered yet.
        """
        return self._members.get(group)

    def anew(self, group: str) -> tuple[str, ...]:
        """Those of now. Raises SlackApiError, OSError."""
        return self._members.anew(group)

    def known(self, group: str) -> tuple[str, ...]:
        """Those known last, without asking; nobody where Slack never answered."""
        return self._members.last(group) or ()

    def _look_up(self, group: str) -> tuple[str, ...]:
        try:
            users = value(answer(self._client.usergroups_users_list(usergroup=group)), "users")
        except SlackApiError as error:
            code = code_of(error)
            if code not in MISSING:
                raise
            self._say_once(group, code)
            return ()
        return tuple(str(user) for user in users) if isinstance(users, list) else ()

    def _say_once(self, group: str, reason: str) -> None:
        if group not in self._told:
            self._told.add(group)
            log.warning("user_group_unavailable", group=group, reason=reason, hint="list people (U…) instead")
