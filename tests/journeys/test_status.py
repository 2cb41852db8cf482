"""“How does it stand?”, asked in the channel and answered in private, about one's own cases alone."""

import pytest

from tests.journeys.acting import commit, fill_p1, open_p1
from tests.journeys.trying import button, shown, told
from workspace.acting import card, press_pinned
from workspace.stage import Stage

STATUS = "<@U0BOT> status"


def asks(stage: Stage, name: str, channel: str, text: str = STATUS) -> str:
    who = stage.person(name)
    words = told(stage, who, lambda: who.post(channel, text))
    stage.quiet()
    return words


def test_a_customer_reads_who_has_it_what_is_next_and_by_when(stage: Stage) -> None:
    open_p1(stage)
    before = len(stage.slack.messages("C0ACME"))
    waiting = asks(stage, "Dana", "C0ACME")
    assert "1 open case" in waiting
    assert "will answer you here by <!date^1783000800^" in waiting
    assert "queue" in waiting
    assert waiting.count("<!date^1783000800^") == 1, "by when, said once"
    assert len(stage.slack.messages("C0ACME")) == before + 1, "nobody else reads the answer"

    stage.person("Erin").press(card(stage, "C0TRIAGE"), "Claim")
    stage.quiet()
    dana = stage.person("Dana")
    claimed = told(stage, dana, lambda: dana.press(card(stage, "C0ACME"), "Status"))
    assert "<@U0ERIN> is working on it" in claimed
    assert "With <@U0ERIN>" in claimed


@pytest.mark.parametrize("text", ["<@U0BOT> Status?", "<@U0BOT>  status please", "status of what <@U0BOT>"])
def test_one_word_is_asked_for(stage: Stage, text: str) -> None:
    dana = stage.person("Dana")
    dana.post("C0ACME", text)
    stage.quiet()
    assert bool(stage.slack.ephemerals(dana)) == (text == "<@U0BOT> Status?")


def test_in_a_shared_channel_each_customer_hears_of_their_own(stage: Stage) -> None:
    dana, boris = stage.person("Dana"), stage.person("Boris")
    press_pinned(stage, dana, "C0BOTH")
    fill_p1(stage, dana)
    commit(stage, dana)

    assert "Nobody can sign in" in asks(stage, "Dana", "C0BOTH")
    for channel in ("C0BOTH", "C0BOLT"):
        assert asks(stage, "Boris", channel) == "No case of yours is open here."
    theirs = told(stage, boris, lambda: boris.press(card(stage, "C0BOTH"), "Status"))
    forged = button(card(stage, "C0BOTH"), "case_status", "99")
    assert theirs.replace("C-1", "C-99") == told(stage, boris, lambda: boris.press(forged, "case_status"))


def test_in_a_shared_thread_the_team_sees_their_customers_words_alone(stage: Stage) -> None:
    dana, boris = stage.person("Dana"), stage.person("Boris")
    press_pinned(stage, dana, "C0BOTH")
    fill_p1(stage, dana)
    commit(stage, dana)
    under = card(stage, "C0BOTH").ts
    dana.post("C0BOTH", "Acme's own words", under)
    message = boris.post("C0BOTH", "Bolt's own words", under)
    boris.edit(message, "Bolt's other words")
    stage.quiet()
    boris.delete(message)
    stage.quiet()

    copies = [shown(reply) for reply in stage.slack.thread("C0TRIAGE", card(stage, "C0TRIAGE").ts)[1:]]
    assert any("Acme's own words" in copy for copy in copies)
    assert not any("Bolt" in copy or "Boris" in copy for copy in copies)
