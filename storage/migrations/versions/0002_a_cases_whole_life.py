"""A case's whole life: solutions and the customer's word on them, waiting, wishes, links, claims that are leases."""

import json
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

LABEL = "The issue is resolved"


def upgrade() -> None:
    """What was resolved is closed, with its note as the solution; what is claimed was last seen active when claimed.

    Tables are altered in place, never made anew: SQLite would not drop one that others refer to. So defaults stay.
    """
    with op.batch_alter_table("cases", recreate="never") as cases:
        cases.add_column(sa.Column("solution", sa.JSON(), nullable=True))
        cases.add_column(sa.Column("rating", sa.JSON(), nullable=True))
        cases.add_column(sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
        cases.add_column(sa.Column("wait", sa.JSON(), nullable=True))
        cases.add_column(sa.Column("naming", sa.JSON(), nullable=True))
        cases.add_column(sa.Column("wish", sa.JSON(), nullable=True))
        cases.add_column(sa.Column("links", sa.JSON(), nullable=False, server_default="[]"))
        cases.add_column(sa.Column("detected", sa.Boolean(), nullable=False, server_default=sa.false()))
        cases.add_column(sa.Column("reopened", sa.Integer(), nullable=False, server_default="0"))
        cases.add_column(sa.Column("active_at", sa.DateTime(timezone=True), nullable=True))
        cases.add_column(sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
        cases.add_column(sa.Column("clocks", sa.JSON(), nullable=False, server_default="{}"))
        cases.add_column(sa.Column("deadline_at", sa.DateTime(timezone=True), nullable=True))
        cases.add_column(sa.Column("assigned", sa.JSON(), nullable=True))
        cases.add_column(sa.Column("stand_ins", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("accounts", recreate="never") as accounts:
        accounts.add_column(sa.Column("contact_methods", sa.JSON(), nullable=False, server_default="[]"))
        accounts.add_column(sa.Column("csm", sa.String(), nullable=True))
        accounts.add_column(sa.Column("tam", sa.String(), nullable=True))
        accounts.add_column(sa.Column("term_starts", sa.Date(), nullable=True))
        accounts.add_column(sa.Column("success_meeting_every", sa.Integer(), nullable=True))
        accounts.add_column(sa.Column("business_review_every", sa.Integer(), nullable=True))
        accounts.add_column(sa.Column("add_ons", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("intakes", recreate="never") as intakes:
        intakes.add_column(sa.Column("answered_with", sa.String(), nullable=True))
        intakes.add_column(sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "away",
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("user_id", name="pk_away"),
    )
    op.create_table(
        "days_off",
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "day", name="pk_days_off"),
    )
    op.create_table(
        "account_history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account_history"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_account_history_account_accounts"),
    )
    op.create_index("ix_account_history_account", "account_history", ["account"])
    op.create_table(
        "reminders",
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account", "key", name="pk_reminders"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_reminders_account_accounts"),
    )
    op.create_index("ix_reminders_fires_at", "reminders", ["fires_at"])
    op.create_table(
        "announcements",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("author", sa.JSON(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("program", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_announcements"),
    )
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("after", sa.String(), nullable=True))
        outbox.add_column(sa.Column("file", sa.String(), nullable=True))
    _close_resolved()
    op.execute("UPDATE cases SET active_at = claimed_at, deadline_at = due_at")
    with op.batch_alter_table("cases", recreate="never") as cases:
        cases.drop_column("resolved_at")
        cases.drop_column("resolution_note")
    op.create_index("ix_cases_opened_at", "cases", ["opened_at"])
    for name in ("ix_cases_account_state", "ix_cases_state"):
        op.drop_index(f"{name}_due_at", "cases")
    op.create_index("ix_cases_account_state_deadline_at", "cases", ["account", "state", "deadline_at"])
    op.create_index("ix_cases_state_deadline_at", "cases", ["state", "deadline_at"])
    _index_due()
    _add_replicas()


def _close_resolved() -> None:
    connection = op.get_bind()
    resolved = connection.execute(
        sa.text(
            "SELECT number, resolved_at, resolution_note, user_id, team_id, user_name FROM cases JOIN history "
            "ON case_number = number WHERE state = 'resolved' AND what = 'resolved'"
        ).columns(resolved_at=sa.DateTime(timezone=True))
    )
    for row in resolved.all():
        at = row.resolved_at.replace(tzinfo=row.resolved_at.tzinfo or UTC).astimezone(UTC).isoformat()
        by = {"user": row.user_id, "team": row.team_id or "", "name": row.user_name or ""}
        solution = {"kind": "resolved", "label": LABEL, "note": row.resolution_note, "by": by, "at": at}
        connection.execute(
            sa.text("UPDATE cases SET state = 'closed', closed_at = resolved_at, solution = :s WHERE number = :n"),
            {"s": json.dumps(solution), "n": row.number},
        )


def _resolve_done() -> None:
    """A solution offered was a case resolved."""
    connection = op.get_bind()
    op.execute("UPDATE cases SET state = 'resolved', resolved_at = closed_at WHERE state = 'closed'")
    instant = sa.DateTime(timezone=True)
    offered = sa.table("cases", sa.column("number"), sa.column("closed_at", instant), sa.column("solution", sa.JSON()))
    rows = connection.execute(
        sa.select(offered.c.number, offered.c.closed_at, offered.c.solution).where(
            sa.column("state").in_(["offered", "resolved"]), offered.c.solution.is_not(None)
        )
    )
    for number, closed_at, solution in rows.all():
        at = closed_at or datetime.fromisoformat(solution["at"])
        connection.execute(
            sa.text(
                "UPDATE cases SET state = 'resolved', resolved_at = :at, resolution_note = :note WHERE number = :n"
            ).bindparams(sa.bindparam("at", type_=instant)),
            {"at": at, "note": solution["note"], "n": number},
        )


def _index_due() -> None:
    """What is due, and what Slack told us, is found in its order, however much is there with it."""
    op.create_index("ix_timers_due", "timers", ["due_at", "case_number", "key"])
    op.drop_index("ix_inbox_pending", "inbox")
    op.create_index("ix_inbox_pending", "inbox", ["handled_at", "id"])


def _drop_index_due() -> None:
    op.drop_index("ix_inbox_pending", "inbox")
    op.create_index("ix_inbox_pending", "inbox", ["handled_at", "ready_at", "id"])
    op.drop_index("ix_timers_due", "timers")


def downgrade() -> None:
    """Back to resolved or not; what was said of solutions beyond their note is gone."""
    _drop_replicas()
    _drop_index_due()
    op.drop_index("ix_cases_opened_at", "cases")
    for name in ("ix_cases_account_state", "ix_cases_state"):
        op.drop_index(f"{name}_deadline_at", "cases")
    op.create_index("ix_cases_account_state_due_at", "cases", ["account", "state", "due_at"])
    op.create_index("ix_cases_state_due_at", "cases", ["state", "due_at"])
    op.drop_table("announcements")
    op.drop_table("away")
    op.drop_table("days_off")
    op.drop_table("reminders")
    op.drop_table("account_history")
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("after")
        outbox.drop_column("file")
    with op.batch_alter_table("accounts", recreate="never") as accounts:
        for name in (
            "contact_methods",
            "csm",
            "tam",
            "term_starts",
            "success_meeting_every",
            "business_review_every",
            "add_ons",
        ):
            accounts.drop_column(name)
    with op.batch_alter_table("intakes", recreate="never") as intakes:
        intakes.drop_column("answered_with")
        intakes.drop_column("answered_at")
    with op.batch_alter_table("cases", recreate="never") as cases:
        cases.add_column(sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True))
        cases.add_column(sa.Column("resolution_note", sa.Text(), nullable=False, server_default=""))
    _resolve_done()
    op.execute("UPDATE cases SET state = 'open' WHERE state = 'waiting' AND assignee IS NULL")
    op.execute("UPDATE cases SET state = 'claimed' WHERE state = 'waiting'")
    with op.batch_alter_table("cases", recreate="never") as cases:
        for name in ("solution", "rating", "closed_at", "wait", "wish", "links", "reopened", "active_at", "asked_at"):
            cases.drop_column(name)
        for name in ("detected", "assigned", "stand_ins", "naming", "clocks", "deadline_at"):
            cases.drop_column(name)


def _add_replicas() -> None:
    """Several processes at one inbox, and at one pace."""
    with op.batch_alter_table("inbox", recreate="never") as inbox:
        inbox.add_column(sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_inbox_about", "inbox", ["about"])
    op.create_table(
        "lines",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("closed_at", sa.Double(), nullable=False),
        sa.Column("open_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_lines"),
    )


def _drop_replicas() -> None:
    op.drop_table("lines")
    op.drop_index("ix_inbox_about", "inbox")
    with op.batch_alter_table("inbox", recreate="never") as inbox:
        inbox.drop_column("leased_until")
