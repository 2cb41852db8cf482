"""Each severity of Auth0 ends in the kinds of solution that its programme defines for it, and in nothing else."""

import pytest

from cases.case import State
from tests.journeys.test_solutions import stored, the_offer
from tests.journeys.trying import asked, only_error, shown
from workspace.acting import form_of
from workspace.people import Person
from workspace.scenes.requests import auth0
from workspace.scenes.ways_in import by_button
from workspace.stage import Stage


class TestTheKindsOfAuth0:
    """Each severity ends in its own: the fourth in an answer or a wish on record, and in nothing else."""

    def bolts(self, stage: Stage) -> None:
        request = auth0("How do we log out?", "Everywhere at once.", "eu", "information")
        by_button(stage, stage.person("Boris"), "C0BOLT", request)

    def test_the_form_offers_exactly_those(self, stage: Stage) -> None:
        self.bolts(stage)
        erin = stage.person("Erin")
        form = asked(stage, erin, lambda: erin.command("/case", "resolve C-1", "C0TRIAGE"))
        (kinds,) = [block for block in form.blocks if block.get("block_id") == "case:kind"]
        assert [option["value"] for option in kinds["element"]["options"]] == ["answer", "enhancement"]
        assert "initial_option" not in kinds["element"]
        resolve_by_form(stage, erin, "Your wish for an enhancement is on record", "We put it on the list.")
        assert "Your wish for an enhancement is on record" in shown(the_offer(stage, "C0BOLT"))

    @pytest.mark.parametrize(
        ("severity", "kinds"),
        [
            (1, ["resolved", "workaround", "fix", "future-fix"]),
            (2, ["resolved", "workaround", "fix", "future-fix"]),
            (3, ["resolved", "workaround", "future-fix", "answer"]),
        ],
    )
    def test_each_other_severity_has_its_own(self, stage: Stage, severity: int, kinds: list[str]) -> None:
        self.bolts(stage)
        erin = stage.person("Erin")
        erin.command("/case", f"priority C-1 {severity} it is more than a question", "C0TRIAGE")
        stage.quiet()
        form = asked(stage, erin, lambda: erin.command("/case", "resolve C-1", "C0TRIAGE"))
        (asks,) = [block for block in form.blocks if block.get("block_id") == "case:kind"]
        assert [option["value"] for option in asks["element"]["options"]] == kinds

    def test_another_kind_sent_by_a_forger_is_refused(self, stage: Stage) -> None:
        self.bolts(stage)
        erin = stage.person("Erin")
        form = asked(stage, erin, lambda: erin.command("/case", "resolve C-1", "C0TRIAGE"))
        erin.fill(form, {"How is it solved?": "answer", "What was the matter, and what solved it?": "So."})
        with stage.slack.state.change():
            chosen = form.values["case:kind"]["form_value"]["selected_option"]
            form.values["case:kind"]["form_value"]["selected_option"] = {**chosen, "value": "fix"}
        assert "one of these is chosen" in only_error(erin.submit(form))
        assert stored(stage).state is State.OPEN


def resolve_by_form(stage: Stage, who: Person, kind: str, note: str) -> None:
    form = form_of(stage, who)
    who.fill(form, {"How is it solved?": kind, "What was the matter, and what solved it?": note})
    who.submit(form)
    stage.quiet()
