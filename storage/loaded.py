"""What was loaded last: a row each for the policies, the accounts and the rotas."""

from collections.abc import Mapping

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from cases.loading import Reload
from storage.inserts import is_new
from storage.watch_tables import LoadedRow


class SqlLoaded:
    """See `cases.loading.LoadedStore`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, what: str, versions: Mapping[str, str]) -> Reload | None:
        """See `cases.loading.LoadedStore`."""
        if is_new(self._session, LoadedRow, {"what": what, "versions": dict(versions), "number": 1}):
            return Reload(None, 1)
        row = self._session.scalars(select(LoadedRow).where(LoadedRow.what == what).with_for_update()).one()
        if row.versions == versions:
            return None
        before, number = row.versions, row.number + 1
        values = {"versions": dict(versions), "number": number}
        self._session.execute(update(LoadedRow).where(LoadedRow.what == what).values(values))
        return Reload(before, number)
