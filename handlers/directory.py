"""Who people are, derived from Slack and the settings: their own team, their roles, their zone, who is on duty."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from cases.people import Actor, Person, Role
from cases.ports import Clock
from cases.queues import Json
from handlers.groups import Groups
from handlers.payloads import answer, part, value, word
from handlers.remembered import Remembered, Unreachable
from handlers.slack_errors import code_of
from handlers.slack_presence import SlackPresence

PROFILE_SECONDS = 600
PATIENCE_SECONDS = 2
"""For questions asked while a person or a due timer waits."""
NOBODY = frozenset({"user_not_found", "user_not_visible", "users_not_found"})

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Identity:
    """The bot itself, as `auth.test` tells."""

    user: str
    bot: str
    teams: frozenset[str]
    """Ids that mean our own workspace: its team id and, on Enterprise Grid, its organisation's id."""
    url: str = ""
    """Where our workspace stands on the web, `https://example.slack.com/`."""


def identify(client: WebClient) -> Identity:
    """Ask Slack who this token belongs to. Raises slack_sdk's errors: a wrong token, or Slack out of reach."""
    found = answer(client.auth_test())
    teams = filter(None, (word(found, "team_id"), word(found, "enterprise_id")))
    return Identity(word(found, "user_id"), word(found, "bot_id"), frozenset(teams), word(found, "url"))


@dataclass(frozen=True, slots=True)
class Profile:
    """What `users.info` says of someone."""

    person: Person
    zone: str
    acts: bool
    """A living person: not deleted, not a bot, no stranger."""
    names: frozenset[str] = frozenset()
    """What they go by, in lower case: display name, full name, user name."""


