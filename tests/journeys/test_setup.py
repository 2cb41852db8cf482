"""A channel without an account, and the manager who links it."""

import pytest
from sqlalchemy import update

from storage.queue_tables import OutboxRow
from tests.journeys.acting import only
from tests.journeys.trying import asked, command, page, shown, told
from tests.storage.given import engine_on
from workspace.acting import answer, form_of, offers, said
from workspace.model import View
from workspace.people import Person
from workspace.screen import Submission
from workspace.stage import Stage


def setup_form(stage: Stage, who: Person, channel: str = "C0NEW") -> View:
    return asked(stage, who, lambda: who.command("/case", "setup", channel))


def link(stage: Stage, max_: Person, program: str = "Oko", **fields: str) -> Submission:
    """Max chooses the programme, fills in the rest by the fields' names, and presses Link it."""
    answer(stage, max_, "Programme", program)
    max_.fill(form_of(stage, max_), {f"setup:{field}": typed for field, typed in fields.items()})
    done = max_.submit(form_of(stage, max_))
    stage.quiet()
    return done


def welcomes(stage: Stage, channel: str) -> list[str]:
    return [shown(message) for message in said(stage, channel, "Open a case")]


@pytest.mark.parametrize(
    ("who", "text"), [("Erin", ""), ("Erin", "open It hangs"), ("Max", ""), ("Max", "open It hangs")]
)
def test_support_is_told_how_to_link_a_channel_without_an_account(stage: Stage, who: str, text: str) -> None:
    answered = command(stage, stage.person(who), text, "C0NEW")
    assert "No account is linked to this channel yet" in answered
    assert "`/case setup`" in answered
    assert ("support manager" in answered) == (who == "Erin")
    assert stage.slack.view_for(who) is None


def test_a_customer_who_mentions_the_bot_there_is_told_too_and_nobody_else_sees_it(stage: Stage) -> None:
    olga = stage.person("Olga")
    answered = told(stage, olga, lambda: olga.post("C0NEW", "<@U0BOT> it hangs"))
    assert "No account is linked to this channel. Yours opens its cases in <#C0ORCHARD>" in answered
    assert "support manager" in answered
    assert said(stage, "C0NEW") == []


def test_a_customer_who_reacts_there_is_told_too(stage: Stage) -> None:
    olga = stage.person("Olga")
    message = olga.post("C0NEW", "it hangs")
    assert "No account is linked" in told(stage, olga, lambda: olga.react(message, "ticket"))


def test_an_engineer_who_is_no_manager_is_kindly_refused(stage: Stage) -> None:
    answered = command(stage, stage.person("Erin"), "setup", "C0NEW")
    assert "for support managers" in answered
    assert stage.slack.view_for("Erin") is None


def test_a_manager_links_the_channel_and_the_customer_opens_a_case_there(stage: Stage) -> None:
    max_, olga = stage.person("Max"), stage.person("Olga")
    setup_form(stage, max_)
    done = link(stage, max_, name="Pear", timezone="America/Chicago")
    assert done.outcome == "updated", done.errors
    assert done.view is not None
    assert "belongs to Pear." in page(done.view).replace("*", "")
    welcome = only(said(stage, "C0NEW", "Pear"))
    assert stage.slack.channel("C0NEW").pins == [welcome.ts]

    form = asked(stage, olga, lambda: olga.press(welcome, "Open a case"))
    olga.fill(form, {"Title": "It hangs", "What happens?": "Since nine"})
    answer(stage, olga, "What kind of request is it?", "Product support")
    opened = olga.submit(form_of(stage, olga))
    stage.quiet()
    assert opened.outcome == "updated", opened.errors
    assert "Pear" in shown(only([m for m in said(stage, "C0NEW", "C-1") if not m.is_reply]))


@pytest.mark.parametrize(
    ("field", "typed", "expected"),
    [
        ("timezone", "Mars/Olympus", "Mars/Olympus"),
        ("timezone", "chicago\x00", "time zone"),
        ("name", "  ", "What is the customer called?"),
        ("name", "x" * 81, "81 characters; 80 fit"),
        ("days", "sometimes", "mon-fri"),
        ("opens", "nine", "a time from 00:00"),
        ("holidays", "Atlantis", "US"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    stage: Stage, field: str, typed: str, expected: str
) -> None:
    max_ = stage.person("Max")
    setup_form(stage, max_)
    good = {"name": "Pear", "timezone": "America/Chicago"}
    if field in {"days", "opens", "holidays"}:
        good |= {"days": "mon-fri", "opens": "09:00", "closes": "17:00"}
    done = link(stage, max_, **(good | {field: typed}))
    assert done.outcome == "errors"
    assert done.sent
    assert set(done.errors) == {f"setup:{field}"}
    assert expected in done.errors[f"setup:{field}"]
    assert form_of(stage, max_).values[f"setup:{field}"]["setup_value"]["value"] == typed
    assert welcomes(stage, "C0NEW") == []

    max_.fill(form_of(stage, max_), {f"setup:{field}": good.get(field)})
    assert max_.submit(form_of(stage, max_)).outcome == "updated"
    stage.quiet()
    assert len(welcomes(stage, "C0NEW")) == 1


def test_a_second_customer_in_a_channel_needs_its_teams(stage: Stage) -> None:
    max_ = stage.person("Max")
    setup_form(stage, max_, "C0ACME")
    done = link(stage, max_, name="Pear", timezone="America/Chicago", teams="")
    assert "name this customer's Slack teams" in done.errors["setup:teams"]
    done = link(stage, max_, name="Pear", timezone="America/Chicago", teams="T0ACME")
    assert "T0ACME" in done.errors["setup:teams"]
    done = link(stage, max_, name="Pear", timezone="America/Chicago", teams="T0PEAR")
    assert done.outcome == "updated", done.errors


def test_setting_up_again_shows_what_is_there_changes_it_and_welcomes_nobody_twice(stage: Stage) -> None:
    max_ = stage.person("Max")
    before = welcomes(stage, "C0ORCHARD")
    form = setup_form(stage, max_, "C0ORCHARD")
    assert form.values["setup:name"]["setup_value"]["value"] == "Orchard"
    assert form.values["setup:timezone"]["setup_value"]["value"] == "America/Chicago"
    max_.fill(form, {"setup:timezone": "America/Denver"})
    assert max_.submit(form).outcome == "updated"
    stage.quiet()
    with stage.units() as uow:
        (orchard,) = uow.accounts.in_channel("C0ORCHARD")
    assert (orchard.name, orchard.timezone, orchard.channels) == ("Orchard", "America/Denver", ("C0ORCHARD",))
    assert welcomes(stage, "C0ORCHARD") == before
    assert len(before) == 1


def test_a_welcome_of_an_earlier_version_is_drawn_anew_once_when_the_bot_starts(stage: Stage) -> None:
    stage.stop_bot()
    welcome = only(said(stage, "C0ORCHARD", "Open a case"))
    with stage.slack.state.change():
        welcome.blocks = [block for block in welcome.blocks if block["type"] != "actions"]
    with engine_on(stage.database_url) as engine, engine.begin() as connection:
        old = update(OutboxRow).where(OutboxRow.key == "welcome:3:C0ORCHARD").values(body={"account": "Orchard"})
        assert connection.execute(old).rowcount == 1

    stage.start_bot()
    assert offers(only(said(stage, "C0ORCHARD", "Hello")), "Your plan")
    drawn = len(stage.slack.calls("chat.update"))
    stage.stop_bot()
    stage.start_bot()
    assert len(stage.slack.calls("chat.update")) == drawn
