"""Whether those who must be told can be found: the groups and people of support, and whoever is on duty."""

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.diagnosis import Finding, error, ok, warning
from bot.rota_file import RotaError, load_rotas
from bot.settings import Settings
from handlers.payloads import answer, part, value
from handlers.slack_errors import code_of

GROUPS = "Correct the id, or list people (U…) instead: user groups need a paid plan and usergroups:read."


def people(client: WebClient, settings: Settings) -> Iterator[Finding]:
    """SUPPORT_ENGINEERS and SUPPORT_MANAGERS; of ROTA_FILE what is wrong alone."""
    for name, ids in (
        ("SUPPORT_ENGINEERS", settings.support_engineers),
        ("SUPPORT_MANAGERS", settings.support_managers),
    ):
        found = [each for id in ids for each in _looked_at(client, name, id)]
        yield from found or [ok(name, f"{', '.join(ids)} can be read")]
    for id in _on_duty(settings.rota_file):
        yield from _looked_at(client, "ROTA_FILE", id)


def _on_duty(file: Path | None) -> Iterable[str]:
    """Each once. Nobody, where the file is wrong: that is said already."""
    try:
        rotas = load_rotas(file).values()
    except RotaError:
        return ()
    people = (id for rota in rotas for id in chain(*(shift.people for shift in rota.shifts), rota.people.values()))
    groups = (rota.group for rota in rotas if rota.group)
    return dict.fromkeys([*people, *groups])


def _looked_at(client: WebClient, name: str, id: str) -> Iterator[Finding]:
    try:
        yield from _group(client, name, id) if id.startswith("S") else _person(client, name, id)
    except SlackApiError as refusal:
        to_do = GROUPS if id.startswith("S") else "Correct the id: profile, ⋮, Copy member ID."
        yield error(name, f"{id} can't be read: {code_of(refusal)}", to_do)
    except (SlackClientError, OSError) as problem:
        yield error(name, f"Slack didn't answer about {id} ({type(problem).__name__})", "Try again.")


def _group(client: WebClient, name: str, id: str) -> Iterator[Finding]:
    members = value(answer(client.usergroups_users_list(usergroup=id)), "users")
    if not members:
        yield warning(name, f"nobody is in the group {id}", "Add people to it: while it is empty nobody is called.")


def _person(client: WebClient, name: str, id: str) -> Iterator[Finding]:
    if value(part(answer(client.users_info(user=id)), "user"), "deleted") is True:
        yield error(name, f"the account of {id} is deactivated", "Name somebody else.")
