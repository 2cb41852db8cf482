"""A ticket review as its readers see it: how much there was, how it was answered, what is still open."""

from collections.abc import Iterable, Iterator, Sequence

from pydantic import TypeAdapter
from slack_sdk.models.blocks import Block

from cases.case import State
from cases.messages import Drawn
from cases.reviewing import Record, Review
from cases.says import Body
from handlers.bodies import count, text_of
from handlers.kit import context, drawn, packed, section
from handlers.text import inline, mention
from handlers.times import date, exactly, short

REVIEW = TypeAdapter(Review)
STATES = {
    State.OPEN: "waiting for us",
    State.CLAIMED: "in work",
    State.WAITING: "waiting for a word of yours",
    State.OFFERED: "solution offered",
    State.RESOLVED: "resolved",
    State.CLOSED: "closed",
}
TITLE = 150
"""Ten lines of this fit one section, or two."""


def review_message(body: Body) -> Drawn:
    """`body` as listed at `SayKind.REVIEW`; it tells how things stood then, and is never redrawn."""
    review = REVIEW.validate_json(text_of(body, "review"))
    name, days = inline(text_of(body, "name"), 80), span(review.days)
    blocks: list[Block] = [
        section(f"📋 *Ticket review: {name}*, {days}", _asked(body)),
        section(*_opened(review)),
        section(*_answered(review)),
        *packed(_open(review)),
    ]
    if review.solutions or review.stars:
        blocks.append(section(_solutions(review.solutions), _ratings(review.stars)))
    blocks.append(context(f"As of {date(review.until)}. Every case of it stands in the file in this thread."))
    return drawn(f"Ticket review of {name}, {days}: {_number(review.record.opened, 'case')} opened.", blocks)


def review_told(body: Body) -> Drawn:
    """To the Technical Account Manager; `body` as listed at `SayKind.REVIEW_TOLD`."""
    place = text_of(body, "channel")
    where = "by direct message" if place.startswith(("U", "W")) else f"in <#{place}>"
    name = inline(text_of(body, "name"), 80)
    text = (
        f"{mention(text_of(body, 'who'))} asked for a ticket review of *{name}*, {span(count(body, 'days'))}: {where}."
    )
    return drawn(text, [section(text)])


def span(days: int) -> str:
    """`the last 90 days`."""
    return "the last day" if days == 1 else f"the last {days} days"


def _asked(body: Body) -> str:
    tam = text_of(body, "tam")
    asked = f"Asked for by {mention(text_of(body, 'who'))}."
    return f"{asked} {mention(tam)}, your Technical Account Manager, has been told." if tam else asked


def _opened(review: Review) -> Iterator[str]:
    record, before = review.record, review.before
    yield f"*{_number(record.opened, 'case')} opened*, {_trend(record.opened, before.opened, review.days)}"
    if review.by_priority:
        yield _counts((inline(label, 75), amount) for label, amount in review.by_priority)
        yield _counts((STATES[State(state)], amount) for state, amount in review.by_state)


def _answered(review: Review) -> Iterator[str]:
    record, before = review.record, review.before
    yield f"*First answers*: {record.in_time} in time, {record.late} late{_to_come(record)}"
    if record.median_seconds is not None:
        middle = f"Half of them came within {_length(record.median_seconds)} of support time"
        earlier = f"; before, within {_length(before.median_seconds)}" if before.median_seconds is not None else ""
        yield f"{middle}{earlier}."
    if before.opened:
        yield f"Of those opened in the {review.days} days before: {before.in_time} in time, {before.late} late."


def _to_come(record: Record) -> str:
    return f", {record.to_come} without one so far" if record.to_come else ""


def _open(review: Review) -> Iterator[str]:
    if not review.still_open:
        yield "*Still open*: none."
        return
    yield f"*Still open*: {review.still_open}, the oldest first"
    for each in review.oldest:
        yield (
            f"• *C-{each.number}* {inline(each.title, TITLE, 'no title')} · {inline(each.label, 75)} · "
            f"open for {short(int((review.until - each.opened_at).total_seconds()))} · {STATES[each.state]}"
        )
    if review.still_open > len(review.oldest):
        yield f"… and {review.still_open - len(review.oldest)} more, in the file."


def _solutions(solutions: Sequence[tuple[str, int]]) -> str:
    return f"*Solutions*: {_counts((inline(label, 75), amount) for label, amount in solutions)}" if solutions else ""


def _ratings(stars: Sequence[tuple[int, int]]) -> str:
    if not stars:
        return ""
    given = sum(amount for _, amount in stars)
    mean = sum(star * amount for star, amount in stars) / given
    return f"*Ratings*: {mean:.1f} of 5 stars, from {given}"


def _trend(now: int, before: int, days: int) -> str:
    then = "the day before" if days == 1 else f"the {days} days before"
    if now == before:
        return f"as many as in {then}"
    return f"{abs(now - before)} {'more' if now > before else 'fewer'} than in {then} ({before})"


def _counts(pairs: Iterable[tuple[str, int]]) -> str:
    return " · ".join(f"{label}: {amount}" for label, amount in pairs)


def _number(amount: int, word: str) -> str:
    return f"{amount:,} {word}{'' if amount == 1 else 's'}"


def _length(seconds: int) -> str:
    return exactly(seconds) if seconds < 60 else short(seconds)
