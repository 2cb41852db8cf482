"""The bot comes back after it was away, and reads what it missed."""

from sqlalchemy import select

from cases.case import Case
from handlers.found import FOUND
from storage.queue_tables import HearingRow, InboxRow
from tests.faults.waiting import wait_for
from workspace.acting import said
from workspace.model import Message
from workspace.stage import Stage

BACK_SECONDS = 60.0


def case_of(stage: Stage) -> Case:
    with stage.units() as uow:
        return uow.cases.get(1)


def back(stage: Stage) -> None:
    """The bot starts, a second later: it has read all that it owed, and handled what it found."""
    stage.move(seconds=1)
    stage.start_bot()

    def all_is_read() -> bool:
        with stage._engine.connect() as connection:
            row = connection.execute(select(HearingRow.until, HearingRow.owed)).one()
        return row.owed is None and row.until >= stage.clock.now()

    wait_for(all_is_read, BACK_SECONDS)
    stage.quiet()


def found(stage: Stage) -> list[str]:
    """Ids of what history showed."""
    with stage._engine.connect() as connection:
        ids = connection.scalars(select(InboxRow.event_id).order_by(InboxRow.id)).all()
    return [id for id in ids if id.startswith(FOUND)]


def comes(stage: Stage, channel: str, *wanted: str) -> Message:
    """What the bot says there, once it does."""
    return stage.slack.wait_until(lambda: said(stage, channel, *wanted), BACK_SECONDS)[0]
