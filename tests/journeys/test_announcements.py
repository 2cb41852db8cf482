"""A manager tells all channels of a programme what is new: previewed, sent once, at its pace, and accounted for."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cases.accounts import Account
from cases.announcements import key_to
from tests.journeys.acting import only
from tests.journeys.conftest import MORNING
from tests.journeys.restarting import MortalStage
from tests.journeys.trying import asked, button, carrying, command, page, shown, told
from workspace.acting import form_of, offers, said
from workspace.errors import PersonRefused
from workspace.model import Message, View
from workspace.people import Person
from workspace.pings import pings
from workspace.screen import Submission
from workspace.stage import Stage

TITLE = "Okta 2026.08 is coming"
TEXT = (
    "*From Monday* sign-in remembers the last page & more :tada:\n"
    "<!channel> <!subteam^S0CALL> <@U0DANA> @here see https://okta.example/new?a=1&b=2.\n"
    "• <https://okta.example/notes|The notes>"
)
OKTA = ("C0ACME", "C0BOTH", "C0PEAR", "C0SHARED", "C0PLUM")


def furnished(stage: Stage) -> None:
    """Two more Okta customers, who share a channel: #plum is archived, and from #pear the app was removed."""
    for id in ("C0PEAR", "C0SHARED", "C0PLUM"):
        stage.slack.add_channel(id[2:].lower(), id, ["T0ACME"], ["U0DANA"])
    with stage.units() as uow:
        pear = Account(0, "Pear", "okta", "basic", "America/New_York", ("C0PEAR", "C0SHARED"), ("T0PEAR",))
        uow.accounts.put(pear)
        uow.accounts.put(replace(pear, name="Plum", channels=("C0PLUM", "C0SHARED"), teams=("T0PLUM",)))
    with stage.slack.state.change():
        stage.slack.channel("C0PLUM").is_archived = True
        stage.slack.channel("C0PEAR").members.remove(stage.slack.app.bot_user)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with Stage(tmp_path, MORNING) as running:
        furnished(running)
        yield running


def begun(stage: Stage, who: Person) -> View:
    return asked(stage, who, lambda: who.command("/case", "announce", "C0MANAGERS"))


def previewed(stage: Stage, who: Person, form: View, **words: str) -> Submission:
    """The form filled in, and Preview pressed."""
    held = {"program": "Okta", "title": TITLE, "text": TEXT, "link": "https://okta.example/release", **words}
    who.fill(form, {f"announce:{field}": typed for field, typed in held.items()})
    return who.submit(form)


def sent(stage: Stage) -> View:
    """Max announces; the preview that he pressed Send under."""
    max_ = stage.person("Max")
    proof = previewed(stage, max_, begun(stage, max_)).view
    assert proof is not None
    seen = replace(proof)
    assert max_.submit(proof).outcome == "updated"
    stage.quiet()
    return seen


def posts(stage: Stage, channel: str) -> list[Message]:
    return said(stage, channel, TITLE)


def test_it_is_previewed_exactly_as_customers_will_read_it_and_with_whom(stage: Stage) -> None:
    max_ = stage.person("Max")
    done = previewed(stage, max_, begun(stage, max_))
    assert done.outcome == "pushed"
    assert done.view is not None
    assert [posts(stage, channel) for channel in OKTA] == [[]] * len(OKTA)
    preview = page(done.view)
    assert "5 channels of Okta" in preview
    assert preview.count("<#C0SHARED>") == 1
    assert "<#C0SHARED>: Pear, Plum" in preview
    assert "C0BOLT" not in preview

    assert max_.submit(done.view).outcome == "updated"
    stage.quiet()
    customer = only(posts(stage, "C0ACME"))
    assert customer.blocks[0]["text"]["text"].strip("\u2068\u2069") == TITLE
    assert [block for block in customer.blocks if block in done.view.blocks] or shown(customer) in preview


