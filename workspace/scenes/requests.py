"""What customers ask for, as they would fill in the form of their support programme."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workspace.acting import answer, form_of
from workspace.controls import Choice
from workspace.people import Person
from workspace.stage import Stage


@dataclass(frozen=True, slots=True)
class Request:
    """`answers` are given one by one, since each changes the form; `typed` is filled in when all is there."""

    answers: Mapping[str, str]
    typed: Mapping[str, Choice] = field(default_factory=dict)

    def fill(self, stage: Stage, who: Person) -> None:
        """Fills in the form on this person's screen."""
        for question, choice in self.answers.items():
            answer(stage, who, question, choice)
        who.fill(form_of(stage, who), self.typed)


def okta(title: str, details: str, reach: str, wish: str | None = None) -> Request:
    """About Okta's service; `reach`: how much can still be reached; `wish`: what it is about if everything can."""
    wished = {"Is it a request for an enhancement, or is something wrong?": wish} if wish else {}
    answers = {"Which product?": "Okta Service", "Which of your business resources can you still reach?": reach}
    return Request(answers | wished, _words(title, details))


def okta_priority_1(title: str, details: str, available: str, backup: str) -> Request:
    """Nothing can be reached, and the round-the-clock promise is given. `available`, `backup`: user ids."""
    asked = okta(title, details, "None of them")
    promise: dict[str, Choice] = {"open:consent": ["yes"], "open:available": available, "open:backup": backup}
    return Request(asked.answers, {**asked.typed, **promise})


def auth0(title: str, details: str, tenant: str, impact: str, persists: str | None = None) -> Request:
    """About a tenant in production; `persists` is asked where the impact is major."""
    lasting = {"Does it persist, and does it affect many users or major functionality?": persists} if persists else {}
    answers = {"Is this tenant in production?": "Yes", "What is the impact in production?": impact}
    return Request(answers | lasting, {**_words(title, details), "Which tenant?": tenant})


def oko(title: str, details: str, kind: str) -> Request:
    """About Oko, by the kind of request."""
    return Request({"What kind of request is it?": kind}, _words(title, details))


def _words(title: str, details: str) -> dict[str, Choice]:
    return {"Title": title, "What happens?": details}
