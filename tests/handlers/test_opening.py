"""Opening a case: the ways in, the form that recommends, and what it does when something is wrong."""

import sqlite3

from handlers import ids
from handlers.clicks import Clicks
from tests.handlers.conftest import REACH, Bot


def test_a_customer_mentions_the_bot_answers_one_question_and_sees_the_deadline_before_sending(bot: Bot) -> None:
    view = bot.answered(bot.form())
    assert "Recommended: Priority 3" in str(view.body)
    assert "Mon 2 Mar, 09:00 New York time" in str(view.body), "2 h after noon UTC"


def test_the_card_stands_in_the_customers_thread_and_in_triage(bot: Bot) -> None:
    bot.opens_case()
    asked, *_ = bot.slack.messages("C0ACME")
    assert "C-1" in str([message.blocks for message in bot.slack.thread("C0ACME", asked.ts)[1:]])
    assert "C-1" in bot.said("C0TRIAGE")


def test_the_messages_own_time_starts_the_clock_and_its_mention_is_not_quoted(bot: Bot) -> None:
    dana = bot.someone("Dana")
    dana.post("C0ACME", "<@U0BOT> a &lt;b&gt; & c")
    bot.settle()
    bot.clock.advance(minutes=30)
    dana.press(bot.card("C0ACME"), "Open a case")
    bot.answered(bot.modal("Dana", "Which product?"))
    dana.submit(bot.modal("Dana"))
    with bot.front.units() as uow:
        case = uow.cases.get(1)
    assert (case.opened_at - case.started_at).total_seconds() == 30 * 60
    assert case.source is not None
    assert case.source.text == "a &lt;b&gt; & c", "as Dana typed it"
    assert case.source.permalink.startswith("https://host.slack.com/archives/C0ACME/p")


def test_the_command_opens_the_form_with_the_words_that_were_typed(bot: Bot) -> None:
    erin = bot.someone("Erin")
    assert erin.command("/case", "open Logins are <slow> today", "C0ACME") is None
    view = bot.modal("Erin")
    assert "Logins are <slow> today" in str(view.body)


def test_support_opens_from_a_customers_message_by_its_menu_for_that_customer(bot: Bot) -> None:
    message = bot.someone("Dana").post("C0ACME", "SSO fails")
    bot.someone("Erin").shortcut(ids.OPEN_SHORTCUT, message)
    view = bot.answered(bot.modal("Erin", "Which product?"), "Erin")
    bot.someone("Erin").submit(view)
    with bot.front.units() as uow:
        case = uow.cases.get(1)
    assert case.source is not None
    assert (case.source.author.user, case.source.author.team) == ("U0DANA", "T0ACME")


def test_a_message_is_quoted_as_it_looks_though_it_also_mentions_the_bot(bot: Bot) -> None:
    message = bot.someone("Dana").post("C0ACME", "<@U0BOT> 1 < 2 fails")
    with bot.slack.state.change():
        message.text += " <https://acme.com/a|other words> <mailto:dana@acme.com|dana@acme.com> <#C0ACME|acme-support>"
    bot.someone("Erin").shortcut(ids.OPEN_SHORTCUT, message)
    bot.someone("Erin").submit(bot.answered(bot.modal("Erin", "Which product?"), "Erin"))
    with bot.front.units() as uow:
        assert uow.cases.get(1).title == "1 < 2 fails https://acme.com/a dana@acme.com #acme-support"


def test_the_ticket_reaction_offers_the_button_in_the_messages_thread(bot: Bot) -> None:
    dana = bot.someone("Dana")
    message = dana.post("C0ACME", "SSO fails")
    dana.react(message, "ticket")
    bot.settle()
    assert bot.card("C0ACME").thread_ts == message.ts
    dana.press(bot.card("C0ACME"), "Open a case")
    assert "SSO fails" in str(bot.modal("Dana").body)


def test_the_ticket_reaction_finds_a_reply_in_a_thread_too(bot: Bot) -> None:
    dana = bot.someone("Dana")
    root = dana.post("C0ACME", "hello")
    reply = dana.post("C0ACME", "and SSO fails", thread_ts=root.ts)
    dana.react(reply, "ticket")
    bot.settle()
    dana.press(bot.card("C0ACME"), "Open a case")
    assert "and SSO fails" in str(bot.modal("Dana").body)