def test_every_channel_of_the_programme_has_it_once_and_no_other(stage: Stage) -> None:
    sent(stage)
    max_ = stage.person("Max")
    max_.close(form_of(stage, max_))
    assert stage.slack.view_for(max_) is None, "the form with the words that were sent is gone too"
    assert [len(posts(stage, channel)) for channel in ("C0ACME", "C0BOTH", "C0SHARED")] == [1, 1, 1]
    for channel in ("C0PEAR", "C0PLUM", "C0BOLT", "C0ORCHARD", "C0NEW", "C0TRIAGE"):
        assert posts(stage, channel) == []


def test_it_keeps_its_form_and_links_and_calls_nobody(stage: Stage) -> None:
    sent(stage)
    message = only(posts(stage, "C0ACME"))
    assert pings(message.text, message.blocks) == set()
    written = str(message.blocks[1]["text"]["text"])
    assert "*From Monday*" in written
    assert "<https://okta.example/notes|The notes>" in written
    assert "<https://okta.example/new?a=1&amp;b=2>." in written
    assert "@here" not in written
    assert "&lt;!channel&gt; &lt;!subteam^S0CALL&gt; &lt;@U0DANA&gt;" in written


def test_managers_see_who_has_it_and_who_refused_it_and_why(stage: Stage) -> None:
    sent(stage)
    card, receipt = said(stage, "C0MANAGERS")[-2:]
    assert "announces to 5 channels of \u2068Okta\u2069" in card.text
    assert receipt.thread_ts == card.ts
    told = shown(receipt)
    assert "Sent to 3 of 5, 2 refused." in told
    assert "Received: <#C0ACME>, <#C0BOTH>, <#C0SHARED>." in told
    assert "Refused (archived): <#C0PLUM>." in told
    assert "Refused (the app isn't in it): <#C0PEAR>." in told

    again = page(begun(stage, stage.person("Max")))
    assert TITLE in again
    assert "Sent to 3 of 5, 2 refused." in again


def test_while_one_is_on_the_way_the_receipt_says_so_when_asked_and_by_itself_when_all_is_done(stage: Stage) -> None:
    max_ = stage.person("Max")
    stage.slack.faults.fail("chat.postMessage", "not_now", channel="C0SHARED")
    proof = previewed(stage, max_, begun(stage, max_)).view
    assert proof is not None
    max_.submit(proof)
    stage.slack.wait_until(lambda: settled(stage) == 4)
    (receipt,) = stage.slack.wait_until(lambda: said(stage, "C0MANAGERS", "Sent to"))
    assert "Sent to 0 of 5" in shown(receipt)
    assert "Received" not in shown(receipt)
    max_.press(receipt, "Refresh")
    stage.slack.wait_until(lambda: "Sent to 2 of 5, 2 refused." in shown(receipt))
    assert "1 on the way: <#C0SHARED>." in shown(receipt)
    assert "Received: <#C0ACME>, <#C0BOTH>." in shown(receipt)

    stage.move(seconds=2)
    assert "Sent to 3 of 5, 2 refused." in shown(receipt)
    assert not offers(receipt, "Refresh")


def settled(stage: Stage) -> int:
    """Channels of the newest announcement of which it is known what became."""
    with stage.units() as uow:
        (sent,) = uow.announcements.sent(1)
        keys = [key_to(sent.id, channel) for channel in sent.channels]
        return sum(each.sent or bool(each.refused) for each in uow.outbox.sendings(keys).values())


def test_sent_twice_it_goes_once(stage: Stage) -> None:
    max_ = stage.person("Max")
    proof = sent(stage)
    stage.move(minutes=1)
    again = replace(form_of(stage, max_), body=proof.body)
    assert max_.submit(again).outcome == "updated"
    stage.quiet()
    with stage.units() as uow:
        assert [each.sent_at for each in uow.announcements.sent(5)] == [MORNING]
    assert [len(posts(stage, channel)) for channel in ("C0ACME", "C0BOTH", "C0SHARED")] == [1, 1, 1]
    assert len(said(stage, "C0MANAGERS", TITLE)) == 1


