"""The form that opens a case, filled as a person would fill it, with the programmes as they ship."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk.models.views import View

from cases.accounts import Account
from cases.calendars import CalendarBook
from cases.case_parts import SourceMessage
from cases.errors import Invalid
from cases.intake import Declined, Form, Intake, Opened, Preview
from cases.opening import check, preview
from cases.people import Actor
from handlers import ids
from handlers.closing import declined_view, existing_view, message_view, opened_view
from handlers.errors import field_errors
from handlers.open_form import open_view
from handlers.read_form import read_form
from policies.holiday_names import holiday_names
from policies.loader import load_policies
from tests.builders import CUSTOMER, DANA, ENGINEER, NOON, case
from tests.handlers.looks import Body, block_of, fields, filled, message, modal, page

POLICIES = load_policies()
BOOK = CalendarBook(holiday_names)
ACME = Account(1, "Acme", "okta", "premier", "America/New_York", ("C0ACME",), ("T0ACME",))
ORG = Account(2, "Org", "oko", "standard", "America/New_York", ("C0ACME",))
ZED = Account(3, "Zed", "auth0", "enterprise", "Asia/Jerusalem", ("C0ACME",))


class Filling:
    """A person at the form: each step fills fields and sees the form drawn anew."""

    def __init__(
        self,
        *accounts: Account,
        actor: Actor = CUSTOMER,
        source: SourceMessage | None = None,
        text: str = "",
        now: datetime = NOON,
        zone: str = "America/New_York",
    ) -> None:
        self.accounts, self.actor, self.now, self.zone = accounts, actor, now, zone
        self.intake = Intake("intake-1", "C0ACME", DANA, now, source, text)
        self.form = Form()
        self.body: Body = filled(self.view)

    @property
    def shown(self) -> Preview:
        chosen = sorted(self.accounts, key=lambda account: account.id != self.form.account)
        program = POLICIES[chosen[0].program]
        return preview(self.intake, tuple(chosen), program, self.form, self.actor, BOOK, self.now)

    @property
    def view(self) -> View:
        return open_view(self.intake, self.form, self.shown, self.zone, self.now)

    def fill(self, **answers: object) -> "Filling":
        for name, answer in answers.items():
            before = self.body
            self.body = filled(self.view, before, **{name: answer})
            self.form = read_form(self.body).form
            self.body = filled(self.view, self.body)
        return self

    @property
    def page(self) -> str:
        return page(self.view)


def test_the_first_look_asks_and_promises_nothing_yet() -> None:
    form = Filling(ACME)
    assert fields(form.view) == ["title", "details", "product"]
    assert "Choose the product" in form.page
    assert modal(form.view)["private_metadata"] == "intake-1"
    assert modal(form.view)["submit"]["text"] == "Open the case"


def test_one_question_follows_the_other_until_a_priority_is_recommended() -> None:
    form = Filling(ACME).fill(product="service")
    assert fields(form.view)[-1] == "answers"
    form.fill(answers_reach="all")
    assert "Is it a request for an enhancement" in form.page
    assert "Recommended" not in form.page
    form.fill(answers_request="enhancement")
    assert "*Recommended: Priority 4*" in form.page
    assert form.form.priority is None


def test_the_deadline_is_shown_exactly_in_the_persons_zone_before_anything_is_sent() -> None:
    form = Filling(ACME, zone="Asia/Jerusalem").fill(product="service", answers_reach="some")
    assert "within 2 hours*, counted round the clock" in form.page
    assert "Sent now, that is by *Mon 2 Mar, 16:00 Jerusalem time*" in form.page
    assert "<!date^1772460000^" in form.page
    assert "_For example:_" in form.page
    assert "_Because:_ Part of the service has failed" in form.page


def test_what_was_typed_survives_every_answer() -> None:
    form = Filling(ACME).fill(title="Nobody can sign in", details="Since noon", product="service", answers_reach="some")
    assert (form.form.title, form.form.details) == ("Nobody can sign in", "Since noon")


def test_a_person_may_choose_otherwise_and_both_are_known() -> None:
    form = Filling(ACME).fill(product="service", answers_reach="some", priority="3")
    assert (form.form.priority, form.shown.recommended) == (3, 2)
    assert form.shown.priority is not None
    assert form.shown.priority.number == 3
    assert "*Recommended: Priority 2*" in form.page
    assert "*Priority 3*" in form.page


def test_a_choice_made_under_other_answers_is_not_carried_over() -> None:
    form = Filling(ACME).fill(product="service", answers_reach="some", priority="1")
    form.fill(answers_reach="almost-all")
    assert form.form.priority is None
    assert form.shown.priority is not None
    assert form.shown.priority.number == 3


def test_taking_the_choice_back_follows_the_recommendation_again() -> None:
    form = Filling(ACME).fill(product="service", answers_reach="some", priority="1", title="x")
    form.fill(priority="2")
    assert form.form.priority is None


def test_another_product_asks_its_own_questions_from_the_start() -> None:
    form = Filling(ACME).fill(product="service", answers_reach="none", priority="2")
    form.fill(product="access-gateway")
    assert form.form.answers == ()
    assert form.shown.recommended is None


def test_a_priority_that_carries_a_commitment_says_what_is_promised() -> None:
    form = Filling(ACME).fill(product="service", answers_reach="none")
    assert fields(form.view)[-3:] == ["consent", "available", "backup"]
    assert "someone on your side can be reached at any hour" in form.page
    form.fill(consent="yes", available="U0DANA", backup="U0BOB")
    read = read_form(form.body)
    assert (read.form.consent, read.available, read.backup) == (True, "U0DANA", "U0BOB")


def test_a_lower_choice_asks_for_no_commitment() -> None:
    form = Filling(ACME).fill(product="service", answers_reach="none", priority="2")
    assert "consent" not in fields(form.view)


def test_consent_survives_being_redrawn() -> None:
    form = Filling(ACME).fill(product="service", answers_reach="none", consent="yes")
    assert form.form.consent


def test_a_kind_of_request_leads_to_one_business_day_and_no_promise_of_a_solution() -> None:
    form = Filling(ORG, now=datetime(2026, 7, 2, 19, 0, tzinfo=UTC)).fill(kind="bug")
    assert "1 business day*, counted Mon–Fri 09:00–18:00 in New York time, except US holidays" in form.page
    assert "Mon 6 Jul, 15:00 New York time" in form.page
    assert "not when it will be solved" in form.page


@pytest.mark.parametrize(("kind", "submit"), [("customization", "Ask a manager"), ("business-advice", "OK")])
def test_what_is_out_of_scope_is_explained_and_can_be_left_gracefully(kind: str, submit: str) -> None:
    form = Filling(ORG).fill(kind=kind)
    assert "outside the support programme" in form.page
    assert modal(form.view)["submit"]["text"] == submit
    assert "First answer" not in form.page


def test_leaving_what_is_out_of_scope_needs_no_title() -> None:
    form = Filling(ORG).fill(kind="business-advice")
    check(form.form, form.shown)
    optional = {block["block_id"]: block.get("optional") for block in modal(form.view)["blocks"]}
    assert optional["open:title"]
    assert optional["open:details"]


def test_a_tenant_that_is_not_in_production_is_not_covered() -> None:
    form = Filling(ZED).fill(tenant="zed-dev", production="no")
    assert form.form.production is False
    assert "outside the support programme" in form.page
    assert "answers" not in fields(form.view)
    form.fill(production="yes")
    assert fields(form.view)[-1] == "answers"
    assert form.form.tenant == "zed-dev"


def test_a_message_is_quoted_its_words_are_taken_over_and_its_time_counts() -> None:
    form = Filling(ACME, source=message("\nLogin is broken\nfor all of us"))
    assert "its time starts the clock" in form.page
    assert "|See it in the channel>" in form.page
    read = read_form(form.body).form
    assert read.title == "Login is broken"
    assert read.details == "Login is broken\nfor all of us"
    form.fill(product="service", answers_reach="some")
    assert "That is by *Mon 2 Mar, 08:30 New York time*" in form.page


def test_support_may_start_the_clock_now_and_sees_the_other_deadline() -> None:
    form = Filling(ACME, source=message("broken"), actor=ENGINEER).fill(product="service", answers_reach="some")
    form.fill(start_now="now")
    assert form.form.start_now
    assert "the clock starts now instead" in form.page
    assert "Mon 2 Mar, 09:00 New York time" in form.page


def test_a_deadline_that_is_over_already_is_said_plainly() -> None:
    old = message("broken", NOON - timedelta(days=1))
    form = Filling(ACME, source=old).fill(product="service", answers_reach="some")
    assert "That was by *Sun 1 Mar, 09:00 New York time*, so the team hears of it at once." in form.page


def test_a_text_longer_than_a_field_is_kept_and_said_so() -> None:
    form = Filling(ACME, text="é" * 40_000)
    assert "The text has 40,000 characters; the field above holds the first 3,000." in form.page
    assert len(read_form(form.body).form.title) == 150
    assert len(read_form(form.body).form.details) == 3000


def test_support_in_a_shared_channel_says_whose_case_it_is() -> None:
    form = Filling(ACME, ORG, actor=ENGINEER)
    assert fields(form.view)[0] == "account"
    form.fill(account="2")
    assert form.form.account == 2
    assert "kind" in fields(form.view)


def test_every_error_lands_on_an_input_that_is_there() -> None:
    form = Filling(ACME).fill(product="service", answers_reach="none")
    form.form = replace(form.form, title="")
    with pytest.raises(Invalid) as wrong:
        check(form.form, form.shown)
    errors = field_errors(wrong.value.fields, form.body)
    for field in ("title", "details", "consent", "available"):
        assert errors[block_of(form.body, field)] == wrong.value.fields[field]


def test_an_unanswered_question_is_pointed_at() -> None:
    form = Filling(ACME).fill(product="service", answers_reach="all")
    errors = field_errors({"answers": "One answer here, please."}, form.body)
    assert list(errors) == ["open:answers:service:request"]


def test_what_belongs_to_no_input_is_said_at_the_first() -> None:
    form = Filling(ACME)
    assert field_errors({"": "Not saved.", "consent": "Tick it."}, form.body) == {"open:title": "Not saved. Tick it."}
    assert field_errors({"title": "x"}, {"blocks": []}) == {}


def test_a_view_that_makes_no_sense_reads_as_nothing_filled_in() -> None:
    assert read_form({}).form == Form()
    assert read_form({"state": {"values": {"open:priority:x:y": {"a": {"value": "²"}}}}}).form == Form()


def test_the_last_page_says_what_happens_next_and_by_when() -> None:
    opened = opened_view(Opened(case(committed=True), existing=False), "America/New_York", NOON)
    assert "by *Mon 2 Mar, 08:00 New York time*" in page(opened)
    assert "We check in with <@U0DANA> now and every 4 h" in page(opened)
    assert "submit" not in modal(opened)


def test_opening_twice_leads_to_the_case_that_is_there() -> None:
    again = opened_view(Opened(replace(case(), source=message("x")), existing=True), "UTC", NOON)
    assert "*C-1* was opened for this already" in page(again)
    assert "|Its thread is here>" in page(again)
    assert "Its thread is in the channel" in page(existing_view(7))


def test_a_declined_request_ends_courteously() -> None:
    assert "come back to you" in page(declined_view(Declined("Another team does this.", handed_over=True)))
    assert page(declined_view(Declined("We can't advise on this.", handed_over=False))) == "We can't advise on this."
    assert page(message_view("A title far beyond twenty-four characters", "One sentence.")) == "One sentence."


def test_no_form_carries_anything_but_opaque_ids() -> None:
    form = Filling(ACME, source=message("secret words")).fill(product="service", answers_reach="none")
    view = modal(form.view)
    assert view["callback_id"] == ids.OPEN_FORM
    assert "secret" not in view["private_metadata"]
