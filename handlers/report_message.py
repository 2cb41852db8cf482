"""A managers' report as a message: the figures at a glance, what was missed and why, and who did the work."""

from collections.abc import Iterable, Iterator, Sequence

from pydantic import TypeAdapter
from slack_sdk.models.blocks import Block

from cases.messages import Drawn
from cases.outcomes import MarkKind
from cases.policy import ClockKind
from cases.report import By, Group, Report, Row
from cases.report_figures import Figures
from cases.says import Body
from handlers.bodies import count, text_of
from handlers.kit import context, drawn, packed, section
from handlers.report_words import (
    BY,
    CLOCKS,
    because,
    before_it,
    besides,
    between,
    joined,
    length,
    of_span,
    share,
    took,
    trend,
)
from handlers.text import inline
from handlers.times import date

REPORT = TypeAdapter(Report)
NAME = 60


def report_message(body: Body) -> Drawn:
    """`body` as listed at `SayKind.REPORT`; it tells how things stood then, and is never redrawn."""
    report = REPORT.validate_json(text_of(body, "report"))
    span, total = report.span, report.total
    head = f"Report: {of_span(span)}"
    blocks: list[Block] = [
        section(f"📊 *{head}*"),
        context(f"{between(span)}; compared with {before_it(span)}."),
        section(*_answers(report), *_cases(total.now, total.before)),
    ]
    if report.by is not By.ENGINEER and report.groups:
        lines = [f"• {_group(each)}" for each in report.groups]
        blocks += packed(_list(f"*By {BY[report.by]}*", lines, count(body, "groups")))
    blocks += packed(_list("*Missed*", [f"• {_missed(row)}" for row in report.rows], count(body, "breaches")))
    if report.engineers:
        lines = [f"• {_engineer(each)}" for each in report.engineers]
        blocks += packed(_list("*By engineer*", lines, count(body, "engineers")))
    if others := [f"*{what}*: {said}" for what, said in besides(total.now, total.before)]:
        blocks.append(section(*others))
    blocks.append(
        context(
            "Counted from what happened to the cases, times in support time; before in brackets. The picture and the "
            "tables (CSV) are in this thread."
        )
    )
    return drawn(f"{head}. First answers in time: {share(total.now)}, {total.now.missed:,} missed.", blocks)


def _answers(report: Report) -> Iterator[str]:
    now, before = report.total.now, report.total.before
    if not now.decided:
        yield "*First answers*: none was due."
    else:
        compared = f", {said}" if (said := trend(now, before)) else ""
        yield f"*First answers*: *{share(now)}* in time, {now.kept:,} of {now.decided:,}{compared}"
    if said := took(now):
        earlier = f"; {before_it(report.span)}: {took(before)}" if took(before) else ""
        yield f"Of those given, {said}{earlier}"


def _cases(now: Figures, before: Figures) -> Iterator[str]:
    kinds = ((MarkKind.OPENED, "opened"), (MarkKind.REOPENED, "reopened"), (MarkKind.SOLVED, "solved"))
    told = (f"{now.count(kind):,} {word} ({before.count(kind):,})" for kind, word in kinds)
    yield f"*Cases*, before in brackets: {', '.join(told)}"


def _group(group: Group) -> str:
    now = group.now
    name = inline(joined(group.names), 2 * NAME)
    if not now.decided:
        return f"{name}: none was due{_then(took(now))}"
    return (
        f"{name}: *{share(now)}* ({now.kept:,} of {now.decided:,}){_then(took(now))}{_then(trend(now, group.before))}"
    )


def _missed(row: Row) -> str:
    case = f"*C-{row.case}* {inline(row.account, NAME)} · {inline(row.label, NAME, 'its programme')}"
    if row.clock is not ClockKind.RESPONSE or row.due_at is None:
        why = because(row, inline(row.answered_by, NAME) if row.answered_by else "")
        return f"{case}: {CLOCKS[row.clock]} missed {date(row.decided_at)}{_then(why, '; ')}"
    late = "nobody has answered"
    if row.answered_at is not None:
        late = f"answered {length(int((row.answered_at - row.due_at).total_seconds()))} late"
    return f"{case}: due {date(row.due_at)}, {late}{_then(because(row, ''), '; ')}"


def _engineer(group: Group) -> str:
    now = group.now
    parts = [
        f"{now.answers:,} first {'answer' if now.answers == 1 else 'answers'}",
        took(now),
        f"{now.count(MarkKind.CLAIMED):,} claimed",
        f"{now.count(MarkKind.SOLVED):,} solved",
        _some(now.count(MarkKind.GIVEN_BACK), "given back"),
        _some(now.count(MarkKind.LAPSED), "lapsed"),
        f"has {group.holds:,} now",
    ]
    return f"{inline(joined(group.names), NAME)}: {', '.join(part for part in parts if part)}"


def _list(head: str, lines: Sequence[str], total: int) -> Iterable[str]:
    if not lines:
        return
    yield head
    yield from lines
    if total > len(lines):
        yield f"… and {total - len(lines):,} more in the CSV."


def _some(amount: int, words: str) -> str:
    return f"{amount:,} {words}" if amount else ""


def _then(words: str, after: str = ", ") -> str:
    return f"{after}{words}" if words else ""
