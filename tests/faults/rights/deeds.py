"""One row of the table of rights: a deed, whose it is to do, and what it does when they do it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.faults.rights.morning import Desk
from tests.faults.rights.people import SHARED
from workspace.model import JsonDict

ENGINEER, MANAGER, CUSTOMER, ANYBODY = "engineer", "manager", "customer", "anybody"
SUPPORT = frozenset({ENGINEER, MANAGER})
MANAGERS = frozenset({MANAGER})
ASSIGNEE = frozenset({ENGINEER})
"""Erin, who has the cases; a manager may claim one, but not give back what isn't theirs."""
CUSTOMERS = frozenset({CUSTOMER})
ALL_OF_THEM = SUPPORT | CUSTOMERS
EVERYBODY = frozenset({ANYBODY})
NOBODY = frozenset[str]()

CHANGES, SHOWS, SAYS = "changes", "shows", "says"
OWN = "own"
"""The channel that a customer shares with nobody."""

Value = Callable[[Desk], str]


@dataclass(frozen=True)
class Deed:
    """`value` is what the button or the form carries, of the customer whom it is about."""

    may: frozenset[str]
    does: str
    value: Value = lambda _: ""
    about: str = "theirs"
    """theirs: of the customer in `value`; place: of any customer of the channel; message: of its author's, where that
    is a customer there; nothing: of no customer at all."""
    channel: str = SHARED
    form: str = ""
    """Callback id of the view that an action is pressed in; `home`: on App Home."""
    holds: Mapping[str, JsonDict] = field(default_factory=dict)
    """What stands in a form, by block id; `{owner}`, `{colleague}` and `{account}` are the customer's own."""
    placed: bool = True
    """A customer may only from a channel of theirs; where it begins with a form or a request, that has its own."""
    local: bool = False
    """Support too only where the customer is."""
    is_secret: bool = True
    """That there is such a thing is nobody else's to know. An intake's id is: it is random, and seen on a button."""
    bound: bool = True
    """The value decides; what has another or none is refused."""


def state(name: str) -> Value:
    """The number of the case in this state."""
    return lambda desk: str(desk.cases[name])


def typed(words: str) -> JsonDict:
    return {"type": "plain_text_input", "value": words}


def chosen(value: str) -> JsonDict:
    return {"type": "static_select", "selected_option": {"value": value}}


def ticked(value: str) -> JsonDict:
    return {"type": "checkboxes", "selected_options": [{"value": value}]}


def person(user: str) -> JsonDict:
    return {"type": "users_select", "selected_user": user}


def people(*users: str) -> JsonDict:
    return {"type": "multi_users_select", "selected_users": list(users)}
