"""What `policy replay` prints: the cases that would have gone otherwise, and the sums; the same as values."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.policy_due import Json
from bot.policy_pages import grid
from bot.policy_words import length
from cases.case import Entry
from cases.fared import Fared, Sums
from cases.instants import iso
from cases.replays import LeftOut
from cases.what_if import Compared


@dataclass
class Replay:
    """All that was found out."""

    since: datetime | None
    pruned: int
    """Cases of which only the times are kept."""
    before: Sums = field(default_factory=Sums)
    after: Sums = field(default_factory=Sums)
    differ: list[Compared] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def take(self, found: Compared | LeftOut) -> None:
        """One more case."""
        if isinstance(found, LeftOut):
            self.left_out.append(found)
            return
        self.before, self.after = self.before.plus(found.before), self.after.plus(found.after)
        if found.differs:
            self.differ.append(found)


def replay_page(replay: Replay) -> RenderableType:
    """For people, within 80 columns."""
    if not replay.before.cases and not replay.left_out and not replay.pruned:
        return Text("There are no cases to try it on.")
    since = f" opened since {replay.since:%-d %b %Y}" if replay.since else ""
    parts: list[RenderableType] = [Text(f"Tried on {_cases(replay.before.cases)}{since}.", style="bold")]
    if replay.differ:
        parts.append(_table(replay.differ))
    else:
        parts.append(Text("All of them would have gone as they did."))
    parts.append(_sums(replay))
    if replay.left_out:
        parts.append(Text(f"\nLeft out: {_cases(len(replay.left_out))}", style="bold"))
        parts.append(grid((f"  {each.case.reference}", each.why) for each in replay.left_out))
    if replay.pruned:
        parts.append(Text(f"\n{_cases(replay.pruned)} no longer kept whole: what was told of them isn't known."))
    return Group(*parts)


def replay_json(replay: Replay) -> Json:
    """The same as plain values; instants in UTC."""
    return {
        "since": iso(replay.since) if replay.since else None,
        "cases": replay.before.cases,
        "before": _sums_json(replay.before),
        "after": _sums_json(replay.after),
        "differ": [_case_json(each) for each in replay.differ],
        "left_out": [{"case": each.case.reference, "why": each.why} for each in replay.left_out],
        "pruned": replay.pruned,
    }


def _table(differ: Sequence[Compared]) -> RenderableType:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in ("Case", "Account", "Priority", "Was", "Would have been"):
        table.add_column(name, no_wrap=name == "Case", ratio=None, min_width=14 if name.startswith("W") else None)
    for each in differ:
        case = each.past.case
        worse = each.after.missed - each.before.missed
        style = "red" if worse > 0 else "green" if worse < 0 else ""
        was, would = each.before.words(), _would(each)
        table.add_row(case.reference, case.account_name, case.promise.label, was, Text(would, style=style))
    return table


def _would(each: Compared) -> str:
    words = each.after.words()
    if words != each.before.words() or not each.shift_seconds:
        return words if words != each.before.words() else "the same, at other times"
    return f"the same, {length(abs(each.shift_seconds))} {'later' if each.shift_seconds > 0 else 'earlier'}"


def _sums(replay: Replay) -> RenderableType:
    before, after = replay.before, replay.after
    rows = (
        ("Cases that somebody was told of", before.told_of, after.told_of),
        ("Times that somebody was told", before.told, after.told),
        ("Deadlines missed", before.missed, after.missed),
    )
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("In all")
    for name in ("Was", "Would have been", "Change"):
        table.add_column(name, justify="right")
    for name, was, would in rows:
        table.add_row(name, str(was), str(would), f"{would - was:+d}" if would != was else "–")
    return table


def _cases(number: int) -> str:
    return f"{number:,} case{'' if number == 1 else 's'}"


def _sums_json(sums: Sums) -> Json:
    return {"told_of": sums.told_of, "told": sums.told, "missed": sums.missed}


def _case_json(each: Compared) -> Json:
    case = each.past.case
    return {
        "case": case.reference,
        "account": case.account_name,
        "program": case.promise.program,
        "plan": case.promise.plan,
        "priority": case.promise.priority,
        "opened_at": iso(case.opened_at),
        "before": _fared_json(each.before),
        "after": _fared_json(each.after),
    }


def _fared_json(fared: Fared) -> Json:
    return {"words": fared.words(), "missed": fared.missed, "told": [_line_json(line) for line in fared.told]}


def _line_json(line: Entry) -> Json:
    return {"at": iso(line.at), "what": line.what, "why": line.why}
