"""Named contacts: a manager keeps the list, one too many is refused, and only the customer's own people fit."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.accounts_import import import_accounts
from tests.journeys.conftest import MORNING
from tests.journeys.dedicated import FILE, DedicatedStage, open_case, typed
from tests.journeys.test_mission_critical import assigned_to
from tests.journeys.trying import button, page, told
from workspace.acting import form_of, offers
from workspace.model import View
from workspace.stage import Stage

OTHERS = ("Carla", "Cem", "Chen", "Cleo")
FIELD = "case:contacts"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with DedicatedStage(tmp_path, MORNING) as running:
        for name in OTHERS:
            running.slack.add_user(name, "T0ACME")
            running.person(name).join("C0ACME")
        yield running


def contacts(stage: Stage) -> tuple[str, ...]:
    with stage.units() as uow:
        acme = uow.accounts.by_name("Acme")
    assert acme is not None
    return acme.add_ons[0].contacts


def change(stage: Stage, who: str = "Max", channel: str = "C0ACME") -> View:
    person = stage.person(who)
    typed(stage, "contacts", who, channel)
    person.press(stage.slack.ephemerals(person)[-1], "Change…")
    return form_of(stage, person)


def test_support_reads_the_list_and_the_manager_changes_it_in_a_form(stage: Stage) -> None:
    listed = typed(stage, "contacts", "Erin", "C0ACME")
    for word in ("Acme", "<@U0ERIN>", "1 of 5", "<@U0DANA>", "who adds somebody vouches for it"):
        assert word in listed
    max_ = stage.person("Max")
    form = change(stage)
    max_.fill(form, {FIELD: ["U0DANA", "U0BOB"]})
    assert not max_.submit(form).errors
    stage.quiet()
    assert contacts(stage) == ("U0DANA", "U0BOB")
    open_case(stage, "Bob")
    assert assigned_to(stage) == "U0ERIN"
    with stage.units() as uow:
        acme = uow.accounts.by_name("Acme")
        assert acme is not None
        history = [(each.who, each.what, each.why) for each in uow.accounts.history(acme.id) if each.what != "reminded"]
    assert history == [("U0MAX", "contact-added", "U0BOB")]


def test_the_sixth_is_refused_with_the_reason_and_nothing_changes(stage: Stage) -> None:
    max_ = stage.person("Max")
    six = ["U0DANA", "U0BOB", *(f"U0{name.upper()}" for name in OTHERS)]
    form = change(stage)
    max_.fill(form, {FIELD: six})
    (refusal,) = max_.submit(form).errors.values()
    assert "Mission Critical Support at 50 % is for 5 named contacts in Americas, and these are 6" in refusal
    assert contacts(stage) == ("U0DANA",)
    max_.fill(form, {FIELD: six[:5]})
    assert not max_.submit(form).errors
    assert "for 5 named contacts" in typed(stage, f"contacts add {six[5]}", "Max", "C0ACME")
    assert contacts(stage) == tuple(six[:5])


def test_at_a_whole_share_there_are_ten_and_the_eleventh_is_refused(tmp_path: Path) -> None:
    with DedicatedStage(tmp_path, MORNING) as stage:
        whole = FILE.replace("share: 50", "share: 100").format(starts=stage.starts, ends=stage.ends)
        import_accounts(whole.encode(), stage.policies, stage.units)
        people = ["U0DANA"]
        for n in range(10):
            people.append(stage.slack.add_user(f"Cora{n}", "T0ACME").id)
            stage.person(f"Cora{n}").join("C0ACME")
        max_, form = stage.person("Max"), change(stage)
        assert "10 at most" in page(form)
        max_.fill(form, {FIELD: people})
        (refusal,) = max_.submit(form).errors.values()
        assert "at 100 % is for 10 named contacts in Americas, and these are 11" in refusal
        assert contacts(stage) == ("U0DANA",)
        max_.fill(form, {FIELD: people[:10]})
        assert not max_.submit(form).errors
        assert len(contacts(stage)) == 10


def test_by_command_with_a_member_id(stage: Stage) -> None:
    assert "2 of 5" in typed(stage, "contacts add U0BOB", "Max", "C0ACME")
    assert contacts(stage) == ("U0DANA", "U0BOB")
    assert "1 of 5" in typed(stage, "contacts remove U0DANA", "Max", "C0ACME")
    assert contacts(stage) == ("U0BOB",)
    open_case(stage)
    assert assigned_to(stage) is None
    assert "Whom?" in typed(stage, "contacts add @Bob", "Max", "C0ACME"), "Slack tells no id of somebody typed"


@pytest.mark.parametrize("somebody", ["U0ERIN", "U0BORIS", "U0NOBODY"])
def test_only_the_customers_own_people(stage: Stage, somebody: str) -> None:
    assert "Nothing was changed" in (answer := typed(stage, f"contacts add {somebody}", "Max", "C0ACME")) or (
        "anybody in Slack" in answer
    )
    assert contacts(stage) == ("U0DANA",)


def test_only_managers_change_it_and_only_support_reads_it(stage: Stage) -> None:
    assert "kept by support managers" in typed(stage, "contacts add U0BOB", "Erin", "C0ACME")
    erin = stage.person("Erin")
    typed(stage, "contacts", "Erin", "C0ACME")
    assert not offers(stage.slack.ephemerals(erin)[-1], "Change…")
    forged = button(stage.slack.ephemerals(erin)[-1], "contacts_change", _value(stage))
    assert "kept by support managers" in told(stage, erin, lambda: erin.press(forged, "?"))
    assert contacts(stage) == ("U0DANA",)


def test_where_no_customer_has_any_it_says_so_and_one_is_found_by_name(stage: Stage) -> None:
    assert "No customer of this channel has named contacts" in typed(stage, "contacts", "Max", "C0BOLT")
    assert "1 of 5" in typed(stage, "contacts acme", "Max", "C0TRIAGE")
    assert "1 of 5" in typed(stage, "contacts", "Max", "C0BOTH")


def _value(stage: Stage) -> str:
    with stage.units() as uow:
        acme = uow.accounts.by_name("Acme")
    assert acme is not None
    return f"{acme.id}:U0ERIN"
