"""The last page of a modal: what was done, what happens next, and by when."""

from datetime import datetime

from slack_sdk.models.blocks import Block, SectionBlock
from slack_sdk.models.views import View

from cases.articles import Article
from cases.case import Case
from cases.intake import Declined, Opened
from handlers import clock_words, contacts, facts, ids
from handlers.kit import context, fitted, modal, packed, section
from handlers.text import inline, link, mention, paragraph
from handlers.times import date, exactly, local


def opened_view(outcome: Opened, zone: str, now: datetime) -> View:
    """The case is open, or was before; `zone` is the reader's."""
    case = outcome.case
    if outcome.existing:
        return existing_view(case.number, case.source.permalink if case.source else "")
    when = f"by *{local(case.due_at, zone)}*" if case.due_at > now else "as soon as possible: the time is up already"
    blocks: list[Block] = [
        section(facts.heading(case)),
        section(f"A person from our team answers in the channel {when}."),
        context(f"{facts.priority(case)} · By each reader's own clock: {date(case.due_at)}"),
        *_later(case),
        *_commitment(case),
        *_ways(case),
        context("The card in the channel always shows how it stands, and *Why this time?* explains the deadline."),
    ]
    return _last("Your case is open", blocks)


def _later(case: Case) -> list[Block]:
    promise = case.promise
    said = clock_words.allowed(((rule.kind, rule.target) for rule in promise.clocks), promise.calendar)
    return [section(f"Besides: {said}.")] if said else []


def _commitment(case: Case) -> list[Block]:
    if case.commitment is None or case.promise.commitment is None:
        return []
    every = exactly(case.promise.commitment.every_seconds)
    who = mention(case.commitment.available.user)
    return [section(f"We check in with {who} now and every {every}, in the case's thread, until it is resolved.")]


def _ways(case: Case) -> list[SectionBlock]:
    said = contacts.while_open(case)
    return packed(["*Besides this channel*", *(f"• {line}" for line in said)]) if said else []


def declined_view(declined: Declined) -> View:
    """No case: explained, and handed to a manager where that was offered."""
    following = _following(declined)
    blocks: list[Block] = [section(paragraph(declined.explanation, 2500))]
    if following:
        blocks.append(context(following))
    title = "Handed over" if declined.handed_over else "Left with the team" if declined.left else "Outside of support"
    return _last(title, blocks)


def _following(declined: Declined) -> str:
    if declined.handed_over:
        return "A support manager has it now and will come back to you."
    if declined.left:
        return "The team has your request now. It is no case, and no time is promised; an answer comes in the channel."
    return ""


def answered_view(article: Article) -> View:
    """An article was enough."""
    said = f"Glad that {link(article.link, inline(article.title))} helped. No case was opened."
    return _last("Solved", [section(said), context("If it wasn't all, *Open a case* in the channel is still there.")])


def existing_view(number: int, permalink: str = "") -> View:
    """A case was opened from this message before; `permalink` leads to it, where it is known."""
    there = link(permalink, "Its thread is here") if permalink else "Its thread is in the channel"
    return _last("Already open", [section(f"*C-{number}* was opened for this already. {there}; nothing was added.")])


def message_view(title: str, sentence: str) -> View:
    """A page of one sentence, such as a refusal; the sentence is mrkdwn of our own."""
    return _last(fitted(title, 24), [section(sentence)])


def _last(title: str, blocks: list[Block]) -> View:
    return modal(ids.CLOSING_VIEW, title, blocks, None, "Close", "")
