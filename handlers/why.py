"""Why this time: each stretch that was counted or skipped, in the reader's zone, and what the priority rests on."""

from collections.abc import Iterable, Iterator, Sequence

from slack_sdk.models.blocks import Block

from cases.case import Case, Entry
from cases.clocks import response_clock
from cases.lookup import Explanation
from cases.messages import Drawn
from cases.stretches import Stretch, StretchKind
from handlers import clock_why, facts
from handlers.kit import context, drawn, packed, section
from handlers.text import escape, inline, paragraph
from handlers.times import exactly, hours, local, place, plain_date, target, wall, zone_of

SHOWN_AT_EACH_END = 18
LINE = 600


def why(explanation: Explanation, zone: str) -> Drawn:
    """For one reader, in private; `zone` is theirs."""
    case = explanation.case
    due_at = (explanation.clock or response_clock(case)).due_at
    blocks: list[Block] = [
        section(
            facts.heading(case),
            f"{clock_why.what(explanation)} is due by *{local(due_at, zone)}*. This is how that comes about:",
        ),
        section(_promised(explanation), _from(explanation, zone)),
        *packed(_stretches(explanation.stretches, zone)),
        section(_totals(explanation)),
        *packed(_rests_on(case, explanation.history)),
        context(f"From {escape(case.promise.program_name)}'s policy, version {escape(case.promise.version)}."),
    ]
    return drawn(f"{case.reference} is due {plain_date(due_at)}: {_totals(explanation)}", blocks)


def _promised(explanation: Explanation) -> str:
    case, promise = explanation.case, explanation.case.promise
    within = clock_why.within(explanation) or f"a first answer within *{target(promise.target, promise.calendar)}*"
    plan = f"{escape(promise.program_name)} {escape(promise.plan_name)}"
    return f"*{plan}* promises {within} for {facts.priority(case)}, counted {_hours(case)}."


def _hours(case: Case) -> str:
    return escape(hours(case.promise.calendar))


def _from(explanation: Explanation, zone: str) -> str:
    case = explanation.case
    clock = explanation.clock or response_clock(case)
    if clock.counted_from >= clock.due_at:
        raised = f" {local(case.counted_from, zone)}" if explanation.clock is None else ""
        return f"The {_scale(case)} was raised{raised}: too late to change a deadline that was over."
    if clock.counted_from > clock.since:
        how = f"when the {_scale(case)} was raised"
    elif began := clock_why.began(clock):
        how = began
    elif case.reopened:
        how = "when it was reopened"
    else:
        came_in = "when our team opened it" if case.detected else "when it came in"
        how = "when the message was written" if case.source and case.source.at == case.started_at else came_in
    return f"It is counted from {local(clock.counted_from, zone)}, {how}. The times below are {place(zone)}."


def _scale(case: Case) -> str:
    return facts.scale(case.promise.label).lower()


def _stretches(stretches: Sequence[Stretch], zone: str) -> list[str]:
    lines = [_line(stretch, zone) for stretch in stretches]
    if len(lines) <= 2 * SHOWN_AT_EACH_END + 1:
        return lines
    between = stretches[SHOWN_AT_EACH_END:-SHOWN_AT_EACH_END]
    told = f"… {len(between)} more stretches: {exactly(counted(between))} counted, {exactly(skipped(between))} skipped"
    return [*lines[:SHOWN_AT_EACH_END], told, *lines[-SHOWN_AT_EACH_END:]]


def _line(stretch: Stretch, zone: str) -> str:
    reason, length = inline(stretch.why, 120), exactly(_seconds(stretch))
    if stretch.kind is StretchKind.CLOCK_CHANGE:
        return f"🕐 {wall(stretch.start, zone)} · {reason}"
    span = f"{wall(stretch.start, zone)} – {_end(stretch, zone)}"
    if stretch.kind is StretchKind.COUNTED:
        return f"▸ {span} · *{length} counted*"
    holiday = "holiday: " if stretch.kind is StretchKind.HOLIDAY else ""
    return f"▹ {span} · {length} skipped, {holiday}{reason}"


def _end(stretch: Stretch, zone: str) -> str:
    where = zone_of(zone)
    start, end = stretch.start.astimezone(where), stretch.end.astimezone(where)
    return end.strftime("%H:%M") if start.date() == end.date() else wall(stretch.end, zone)


def _totals(explanation: Explanation) -> str:
    if not explanation.stretches:
        return "The earlier deadline stays."
    total, closed = counted(explanation.stretches), skipped(explanation.stretches)
    said = (
        f"Counted {exactly(total)}, skipped {exactly(closed)}." if closed else f"All of it counted: {exactly(total)}."
    )
    if total < clock_why.allowed_seconds(explanation):
        said += " The earlier deadline was sooner than the new one, so it stayed."
    return said


def counted(stretches: Iterable[Stretch]) -> int:
    """Seconds of support time."""
    return sum(_seconds(stretch) for stretch in stretches if stretch.kind is StretchKind.COUNTED)


def skipped(stretches: Iterable[Stretch]) -> int:
    """Seconds outside of it."""
    return sum(_seconds(stretch) for stretch in stretches if stretch.kind is not StretchKind.COUNTED)


def _seconds(stretch: Stretch) -> int:
    return int((stretch.end - stretch.start).total_seconds())


def _rests_on(case: Case, history: Sequence[Entry]) -> Iterator[str]:
    """The answers to the guiding questions, the recommendation, and what support changed since."""
    answers = [entry.why for entry in history if entry.what == "answered"]
    if case.promise.priority is not None:
        yield f"*What {facts.priority(case).strip('*')} rests on*"
    else:
        yield f"*{facts.priority(case).strip('*')}* is the kind of request; any of them has the same time."
    yield from (f"• {paragraph(answer, LINE)}" for answer in answers[:20])
    if case.promise.meaning:
        yield f"• The policy's words for it: {paragraph(case.promise.meaning, LINE)}"
    yield from (f"• {_first_up(entry.why)}" for entry in history if entry.what == "recommended")
    changes = [entry.why for entry in history if entry.what == "reprioritised"]
    if changes:
        times = "once" if len(changes) == 1 else f"{len(changes)} times, lastly"
        yield f"• Changed by support {times}: {inline(changes[-1])}"


def _first_up(words: str) -> str:
    return paragraph(f"The answers led to {words}", LINE)
