"""Who comes to the counter, and the two customers who share a channel."""

from dataclasses import dataclass, replace
from datetime import date

from cases.accounts import Account
from cases.add_ons import AddOn, AddOnKind
from cases.people import Actor, Person, Role
from cases.ports import Policies
from policies.loader import load_policies
from workspace import stage
from workspace.model import User
from workspace.server import Workspace

OURS = "T0HOST"
SHARED = "C0BOTH"


@dataclass(frozen=True)
class Who:
    """Somebody, and what they are: `engineer`, `manager`, or nothing."""

    name: str
    user: str
    team: str
    role: str = ""

    @property
    def actor(self) -> Actor:
        roles = frozenset({Role(self.role)}) if self.role else frozenset[Role]()
        return Actor(Person(self.user, self.team, self.name), roles)

    @property
    def slack_user(self) -> User:
        return User(self.user, self.name, self.team)


ERIN = Who("Erin", "U0ERIN", OURS, "engineer")
MAX = Who("Max", "U0MAX", OURS, "manager")
DANA = Who("Dana", "U0DANA", "T0ACME")
BORIS = Who("Boris", "U0BORIS", "T0BOLT")
GUEST = Who("Gina", "U0GINA", OURS)
STRANGER = Who("Sven", "U0SVEN", "T0STRANGE")
GRID = Who("Greta", "W0GRETA", "E0GRID")
TEAMLESS = Who("Noah", "U0NOAH", "")
BOT = Who("Robot", "U0ROBOT", OURS)

PEOPLE = {
    "engineer": ERIN,
    "manager": MAX,
    "customer": DANA,
    "other customer": BORIS,
    "guest": GUEST,
    "stranger": STRANGER,
    "grid": GRID,
    "no team": TEAMLESS,
    "bot": BOT,
}


def _engineer(person: str, contact: str) -> AddOn:
    return AddOn(
        kind=AddOnKind.MISSION_CRITICAL,
        person=person,
        region="Americas",
        timezone="America/New_York",
        starts=date(2025, 3, 10),
        ends=date(2026, 6, 9),
        share=50,
        holidays="US",
        contacts=(contact,),
    )


ACME = Account(
    id=0,
    name="Acme",
    program="okta",
    plan="premier-plus",
    timezone="America/New_York",
    channels=("C0ACME", SHARED),
    teams=("T0ACME",),
    csm="U0FRANK",
    add_ons=(_engineer("U0PAUL", "U0BOB"),),
    term_starts=date(2026, 1, 5),
)
BOLT = replace(
    ACME, name="Bolt", channels=("C0BOLT", SHARED), teams=("T0BOLT",), add_ons=(_engineer("U0PIA", "U0BELLA"),)
)
ACCOUNTS = (ACME, BOLT)
COLLEAGUES = {"Acme": "U0BOB", "Bolt": "U0BELLA"}
OWN_CHANNEL = {"Acme": "C0ACME", "Bolt": "C0BOLT"}


def policies() -> Policies:
    """Those that are shipped; at this counter one plan brings all that any of them does."""
    shipped = load_policies()
    okta, lease = shipped["okta"], shipped["auth0"].products["platform"].priorities[0].lease
    plan = replace(okta.plans[ACME.plan], ticket_reviews=True)
    service = okta.products["service"]
    leased = replace(service, priorities=tuple(replace(each, lease=lease) for each in service.priorities))
    whole = replace(okta, plans={**okta.plans, plan.id: plan}, products={**okta.products, "service": leased})
    return {**shipped, "okta": whole}


def furnish(slack: Workspace) -> None:
    """The stage's people and channels, and whoever else may turn up."""
    stage.furnish(slack)
    slack.add_team("Strange")
    for name in ("Gina", "Paul", "Pia"):
        slack.add_user(name)
    slack.add_user("Bella", "T0BOLT")
    slack.add_user("Sven", "T0STRANGE")
    slack.add_user_group("oncall", ["Erin", "Frank"], "S0ONCALL")
    state = slack.state
    state.users[BOT.user] = replace(BOT.slack_user, is_bot=True)
    state.users |= {who.user: who.slack_user for who in (GRID, TEAMLESS)}
    everybody = [*(who.user for who in PEOPLE.values()), *COLLEAGUES.values()]
    for channel in state.channels.values():
        channel.members.extend(user for user in everybody if user not in channel.members)
