"""What a person asked for and sees alone: a list, a case, the help, and why a deadline is what it is."""

from collections.abc import Collection, Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block, DividerBlock

from cases.case import Case, Entry
from cases.finding import Found
from cases.messages import Drawn
from handlers import clock_words, facts
from handlers.cards import customer_card, triage_card
from handlers.help import help_for
from handlers.history import history as history_blocks
from handlers.kit import context, drawn, jsons, section
from handlers.times import place
from handlers.why import why

LISTED = 48
"""With a heading and a line for what is left out: Slack's fifty blocks."""


def listing(cases: Sequence[Case], now: datetime, away: Collection[str] = ()) -> Drawn:
    """Open cases, by due time; `away`: ids of people who are, and are marked."""
    if not cases:
        text = "No case is open here. `/case open` starts one."
        return drawn(text, [section(text)])
    count = f"{len(cases)} open case{'s' if len(cases) > 1 else ''}"
    blocks: list[Block] = [section(f"*{count}*, by due time")]
    blocks += [_listed(case, now, away) for case in cases[:LISTED]]
    if len(cases) > LISTED:
        blocks.append(context(f"… and at least {len(cases) - LISTED} more, due later. `/case show C-12` shows any."))
    return drawn(f"{count}: {', '.join(case.reference for case in cases[:LISTED])}", blocks)


def _listed(case: Case, now: datetime, away: Collection[str] = ()) -> Block:
    marked = " (away)" if case.assignee is not None and case.assignee.user in away else ""
    state = facts.due(case, now) if case.waits_for_response else facts.state(case, now)
    due = clock_words.next_due(case, now)
    return section(
        facts.heading(case),
        f"{facts.priority(case)} · {facts.contract(case)}",
        f"{state} · {facts.assignee(case)}{marked}",
        due,
    )


def found(search: Found, now: datetime, *, support: bool) -> Drawn:
    """What a search came to: the newest first, in any state."""
    if not search.cases:
        text = "Nothing here fits all of that. Fewer words, or no filter, may find more."
        where = "" if support else "I look through your own cases of this channel."
        return drawn(text, [section(text, where)])
    count = f"{search.total} case{'s' if search.total > 1 else ''} found"
    blocks: list[Block] = [section(f"*{count}*, newest first"), *(_listed(case, now) for case in search.cases)]
    if search.total > len(search.cases):
        blocks.append(context(f"… and {search.total - len(search.cases)} more. Another word, or a filter, narrows it."))
    return drawn(f"{count}: {', '.join(case.reference for case in search.cases)}", blocks)


def show(case: Case, history: Sequence[Entry], now: datetime, zone: str, *, support: bool) -> Drawn:
    """One case as its card shows it, and its history in the reader's zone."""
    card = (triage_card if support else customer_card)(case, now)
    title = section(f"*What happened so far*, in {place(zone)}")
    told: list[Block] = [DividerBlock(), title, *history_blocks(history, zone, support)]
    return Drawn(card.text, [*card.blocks, *jsons(told)])


__all__ = ["help_for", "listing", "show", "why"]