def test_words_changed_since_the_preview_are_not_sent(stage: Stage) -> None:
    max_ = stage.person("Max")
    form = begun(stage, max_)
    first = previewed(stage, max_, form).view
    assert first is not None
    old = str(first.body["private_metadata"])
    max_.close(first)
    second = previewed(stage, max_, form, text="Something else").view
    assert second is not None
    assert str(second.body["private_metadata"]) != old

    done = max_.submit(carrying(second, old))
    stage.quiet()
    assert done.view is not None
    assert "Nothing was sent" in page(done.view)
    assert posts(stage, "C0ACME") == []


def test_a_channel_linked_since_the_preview_is_looked_at_first(stage: Stage) -> None:
    max_ = stage.person("Max")
    proof = previewed(stage, max_, begun(stage, max_)).view
    assert proof is not None
    with stage.units() as uow:
        orchard = uow.accounts.by_name("Orchard")
        assert orchard is not None
        uow.accounts.put(replace(orchard, program="okta", plan="basic"))
    max_.submit(proof)
    stage.quiet()
    assert "Nothing was sent" in page(form_of(stage, max_))
    assert posts(stage, "C0ORCHARD") == posts(stage, "C0ACME") == []


@pytest.mark.parametrize(
    ("field", "typed", "why"),
    [
        ("title", "   ", "A few words"),
        ("title", "x" * 151, "151 characters; 140 fit"),
        ("text", "  ", "What changes"),
        ("text", "<" * 2000, "characters; 3,000 fit"),
        ("text", "\x07\u202e", "What changes"),
        ("link", "javascript:alert(1)", "begins with https://"),
        ("link", "https://a.example <!channel>", "begins with https://"),
        ("link", "https://evil.example/\u202egnp.exe", "a character in it that nobody sees"),
    ],
)
def test_what_is_missing_or_too_long_is_said_at_its_field(stage: Stage, field: str, typed: str, why: str) -> None:
    max_ = stage.person("Max")
    done = previewed(stage, max_, begun(stage, max_), **{field: typed})
    assert done.outcome == "errors"
    assert why in done.errors[f"announce:{field}"]


def test_engineers_and_customers_are_refused_at_every_step(stage: Stage) -> None:
    erin = stage.person("Erin")
    assert "for support managers" in command(stage, erin, "announce", "C0TRIAGE")
    with pytest.raises(PersonRefused):
        stage.person("Dana").command("/case", "announce", "C0ACME")

    max_ = stage.person("Max")
    proof = previewed(stage, max_, begun(stage, max_)).view
    assert proof is not None
    forged = button(stage.slack.messages("C0ACME")[0], "announced_refresh", str(proof.body["private_metadata"])[:22])
    assert "for support managers" in told(stage, erin, lambda: erin.press(forged, "announced_refresh"))
    for name in ("Erin", "Dana"):
        forger = stage.person(name)
        answer = forger.submit(replace(form_of_theirs(stage, forger), body=proof.body)).view
        assert answer is not None
        assert "for support managers" in page(answer)
    stage.quiet()
    assert posts(stage, "C0ACME") == []


def form_of_theirs(stage: Stage, who: Person) -> View:
    """Any form on this person's screen, to be sent back as another."""
    who.press(stage.slack.messages("C0ACME")[0], "Open a case")
    return form_of(stage, who)


@pytest.mark.parametrize("posts_before_the_end", [1, 3])
def test_killed_in_the_middle_every_channel_has_it_once(tmp_path: Path, posts_before_the_end: int) -> None:
    with MortalStage(tmp_path, MORNING) as stage:
        stage.act(lambda stage: stage.quiet())
        furnished(stage)
        max_ = stage.person("Max")
        proof = previewed(stage, max_, begun(stage, max_)).view
        assert proof is not None
        assert max_.submit(proof).outcome == "updated"
        stage.until(lambda: len([key for key, _ in stage.said() if key.startswith("ann")]) >= posts_before_the_end)
        stage.stop_bot()
        stage.start_bot()
        stage.quiet()

        counted = {channel: len(posts(stage, channel)) for channel in OKTA}
        assert counted == {"C0ACME": 1, "C0BOTH": 1, "C0PEAR": 0, "C0SHARED": 1, "C0PLUM": 0}
        assert "Sent to 3 of 5, 2 refused." in shown(said(stage, "C0MANAGERS")[-1])
