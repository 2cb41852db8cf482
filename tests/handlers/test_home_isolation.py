"""App Home for two customers and for strangers: each sees their own, whatever they press or make up."""

import json

import pytest

from cases.accounts import Account
from cases.case import State
from cases.people import Actor, Role
from tests.builders import DANA, ENG, NOON
from tests.handlers.conftest import ACME, Bot
from tests.handlers.homes import home, many, opened
from tests.handlers.looks import harmless, words


class TestTwoCustomers:
    """Acme and Bolt; Calm's account names no team, and Hanna is a colleague outside of support."""

    EVIL = "<!channel> Bolt's secret plan"

    @pytest.fixture
    def linked(self) -> tuple[Account, ...]:
        bolt = Account(0, "Bolt", "auth0", "enterprise", "Asia/Jerusalem", ("C0ELSE",), ("T0BOLT",))
        calm = Account(0, "Calm", "oko", "standard", "America/Chicago", ("C0CALM",))
        return (ACME, bolt, calm)

    def test_each_sees_their_own_cases_and_plan_and_nothing_of_the_other(self, bot: Bot) -> None:
        boris = bot.slack.add_user("Boris", team=bot.slack.add_team("Bolt"))
        many(bot, 2)
        many(bot, 3, self.EVIL, "Bolt", assignee=ENG, state=State.CLAIMED)
        many(bot, 1, of="Calm")
        acme = opened(bot, "Dana", "With us (2)", "Acme", "Okta Premier")
        bolt = opened(bot, boris.user.name, "With us (3)", "Bolt", "Auth0 Enterprise")
        for seen, others in ((acme, ("Bolt", "Calm", "Auth0")), (bolt, ("Acme", "Calm", "Okta"))):
            everything = json.dumps(seen.body)
            assert not [each for each in others if each in everything]
            assert "Claim" not in everything
        assert "secret" not in json.dumps(acme.body)
        harmless("\n".join(words(bolt.blocks)))

    def test_nothing_internal_is_told_to_a_customer(self, bot: Bot) -> None:
        many(bot, 1, breached_at=NOON, share_said=90)
        text = "\n".join(words(opened(bot, "Dana", "With us (1)").blocks))
        for inside in ("C0TRIAGE", "At risk", "Unclaimed", "Load", "in time", "U0ERIN", "U0MAX"):
            assert inside not in text

    def test_pages_that_a_customer_makes_up_show_no_list_of_support(self, bot: Bot) -> None:
        many(bot, 30)
        many(bot, 1, of="Bolt")
        view = opened(bot, "Dana", "Next (2 of 2)")
        with bot.slack.state.change():
            (row,) = [block for block in view.blocks if block["type"] == "actions"]
            row["elements"][0]["value"] = "unclaimed:1"
            view.body["private_metadata"] = "unclaimed:0 at-risk:3 our-turn:1"
        bot.someone("Dana").press(view, (row["block_id"], "home_next"))
        text = "\n".join(words(home(bot, "Dana", "With us (30)", "C-30*").blocks))
        assert "Bolt" not in text
        assert "Unclaimed" not in text

    def test_support_is_never_a_customer_whatever_team_an_account_names(self, bot: Bot) -> None:
        many(bot, 1)
        assert bot.front.homes.customer(Actor(DANA), {}) is not None
        assert bot.front.homes.customer(Actor(DANA, frozenset({Role.ENGINEER})), {}) is None

    def test_those_whom_no_account_names_get_a_kind_line(self, bot: Bot) -> None:
        many(bot, 1, of="Calm")
        bot.slack.add_user("Cara", team=bot.slack.add_team("Somewhere"))
        for name in ("Cara", "Hanna"):
            view = opened(bot, name, "which customer you belong to")
            assert "Calm" not in json.dumps(view.body)