def test_opening_twice_from_one_message_finds_the_case_that_is_there(bot: Bot) -> None:
    bot.opens_case()
    asked, *_ = bot.slack.messages("C0ACME")
    bot.someone("Erin").shortcut(ids.OPEN_SHORTCUT, asked)
    assert "*C-1* was opened for this already" in str(bot.modal("Erin").body)


def test_a_form_sent_twice_opens_one_case(bot: Bot) -> None:
    view = bot.answered(bot.form())
    second = bot.someone("Erin")
    second.press(bot.card("C0ACME"), "Open a case")
    other = bot.answered(bot.modal("Erin", "Which product?"), "Erin")
    bot.someone("Dana").submit(view)
    sent = second.submit(other)
    assert sent.view is not None
    assert "C-1" in str(sent.view.body)
    with bot.front.units() as uow:
        assert len(uow.cases.listing()) == 1


def test_what_is_missing_is_said_at_its_question_and_nothing_is_lost(bot: Bot) -> None:
    view = bot.answered(bot.form(), reach="none")
    bot.modal("Dana", "Do you agree?")
    dana = bot.someone("Dana")
    dana.fill(view, {"Do you agree?": ["yes"], "Who can be reached?": "U0ERIN", "Title": "SSO is down"})
    sent = dana.submit(view)
    assert sent.errors == {"open:available": "Please name someone of Acme: the promise is the customer's own."}
    dana.choose(view, "Who can be reached?", "U0BOB")
    assert dana.submit(view).outcome == "updated"


def test_a_person_who_left_slack_cannot_be_named_as_available(bot: Bot) -> None:
    view = bot.answered(bot.form(), reach="none")
    bot.modal("Dana", "Do you agree?")
    bot.someone("Bob").user.deleted = True
    dana = bot.someone("Dana")
    dana.fill(view, {"Do you agree?": ["yes"], "Who can be reached?": "U0BOB"})
    assert "I can't find this person in Slack" in dana.submit(view).errors["open:available"]


def test_a_form_that_cannot_be_saved_stays_open_and_says_that_nothing_is_lost(bot: Bot) -> None:
    view = bot.answered(bot.form())
    other = sqlite3.connect(bot.database)
    other.execute("BEGIN IMMEDIATE")
    sent = bot.someone("Dana").submit(view)
    other.rollback()
    other.close()
    assert "Nothing you typed is lost" in sent.errors["open:title"]
    assert bot.someone("Dana").submit(view).outcome == "updated"


def test_a_trigger_that_expired_asks_to_press_again(bot: Bot) -> None:
    bot.slack.faults.fail("views.open", "expired_trigger_id")
    bot.someone("Erin").command("/case", "", "C0ACME")
    bot.whispered("Erin", "Please press once more")


def test_a_channel_without_an_account_says_how_to_link_it(bot: Bot) -> None:
    bot.someone("Erin").command("/case", "", "C0ELSE")
    bot.whispered("Erin", "`/case setup`")
    bot.someone("Dana").post("C0ELSE", "<@U0BOT> help")
    bot.settle()
    bot.whispered("Dana", "a support manager can link it here")


def test_the_latest_click_redraws_the_form_also_where_an_earlier_one_came_between(bot: Bot) -> None:
    view = bot.form()
    bot.slack.faults.fail("views.update", "hash_conflict")
    bot.someone("Dana").choose(view, "Which product?", "service")
    bot.modal("Dana", REACH)


def test_a_click_that_was_overtaken_is_not_the_latest() -> None:
    clicks = Clicks(limit=2)
    clicks.note("V1", "1772452800.000002")
    clicks.note("V1", "1772452800.000001")
    assert not clicks.is_latest("V1", "1772452800.000001")
    assert clicks.is_latest("V1", "1772452800.000002")


def test_a_mention_in_the_thread_of_a_case_opens_no_second_one(bot: Bot) -> None:
    bot.opens_case()
    asked, *_ = bot.slack.messages("C0ACME")
    bot.someone("Dana").post("C0ACME", "<@U0BOT> any news?", thread_ts=asked.ts)
    bot.settle()
    bot.whispered("Dana", "This is the thread of C-1")
