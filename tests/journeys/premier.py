"""Cedar, on Auth0 Premier: two channels of its own, one that it shares with Bolt, a TAM, and a designated team."""

from dataclasses import replace
from functools import cached_property
from types import MappingProxyType

from cases.accounts import Account
from cases.linking import welcomes
from cases.ports import Policies
from tests.journeys.restarting import MortalStage
from workspace.prepared import shipped
from workspace.scenes.requests import Request, auth0
from workspace.scenes.ways_in import by_button
from workspace.stage import SUPPORT, Stage

CEDAR = Account(
    id=0,
    name="Cedar",
    program="auth0",
    plan="premier",
    timezone="America/New_York",
    channels=("C0CEDAR", "C0OPS", "C0MIXED"),
    teams=("T0CEDAR",),
    tam="U0TOM",
)
OUTAGE = "An outage, or unusable for all our users"
MENTIONED = {"emea": ("S0EMEA",), "americas": ("S0AMERICAS",)}
"""Nobody is set for APAC."""


class PremierStage(Stage):
    """As `Stage`, with Cedar and its people."""

    @cached_property
    def policies(self) -> Policies:
        """Those that are shipped, with groups to mention in two regions."""
        auth0 = shipped()["auth0"]
        premier = auth0.plans["premier"]
        team = tuple(replace(region, mention=MENTIONED.get(region.id, ())) for region in premier.team)
        plans = {**auth0.plans, "premier": replace(premier, team=team)}
        return MappingProxyType({**shipped(), "auth0": replace(auth0, plans=plans)})

    def prepare(self) -> None:
        """Before the bot begins."""
        super().prepare()
        move_in(self)


class MortalPremierStage(MortalStage):
    """The same with a bot that can die, and the policies as they are shipped."""

    def prepare(self) -> None:
        """Before the bot begins."""
        super().prepare()
        move_in(self)


def move_in(stage: Stage) -> None:
    """Who there is besides, and the account; Bolt shares one of its channels."""
    slack = stage.slack
    slack.add_team("Cedar")
    carla = slack.add_user("Carla", "T0CEDAR")
    tom = slack.add_user("Tom")
    boris = slack.user("Boris")
    slack.add_channel("cedar-support", "C0CEDAR", ["T0CEDAR"], [carla, tom, *SUPPORT])
    slack.add_channel("cedar-ops", "C0OPS", ["T0CEDAR"], [carla, *SUPPORT])
    slack.add_channel("cedar-and-bolt", "C0MIXED", ["T0CEDAR", "T0BOLT"], [carla, boris, tom, *SUPPORT])
    slack.add_user_group("emea", ["Frank"], "S0EMEA")
    slack.add_user_group("americas", ["Erin"], "S0AMERICAS")
    with stage.units() as uow:
        bolt = uow.accounts.by_name("Bolt")
    assert bolt is not None
    put(stage, CEDAR)
    put(stage, replace(bolt, channels=(*bolt.channels, "C0MIXED")))


def put(stage: Stage, account: Account) -> None:
    """With a welcome for each channel that has had none."""
    with stage.units() as uow:
        for say in welcomes(uow.accounts.put(account)):
            uow.outbox.add(say)
    stage.wake()


def outage(title: str, tenant: str = "cedar-prod") -> Request:
    """A severity 1."""
    return auth0(title, "Since this morning.", tenant, OUTAGE)


def open_case(stage: Stage, title: str, channel: str = "C0CEDAR", who: str = "Carla") -> int:
    """Through the pinned button; the case's number."""
    return by_button(stage, stage.person(who), channel, outage(title))
