"""People whom a form names, looked up in Slack."""

from collections.abc import Mapping

from cases.errors import Invalid
from cases.people import Actor
from handlers.front import Front

UNKNOWN_PERSON = "I can't find this person in Slack any more. Please name somebody else."


def named_people(front: Front, named: Mapping[str, str | None]) -> dict[str, Actor]:
    """By field, of Slack user ids by field; where nobody is named, nothing.

    Raises:
        Invalid: by field, who is no longer there. Unreachable: Slack didn't answer.
    """
    people = {field: front.directory.actor_by_id(user) for field, user in named.items() if user}
    found = {field: person for field, person in people.items() if person is not None}
    if unknown := people.keys() - found.keys():
        raise Invalid(dict.fromkeys(sorted(unknown), UNKNOWN_PERSON))
    return found
