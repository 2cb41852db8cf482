"""As many of everything as anybody may link, note, list, call or state: Slack takes all that is shown."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import get_args

from hypothesis import example, given, settings
from hypothesis import strategies as st

from cases.articles import Article
from cases.case import Case, Entry, State
from cases.case_parts import Link
from cases.contacts import Contact, ContactKind
from cases.finding import MOST_FOUND, Found
from cases.messages import Drawn
from cases.policy import SolutionKind
from cases.says import Body, Say, SayKind
from handlers import answers
from handlers.cards import customer_card, triage_card
from handlers.kit import modal as form
from handlers.renderer import Renderer
from handlers.solution_form import resolve_view
from handlers.status import statuses
from handlers.suggestions import suggested
from policies.schema import MOST_SOLUTIONS
from tests.builders import DANA, NOON, case
from tests.handlers.looks import modal, seen

EDGES = st.sampled_from([edge + more for edge in (2, 5, 10, 25, 50, 100) for more in (-1, 0, 1)])
"""Of Slack: options of a menu that folds out, fields, texts of a context, buttons of a row, blocks of a message and of
a form, options of a menu."""
WIDE = st.sampled_from("x&<😀ת")
LABEL, TITLE = 75, 300
RENDERER = Renderer(lambda: "<!subteam^S0ONCALL>", "https://acme.slack.com/")


@dataclass(frozen=True)
class Counts:
    """How many there are of each."""

    links: int
    contacts: int
    entries: int
    listed: int
    called: int
    articles: int
    kinds: int
    wide: str


MANY = st.builds(Counts, EDGES, EDGES, EDGES, EDGES, EDGES, EDGES, st.integers(1, MOST_SOLUTIONS), WIDE)
MOST = Counts(400, 101, 101, 101, 400, 101, MOST_SOLUTIONS, "😀")


@settings(max_examples=3)
@given(MANY)
@example(MOST)
def test_however_many_there_are_slack_takes_every_surface(counts: Counts) -> None:
    for shown in standing(counts):
        for drawn in messages(shown, counts):
            seen(drawn)
        modal(resolve_view(shown, counts.wide * 4000))
    modal(form("f", "Open a case", list(suggested(f"sign in {counts.wide}", articles(counts))), "Open", "Cancel", ""))


def standing(counts: Counts) -> Iterator[Case]:
    """One case with that many of everything, open and claimed."""
    kinds = get_args(Link.__annotations__["kind"])
    fresh = case(committed=True)
    label, title = counts.wide * LABEL, counts.wide * TITLE
    promise = replace(
        fresh.promise,
        contacts=tuple(
            Contact(list(ContactKind)[n % len(ContactKind)], label, "https://acme.example/" + "x" * 900, label, label)
            for n in range(counts.contacts)
        ),
        solutions=tuple(SolutionKind(f"k{n}", label) for n in range(counts.kinds)),
    )
    links = tuple(Link(kinds[n % len(kinds)], 100_000 + n) for n in range(counts.links))
    whole = replace(fresh, title=title, details=title, account_name=label, promise=promise, links=links)
    yield from (replace(whole, state=state) for state in (State.OPEN, State.CLAIMED))


def messages(shown: Case, counts: Counts) -> Iterator[Drawn]:
    """All that shows several of something."""
    yield from (customer_card(shown, NOON), triage_card(shown, NOON), statuses([shown] * counts.listed, NOON))
    history = [Entry(NOON, DANA, "noted", counts.wide * 200)] * counts.entries
    yield answers.show(shown, history, NOON, "UTC", support=True)
    yield answers.show(shown, history, NOON, "UTC", support=False)
    found = tuple([shown] * min(counts.listed, MOST_FOUND))
    yield answers.listing(found, NOON)
    yield answers.found(Found(found, counts.listed), NOON, support=True)
    called = " ".join(f"U0{n:09}" for n in range(counts.called))
    body: Body = {"share": 90, "audience": "triage", "mention": True, "calls": called, "away": called}
    due: Body = {"due_at": "2026-03-02T13:00:00Z", "fell_at": "2026-03-02T12:30:00Z", "late_seconds": 3600}
    yield RENDERER.draw(Say("k", SayKind.ESCALATION, "C0TRIAGE", 0, 1, {**body, **due}), shown, NOON)


def articles(counts: Counts) -> list[Article]:
    """All of them close to what is typed."""
    words = tuple(f"sign in {n}" for n in range(counts.articles))
    link = "https://kb.example/" + "x" * 900
    return [Article(f"a{n}", f"Sign in {counts.wide * 200}", link, words[:20]) for n in range(counts.articles)]


def test_a_card_names_the_newest_links_and_how_many_there_are_besides() -> None:
    links = tuple(Link("related", n) for n in range(1, 31))
    assert "related to C-30; and 10 earlier links." in seen(triage_card(replace(case(), links=links), NOON))
    assert "related to C-20." in seen(triage_card(replace(case(), links=links[:20]), NOON))


def test_of_more_people_than_a_message_calls_the_group_is_never_left_out() -> None:
    called = " ".join(f"U0{n:09}" for n in range(51))
    body: Body = {"share": 90, "audience": "triage", "mention": True, "on_call": True, "calls": called}
    due: Body = {"due_at": "2026-03-02T13:00:00Z", "fell_at": "2026-03-02T12:30:00Z", "late_seconds": 0}
    shown = seen(RENDERER.draw(Say("k", SayKind.ESCALATION, "C0TRIAGE", 0, 1, {**body, **due}), case(), NOON))
    assert "<!subteam^S0ONCALL>" in shown
    assert "<@U0000000048>" in shown
    assert "<@U0000000049>" not in shown