class Directory:
    """Actors from ids, and the `Duty` port. Safe to share between threads."""

    def __init__(
        self,
        client: WebClient,
        identity: Identity,
        clock: Clock,
        engineers: Collection[str],
        managers: Collection[str],
        monotonic: Callable[[], float],
        patience: int = PATIENCE_SECONDS,
    ) -> None:
        """`engineers` and `managers` are SUPPORT_ENGINEERS and SUPPORT_MANAGERS: user ids and user group ids.

        `monotonic` (seconds) paces `presence`, whose steps somebody has to take; `patience` (seconds) is how long an
        answer of Slack's is waited for.
        """
        self._client = WebClient(
            token=client.token,
            base_url=client.base_url,
            timeout=patience,
            ssl=client.ssl,
            proxy=client.proxy,
            retry_handlers=[],
        )
        self.identity = identity
        self._groups = Groups(self._client, clock)
        self._ids = {Role.ENGINEER: tuple(engineers), Role.MANAGER: tuple(managers)}
        self.presence = SlackPresence(self._client, clock, self.engineers, monotonic)
        self._profiles: Remembered[str, Profile | None] = Remembered(self._look_up, clock, PROFILE_SECONDS)

    def actor(self, user: str, team: str) -> Actor:
        """Someone who clicks or types, from `user.id` and `user.team_id` of the payload. Raises Unreachable."""
        known = self._profiles.last(user)
        return self._with_roles(Person(user, team, known.person.name if known else ""))

    def actor_by_id(self, user: str) -> Actor | None:
        """Someone known by id alone, asked of Slack; None: nobody who may act (deleted, a bot, unknown).

        Raises:
            Unreachable: Slack didn't answer.
        """
        profile = self._profiles.get(user) if user else None
        return self._with_roles(profile.person) if profile is not None and profile.acts else None

    def person(self, user: str) -> Person | None:
        """The author of a message, who may be a bot. Raises as `actor_by_id`."""
        profile = self._profiles.get(user) if user else None
        return profile.person if profile is not None else None

    def name(self, user: str) -> str:
        """What the person goes by; "" where Slack doesn't say. Never raises."""
        try:
            profile = self._profiles.get(user)
        except Unreachable:
            return ""
        return profile.person.name if profile is not None else ""

    def zone(self, user: str) -> str:
        """The person's IANA zone; UTC where Slack doesn't say. Never raises."""
        try:
            profile = self._profiles.get(user)
        except Unreachable:
            return "UTC"
        return profile.zone if profile is not None else "UTC"

    def managers_zone(self) -> str:
        """The first manager's IANA zone; UTC where Slack knows none. Raises Unreachable."""
        managers = self._people(Role.MANAGER)
        profile = self._profiles.get(managers[0]) if managers else None
        return profile.zone if profile is not None else "UTC"

    def forget(self, user: str) -> None:
        """Ask Slack anew about this person when they are needed next."""
        self._profiles.forget(user)

    def asks_of(self, group: str) -> bool:
        """Whether support's people are those of this user group."""
        return any(group in ids for ids in self._ids.values())

    def members_anew(self, group: str) -> tuple[str, ...]:
        """User ids of this user group, asked now. Raises SlackApiError, OSError."""
        return self._groups.anew(group)

    def managers(self) -> tuple[str, ...]:
        """User ids of the managers, groups resolved as far as Slack answers. Never raises."""
        return self._reachable(Role.MANAGER)

    def managers_known(self) -> tuple[str, ...]:
        """As `managers`, from memory. Never raises."""
        return self._known(Role.MANAGER)

    def engineers_known(self) -> tuple[str, ...]:
        """As `engineers`, from memory. Never raises."""
        return self._known(Role.ENGINEER)

    def engineers(self) -> tuple[str, ...]:
        """User ids of the engineers, as `managers`. Never raises."""
        return self._reachable(Role.ENGINEER)

    def support_named(self, name: str) -> str | None:
        """User id of the support person who goes by this name, upper or lower case; None: nobody, or several do.

        Raises Unreachable.
        """
        people = {user: self._profiles.get(user) for role in Role for user in self._people(role)}
        named = name.strip().lower()
        found = [user for user, profile in people.items() if profile and named in profile.names]
        return found[0] if len(found) == 1 else None

    def on_call(self) -> str:
        """Mentions of the engineers' groups and people."""
        return " ".join(f"<!subteam^{id}>" if id.startswith("S") else f"<@{id}>" for id in self._ids[Role.ENGINEER])

    def absent(self, users: Collection[str], now: datetime) -> frozenset[str]:
        """Those whom Slack shows as away, from memory. Never raises."""
        return self.presence.absent(users, now)

    def _with_roles(self, person: Person) -> Actor:
        if person.team not in self.identity.teams:
            return Actor(person)
        return Actor(person, frozenset(role for role in Role if person.user in self._people(role)))

    def _reachable(self, role: Role) -> tuple[str, ...]:
        try:
            return self._people(role)
        except Unreachable:
            log.error(f"{role}s_unreachable")
            return tuple(id for id in self._ids[role] if not id.startswith("S"))

    def _known(self, role: Role) -> tuple[str, ...]:
        ids = ((self._groups.known(id) if id.startswith("S") else (id,)) for id in self._ids[role])
        return tuple(dict.fromkeys(user for users in ids for user in users))

    def _people(self, role: Role) -> tuple[str, ...]:
        ids = (self._groups.members(id) if id.startswith("S") else (id,) for id in self._ids[role])
        return tuple(dict.fromkeys(user for users in ids for user in users))

    def _look_up(self, user: str) -> Profile | None:
        try:
            found = part(answer(self._client.users_info(user=user)), "user")
        except SlackApiError as error:
            if code_of(error) in NOBODY:
                return None
            raise
        return _profile(found)


def _profile(found: Json) -> Profile:
    name = word(found, "profile", "display_name") or word(found, "real_name") or word(found, "name")
    away = any(value(found, mark) is True for mark in ("deleted", "is_bot", "is_stranger"))
    person = Person(word(found, "id"), word(found, "team_id"), name)
    known_as = (word(found, "profile", "display_name"), word(found, "real_name"), word(found, "name"))
    names = frozenset(each.lower() for each in known_as if each)
    return Profile(person, word(found, "tz") or "UTC", not away, names)
