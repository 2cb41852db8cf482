"""A channel that very many customers share: support opens a case for any of them, the hundred and fiftieth too."""

from dataclasses import replace

from workspace.acting import answer, card, form_of, words
from workspace.forms import elements, options_of
from workspace.stage import Stage

CUSTOMERS = 160
WHICH = "Which customer is it for?"


def test_support_opens_a_case_for_the_hundred_and_fiftieth_customer_of_a_channel(stage: Stage) -> None:
    share(stage, CUSTOMERS)
    erin = stage.person("Erin")
    erin.command("/case", "open They can't sign in", "C0BOTH")
    form = form_of(stage, erin)
    menu = next(element for block, element in elements(form.blocks) if WHICH in str(block))
    assert {"Customer 001", f"Customer {CUSTOMERS}"} < {option["text"]["text"] for option in options_of(menu)}

    answer(stage, erin, WHICH, "Customer 150")
    answer(stage, erin, "Which product?", "Okta Service")
    form = answer(stage, erin, "Which of your business resources can you still reach?", "Almost all")
    erin.fill(form, {"What happens?": "They rang us."})
    done = erin.submit(form)
    assert done.errors == {}
    stage.quiet()

    assert "Customer 150" in words(card(stage, "C0TRIAGE"))
    with stage.units() as uow:
        assert uow.cases.get(1).account_name == "Customer 150"


def share(stage: Stage, customers: int) -> None:
    """So many more customers in the channel of Acme and Bolt."""
    with stage.units() as uow:
        acme = next(account for account in uow.accounts.all() if account.name == "Acme")
        for number in range(1, customers + 1):
            named = replace(acme, id=0, name=f"Customer {number:03}", channels=("C0BOTH",), teams=(f"T0C{number}",))
            uow.accounts.put(named)
