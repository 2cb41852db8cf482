"""App Home at work: fresh when opened, a page at a time, Claim on a line; and never another's cases."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import structlog

from cases.case import State
from cases.case_parts import Commitment, Wait
from tests.builders import DANA, ENG, MAX, NOON
from tests.handlers.conftest import Bot
from tests.handlers.homes import button, hears, home, many, opened, whose
from tests.handlers.looks import words


def test_a_home_is_drawn_when_it_is_opened_and_for_nobody_else(bot: Bot) -> None:
    many(bot, 1)
    opened(bot, "Erin", "Unclaimed, by time left (1)", "Acme's trouble")
    assert whose(bot) == {"U0ERIN"}


def test_it_is_fresh_each_time_it_is_opened(bot: Bot) -> None:
    opened(bot, "Erin", "every case has somebody")
    many(bot, 2)
    opened(bot, "Erin", "Unclaimed, by time left (2)")


def test_the_messages_tab_draws_nothing(bot: Bot) -> None:
    hears(bot, "messages")
    opened(bot, "Max", "Load by engineer")
    assert whose(bot) == {"U0MAX"}


def test_pages_turn_to_and_fro_and_each_list_keeps_its_own(bot: Bot) -> None:
    many(bot, 30)
    many(bot, 30, assignee=ENG, state=State.CLAIMED)
    many(bot, 30, state=State.WAITING)
    erin = bot.someone("Erin")
    view = opened(bot, "Erin", "Unclaimed, by time left (30)", "C-1*")
    assert "C-25*" not in "\n".join(words(view.blocks))
    erin.press(view, button(view, "home_next", "unclaimed:1"))
    view = home(bot, "Erin", "C-25*", "C-61*", without="C-24*")
    erin.press(view, button(view, "home_next", "waiting:1"))
    view = home(bot, "Erin", "C-25*", "C-90*", without="C-61*")
    erin.press(view, button(view, "home_previous", "unclaimed:0"))
    home(bot, "Erin", "C-1*", "C-90*", without="C-25*")
    opened(bot, "Erin", "C-1*", "C-61*", without="C-90*")


def test_a_list_that_has_shrunk_since_is_shown_to_its_last_page(bot: Bot) -> None:
    cases = many(bot, 25)
    view = opened(bot, "Erin", "Next (2 of 2)")
    with bot.front.units() as uow:
        uow.save(replace(cases[0], state=State.CLOSED), [], [], [])
    bot.someone("Erin").press(view, button(view, "home_next", "unclaimed:1"))
    home(bot, "Erin", "Unclaimed, by time left (24)", "C-2*")


def test_claim_on_a_line_is_the_first_response_and_moves_the_case_over(bot: Bot) -> None:
    number = bot.opens_case()
    view = opened(bot, "Erin", "Unclaimed, by time left (1)")
    bot.someone("Erin").press(view, button(view, "home_claim", str(number)))
    home(bot, "Erin", f"C-{number} is yours", "Mine (1)", "every case has somebody")
    bot.settle()
    with bot.front.units() as uow:
        claimed = uow.cases.get(number)
    assert claimed.assignee is not None
    assert claimed.response is not None
    assert claimed.assignee.user == "U0ERIN"
    opened(bot, "Erin", "Mine (1)", without="is yours")


def test_who_comes_second_reads_why_on_their_home(bot: Bot) -> None:
    (first, _) = many(bot, 2)
    late = opened(bot, "Frank", "Unclaimed, by time left (2)")
    view = opened(bot, "Erin", "Unclaimed, by time left (2)")
    bot.someone("Erin").press(view, button(view, "home_claim", str(first.number)))
    home(bot, "Erin", "Mine (1)")
    bot.someone("Frank").press(late, button(late, "home_claim", str(first.number)))
    home(bot, "Frank", "already with <@U0ERIN>", "Unclaimed, by time left (1)")


def test_a_customer_cannot_claim_by_a_button_that_they_made_up(bot: Bot) -> None:
    (first, *_) = many(bot, 30)
    view = opened(bot, "Dana", "With us (30)")
    with bot.slack.state.change():
        (row,) = [block for block in view.blocks if block["type"] == "actions"]
        row["elements"][0] |= {"action_id": "home_claim", "value": str(first.number)}
    bot.someone("Dana").press(view, (row["block_id"], "home_claim"))
    home(bot, "Dana", "Only the support team can claim a case", without="Unclaimed")


def test_a_manager_who_is_an_engineer_too_sees_both(bot: Bot) -> None:
    many(bot, 1)
    with bot.slack.state.change():
        bot.slack.state.groups["S0ONCALL"].users.append("U0MAX")
    view = opened(bot, "Max", "Unclaimed, by time left (1)", "Load by engineer", "• <@U0MAX>: nothing")
    text = "\n".join(words(view.blocks))
    assert text.index("Unclaimed") < text.index("At risk now")


def test_a_manager_alone_has_no_engineers_lists(bot: Bot) -> None:
    opened(bot, "Max", "At risk now", "• <@U0ERIN>: nothing", without="Mine")


def test_a_home_that_changed_in_between_is_drawn_once_more(bot: Bot) -> None:
    opened(bot, "Erin", "every case has somebody")
    many(bot, 1)
    hears(bot, "home", hash="of an earlier one")
    home(bot, "Erin", "Unclaimed, by time left (1)")
    refused, again = [call.args.get("hash") for call in bot.slack.calls("views.publish")][-2:]
    assert refused == "of an earlier one"
    assert again is None


def test_a_home_that_slack_refuses_is_written_down_and_the_next_one_stands(bot: Bot) -> None:
    with structlog.testing.capture_logs() as logs:
        bot.slack.faults.fail("views.publish", "fatal_error")
        bot.someone("Erin").open_home()
        bot.slack.wait_until(
            lambda: ("home_not_published", "fatal_error") in {(each["event"], each.get("reason")) for each in logs}
        )
    opened(bot, "Erin", "every case has somebody")


@contextmanager
def writing(bot: Bot) -> Iterator[None]:
    """Somebody else holds the lock that every writer needs."""
    with closing(sqlite3.connect(bot.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def gone(bot: Bot) -> Iterator[None]:
    """The file is elsewhere for a while."""
    elsewhere = Path(bot.database).rename(f"{bot.database}.elsewhere")
    yield
    elsewhere.rename(bot.database)


def test_home_is_shown_while_somebody_writes(bot: Bot) -> None:
    with writing(bot):
        opened(bot, "Erin", "every case has somebody")


def test_a_database_that_is_gone_is_told_in_a_kind_line(bot: Bot) -> None:
    with gone(bot):
        opened(bot, "Erin", "couldn't be saved just now", "Open this tab again")
    opened(bot, "Erin", "every case has somebody")


def test_a_thousand_cases_with_the_worst_titles_are_paged_within_slacks_limits(bot: Bot) -> None:
    typed = "<!channel> 😀&" * 3_000
    with bot.slack.state.change():
        bot.slack.state.groups["S0ONCALL"].users.append("U0MAX")
    many(bot, 470, typed, counted_from=NOON - timedelta(days=2))
    many(bot, 470, typed, due_at=NOON - timedelta(days=1), commitment=Commitment(DANA, None, DANA, NOON))
    many(bot, 30, typed, state=State.CLAIMED, assignee=MAX)
    many(bot, 30, typed, state=State.WAITING, wait=Wait(NOON, ENG, typed))
    max_ = opened(bot, "Max", "Mine (30)", "Unclaimed, by time left (940)", "Waiting on a customer (30)")
    home(bot, "Max", "At risk now (470)", "Breached (470)", "24x7 promises not confirmed (470)", "Next (2 of 40)")
    assert 90 <= len(max_.blocks) <= 100
    erin = opened(bot, "Erin", "*Mine*: nothing", "Next (2 of 40)")
    opened(bot, "Dana", "Waiting for a word of yours (30)", "With us (970)")
    bot.someone("Erin").press(erin, button(erin, "home_next", "unclaimed:1"))
    home(bot, "Erin", "Next (3 of 40)")
