"""Announcements, kept from their empty form on."""

from collections.abc import Sequence

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from cases.announcements import Announcement, Words
from cases.errors import NotFound
from storage.tables import AnnouncementRow


class SqlAnnouncements:
    """See `cases.stores.AnnouncementStore`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, announcement: Announcement) -> None:
        """See `cases.stores.AnnouncementStore`."""
        self._session.execute(insert(AnnouncementRow).values(id=announcement.id, **_values(announcement)))

    def put(self, announcement: Announcement) -> None:
        """See `cases.stores.AnnouncementStore`."""
        this = AnnouncementRow.id == announcement.id
        self._session.execute(update(AnnouncementRow).where(this).values(_values(announcement)))

    def get(self, id: str) -> Announcement:
        """See `cases.stores.AnnouncementStore`."""
        row = self._session.get(AnnouncementRow, id, with_for_update=True)
        if row is None:
            raise NotFound("I can't find that announcement any more. Please start again: `/case announce`.")
        return _announcement(row)

    def sent(self, limit: int) -> Sequence[Announcement]:
        """See `cases.stores.AnnouncementStore`."""
        newest = select(AnnouncementRow).where(AnnouncementRow.sent_at.is_not(None))
        rows = self._session.scalars(newest.order_by(AnnouncementRow.sent_at.desc(), AnnouncementRow.id).limit(limit))
        return [_announcement(row) for row in rows]


def _values(announcement: Announcement) -> dict[str, object]:
    words = announcement.words
    return {
        "author": announcement.by,
        "begun_at": announcement.begun_at,
        "program": words.program,
        "title": words.title,
        "text": words.text,
        "link": words.link,
        "channels": announcement.channels,
        "sent_at": announcement.sent_at,
    }


def _announcement(row: AnnouncementRow) -> Announcement:
    words = Words(row.program, row.title, row.text, row.link)
    return Announcement(row.id, row.author, row.begun_at, words, row.channels, row.sent_at)
