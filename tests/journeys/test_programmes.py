"""One journey for each programme: what it asks, what it promises, and when."""

from datetime import UTC, datetime

from cases.case import Case
from tests.journeys.acting import only
from workspace.acting import answer, card, form_of, press_pinned, said, words
from workspace.screen import Submission
from workspace.stage import Stage

REACH = "Which business resources can you still reach through the Access Gateway?"


def stored(stage: Stage) -> Case:
    with stage.units() as uow:
        return uow.cases.get(1)


def send(stage: Stage, name: str) -> Submission:
    who = stage.person(name)
    done = who.submit(form_of(stage, who))
    stage.quiet()
    return done


def test_oko_is_due_one_business_day_on_over_the_holiday_weekend_and_promises_no_resolution(stage: Stage) -> None:
    stage.move_to(datetime(2026, 7, 2, 20, 0, tzinfo=UTC))
    olga = stage.person("Olga")
    form = press_pinned(stage, olga, "C0ORCHARD")
    olga.fill(form, {"Title": "How do I add a field?", "What happens?": "I can't find the editor."})
    answer(stage, olga, "open:kind:oko", "product-support")
    assert "Mon 6 Jul, 15:00 Chicago" in str(form_of(stage, olga).blocks)
    send(stage, "Olga")

    assert stored(stage).due_at == datetime(2026, 7, 6, 20, 0, tzinfo=UTC)
    assert "not when it will be solved" in words(card(stage, "C0ORCHARD"))
    stage.move_to(datetime(2026, 7, 6, 15, 29, tzinfo=UTC))
    assert said(stage, "C0TRIAGE", "Half of the time") == []
    stage.move_to(datetime(2026, 7, 6, 15, 30, tzinfo=UTC))
    only(said(stage, "C0TRIAGE", "Half of the time"))


def test_oko_explains_what_is_out_of_scope_and_hands_customization_to_a_manager(stage: Stage) -> None:
    olga = stage.person("Olga")
    press_pinned(stage, olga, "C0ORCHARD")
    form = answer(stage, olga, "open:kind:oko", "business-advice")
    assert form.body["submit"]["text"] != "Open the case"
    olga.close(form)

    form = press_pinned(stage, olga, "C0ORCHARD")
    olga.fill(form, {"Title": "Build us a portal", "What happens?": "With our logo."})
    answer(stage, olga, "open:kind:oko", "customization")
    send(stage, "Olga")

    handed = words(only(said(stage, "C0MANAGERS", "Build us a portal")))
    assert "<@U0OLGA>" in handed
    assert "Orchard" in handed
    assert said(stage, "C0TRIAGE", "Build us a portal") == []


def test_the_access_gateway_has_questions_of_its_own(stage: Stage) -> None:
    dana = stage.person("Dana")
    form = press_pinned(stage, dana, "C0ACME")
    dana.fill(form, {"Title": "Gateway down", "What happens?": "HR is out of reach."})
    answer(stage, dana, "Which product?", "Okta Access Gateway")
    answer(stage, dana, REACH, "none")
    form = answer(stage, dana, "Is there anything that would ease it right away?", "yes")

    assert "Recommended: Priority 2" in str(form.blocks).replace("*", "")
    send(stage, "Dana")
    case = stored(stage)
    assert (case.promise.product, case.promise.priority) == ("access-gateway", 2)
    assert case.answers == (("reach", "none"), ("mitigation", "yes"))


def test_auth0_severity_two_stands_still_over_the_customers_weekend(stage: Stage) -> None:
    stage.move_to(datetime(2026, 7, 3, 20, 0, tzinfo=UTC))  # Friday 23:00 in Jerusalem
    boris = stage.person("Boris")
    form = press_pinned(stage, boris, "C0BOLT")
    boris.fill(form, {"Title": "Logins are slow", "What happens?": "For many users.", "open:tenant": "bolt-prod"})
    answer(stage, boris, "open:production", "yes")
    answer(stage, boris, "What is the impact in production?", "major")
    answer(stage, boris, "Does it persist, and does it affect many users or major functionality?", "yes")
    assert send(stage, "Boris").errors == {}

    case = stored(stage)
    assert case.promise.label == "Severity 2 (High)"
    assert case.due_at == datetime(2026, 7, 5, 22, 0, tzinfo=UTC)  # Monday 01:00 in Jerusalem
    assert "Severity 2 (High)" in words(card(stage, "C0BOLT"))
    stage.move_to(datetime(2026, 7, 5, 20, 59, tzinfo=UTC))
    triage = said(stage, "C0TRIAGE", "Half of the time")
    stage.move_to(datetime(2026, 7, 5, 21, 30, tzinfo=UTC))
    assert len(said(stage, "C0TRIAGE", "Three quarters")) == 1
    assert len(triage) == 1


def test_auth0_covers_production_tenants_only_and_says_so(stage: Stage) -> None:
    boris = stage.person("Boris")
    press_pinned(stage, boris, "C0BOLT")
    form = answer(stage, boris, "open:production", "no")

    assert "production" in str(form.blocks)
    assert form.body["submit"]["text"] == "Leave the request"
    boris.fill(form, {"Title": "The login page is blank", "What happens?": "Since the test deploy."})
    send(stage, "Boris")
    assert said(stage, "C0TRIAGE", "C-1") == []
