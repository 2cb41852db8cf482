"""Lines of a history say to figures what they need, and routines have a row each that says when they are due.

Of older cases it is written down as far as it is certain: the promise in force now was made by the latest line that
makes one, so an earlier one, before a change of priority or a reopening, isn't counted.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010_figures"
down_revision = "0009_parcels"
branch_labels = None
depends_on = None

PAGE = 500
PROMISING = ("opened", "reopened", "reprioritised")
LET_GO = ("given-back", "lapsed")
OF_PROMISE = ("program", "program_name", "plan", "plan_name", "priority", "label", "target", "calendar")
CLOCKS = ("next-response", "update", "solution")
ASKED = re.compile(r"number (\d+) asked of ")
TOLD = re.compile(r"number (\d+) unanswered: (backup|managers) told")
CONFIRMED = re.compile(r"check-in (\d+)")
RATED = re.compile(r"(\d) of 5")

Line = sa.Row[Any, Any, Any, Any]
Facts = dict[str, object]


def upgrade() -> None:
    """What can be known of the cases so far is written on their lines."""
    with op.batch_alter_table("history", recreate="never") as history:
        history.add_column(sa.Column("facts", sa.JSON(none_as_null=True), nullable=True))
    op.create_table(
        "routines",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_routines"),
    )
    connection, after = op.get_bind(), 0
    cases = sa.table(
        "cases",
        *(sa.column(name) for name in ("number", "state")),
        *(sa.column(name, sa.JSON(none_as_null=True)) for name in ("promise", "response")),
        *(sa.column(name, sa.DateTime(timezone=True)) for name in ("started_at", "due_at")),
    )
    lines = sa.table(
        "history",
        *(sa.column(name) for name in ("id", "case_number", "what", "why")),
        sa.column("facts", sa.JSON(none_as_null=True)),
    )
    write = lines.update().where(lines.c.id == sa.bindparam("line")).values(facts=sa.bindparam("said"))
    while True:
        page = connection.execute(
            sa.select(cases).where(cases.c.number > after).order_by(cases.c.number).limit(PAGE)
        ).all()
        if not page:
            return
        known, after = {row.number: dict(row._mapping) for row in page}, page[-1].number
        of_cases = sa.select(lines.c.case_number, lines.c.id, lines.c.what, lines.c.why).where(
            lines.c.case_number >= page[0].number, lines.c.case_number <= after
        )
        rows = connection.execute(of_cases.order_by(lines.c.case_number, lines.c.id)).all()
        said = [
            {"line": line, "said": facts}
            for number, theirs in groupby(rows, key=lambda row: row.case_number)
            for line, facts in _facts(known[number], list(theirs))
        ]
        if said:
            connection.execute(write, said)


def downgrade() -> None:
    """Figures go; what they were read from stays."""
    op.drop_table("routines")
    with op.batch_alter_table("history", recreate="never") as history:
        history.drop_column("facts")


def _facts(case: Mapping[str, Any], lines: Sequence[Line]) -> Iterator[tuple[int, Facts]]:
    """Line by line, for those that say something."""
    promising = [row.id for row in lines if row.what in PROMISING]
    runs_now = case["response"] is None and case["state"] == "open"
    running = [row for row in lines if row.what in LET_GO or row.what == "responded"]
    for row in lines:
        if promising and row.id == promising[-1]:
            answered = any(each.id > row.id for each in running)
            yield row.id, {"promised": _promised(case), "runs": runs_now or answered}
        elif row.what == "responded":
            yield row.id, {"runs": False}
        elif row.what in LET_GO:
            following = [each for each in running if each.id > row.id]
            yield row.id, {"runs": following[0].what == "responded" if following else runs_now}
        elif found := _told(row.what, row.why or ""):
            yield row.id, found


def _promised(case: Mapping[str, Any]) -> Facts:
    promise = case["promise"]
    whole = json.loads(promise) if isinstance(promise, str) else promise
    assert isinstance(whole, dict)  # noqa: S101 - narrows the type
    at = {name: _iso(case[name]) for name in ("started_at", "due_at")}
    return {name: whole.get(name) for name in OF_PROMISE} | at


def _told(what: str, why: str) -> Facts | None:
    """From the bot's own words."""
    if what == "breached":
        named = (clock for clock in CLOCKS if why.startswith(f"{clock.replace('-', ' ')}: "))
        return {"clock": next(named, "response")}
    if what == "rated" and (found := RATED.match(why)):
        return {"stars": int(found[1])}
    if what == "confirmed" and (found := CONFIRMED.match(why)):
        return {"check_in": int(found[1]), "step": "confirmed"}
    if what == "check-in" and (found := TOLD.match(why)):
        return {"check_in": int(found[1]), "step": found[2]}
    if what == "check-in" and (found := ASKED.match(why)):
        return {"check_in": int(found[1]), "step": "asked"}
    return None


def _iso(at: object) -> str:
    assert isinstance(at, datetime)  # noqa: S101 - narrows the type
    return (at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)).isoformat()
