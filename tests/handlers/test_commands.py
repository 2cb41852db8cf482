"""`/case …`: each word, and what is answered to words that nobody knows."""

import sqlite3

import pytest

from handlers.words import case_number, words_of
from tests.handlers.conftest import ACME, Bot


def asks(bot: Bot, name: str, text: str, channel: str = "C0ACME") -> str:
    """What the person alone reads then."""
    who = bot.someone(name)
    before = len(bot.slack.ephemerals(who))
    who.command("/case", text, channel)
    answer = bot.slack.wait_until(lambda: bot.slack.ephemerals(who)[before:])[-1]
    return f"{answer.text} {answer.blocks}"


def test_a_word_that_nobody_knows_gets_help_and_the_nearest_one(bot: Bot) -> None:
    answer = asks(bot, "Erin", "lsit")
    assert "Did you mean `/case list`?" in answer
    assert "Here is what I can do" in answer


def test_words_of_trouble_are_shown_the_way_to_open_a_case(bot: Bot) -> None:
    assert "write `/case open` before them" in asks(bot, "Erin", "<!channel> nobody can sign in")


def test_what_was_typed_pings_nobody_when_it_is_repeated(bot: Bot) -> None:
    assert "<!channel>" not in asks(bot, "Erin", "<!channel> hello")


def test_the_list_shows_what_is_open_in_this_channel(bot: Bot) -> None:
    assert "No case is open here" in asks(bot, "Erin", "list")
    bot.opens_case()
    assert "C-1" in asks(bot, "Erin", "list")


@pytest.mark.parametrize("written", ["C-1", "c-1", "1", "#1", "C1"])
def test_a_case_is_found_however_its_number_is_written(bot: Bot, written: str) -> None:
    bot.opens_case()
    assert "nobody can sign in" in asks(bot, "Erin", f"show {written}")


def test_a_case_that_is_not_there_and_a_number_that_is_none_are_told_apart(bot: Bot) -> None:
    assert "I don't know a case C-99 here" in asks(bot, "Erin", "show 99")
    assert "Which case? Like this: `/case show C-12`" in asks(bot, "Erin", "show the first one")


def test_a_colleague_outside_support_sees_no_customers_case(bot: Bot) -> None:
    bot.opens_case()
    assert "I don't know a case C-1 here" in asks(bot, "Hanna", "show 1")


def test_support_changes_a_priority_with_one_line(bot: Bot) -> None:
    bot.opens_case()
    assert "C-1 is at" in asks(bot, "Erin", "priority C-1 2 more people are affected")
    bot.settle()
    assert "more people are affected" in bot.said("C0ACME")


def test_a_priority_without_a_number_opens_the_form(bot: Bot) -> None:
    bot.opens_case()
    assert bot.someone("Erin").command("/case", "priority C-1", "C0ACME") is None
    bot.modal("Erin", "From now on")


def test_a_priority_is_not_changed_without_a_reason_or_by_others(bot: Bot) -> None:
    bot.opens_case()
    assert "A reason, please" in asks(bot, "Erin", "priority C-1 2")
    assert "Only the support team" in asks(bot, "Hanna", "priority C-1 2 because")


def test_a_case_is_resolved_by_command_and_form(bot: Bot) -> None:
    bot.opens_case()
    erin = bot.someone("Erin")
    assert erin.command("/case", "resolve c-1", "C0ACME") is None
    view = bot.modal("Erin", "what solved it")
    erin.fill(view, {"What was the matter, and what solved it?": "Restarted."})
    assert erin.submit(view).outcome == "closed"
    erin.command("/case", "resolve c-1", "C0ACME")
    bot.whispered("Erin", "C-1 has a solution offered already")


def test_a_database_that_is_gone_is_told_and_nothing_is_changed(bot: Bot) -> None:
    bot.opens_case()
    other = sqlite3.connect(bot.database)
    other.execute("BEGIN IMMEDIATE")
    answer = asks(bot, "Erin", "priority C-1 2 because")
    other.rollback()
    other.close()
    assert "couldn't be saved just now" in answer


def test_a_manager_links_a_channel_and_the_customer_finds_the_button_there(bot: Bot) -> None:
    max_ = bot.someone("Max")
    max_.command("/case", "setup", "C0ELSE")
    view = bot.modal("Max", "Programme")
    max_.choose(view, "Programme", "oko")
    bot.modal("Max", "Plan")
    max_.fill(view, {"Customer": "Orchard", "Time zone": "America/Chicago", "Plan": "standard"})
    assert max_.submit(view).view is not None
    bot.settle()
    assert "Open a case" in bot.said("C0ELSE")
    bot.someone("Dana").press(bot.card("C0ELSE"), "Open a case")
    bot.modal("Dana", "What kind of request is it?")


def test_what_is_linked_is_shown_for_changing_and_wrong_hours_are_explained(bot: Bot) -> None:
    max_ = bot.someone("Max")
    max_.command("/case", "setup", "C0ACME")
    view = bot.modal("Max", "Acme")
    max_.fill(view, {"Days": "mon-fri", "From": "9 o'clock", "To": "18:00"})
    assert max_.submit(view).errors == {"setup:opens": "Expected a time from 00:00 to 23:59, found 9 o'clock."}
    max_.fill(view, {"From": "09:00"})
    assert max_.submit(view).outcome == "updated"
    with bot.front.units() as uow:
        (account,) = uow.accounts.in_channel("C0ACME")
    assert account.teams == ACME.teams
    assert account.business_hours is not None
    assert len(account.business_hours.windows) == 5


def test_linking_is_for_managers(bot: Bot) -> None:
    bot.someone("Erin").command("/case", "setup", "C0ELSE")
    bot.whispered("Erin", "Linking a channel is for support managers")


def test_nothing_typed_means_open() -> None:
    assert words_of("   ").word == "open"
    assert words_of("LIST").word == "list"
    assert words_of("open  the door ").rest == "the door"


def test_what_follows_a_number_is_kept_as_it_was_typed() -> None:
    assert case_number(" C-0012  3 two  spaces", "") == (12, "3 two  spaces")
