"""What the database refuses, in the words of `cases.ports`, so that nobody outside needs SQLAlchemy to hear it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError, InternalError, OperationalError, TimeoutError

from cases.ports import Conflict, StorageUnavailable

LOST_RACE = frozenset({"40001", "40P01"})
"""PostgreSQL's serialization failure and deadlock: the other writer won."""


@contextmanager
def translated() -> Iterator[None]:
    """Raise StorageUnavailable or Conflict in place of SQLAlchemy's errors. A broken constraint stays what it is."""
    try:
        yield
    except (OperationalError, InterfaceError, InternalError, TimeoutError) as error:
        if isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in LOST_RACE:
            raise Conflict("another writer changed the same rows in the meantime") from error
        raise StorageUnavailable(str(getattr(error, "orig", None) or error)) from error
    except DatabaseError as error:
        # Its subclasses say what was wrong with a statement; SQLite raises the class itself for a damaged file.
        if type(error) is not DatabaseError:
            raise
        raise StorageUnavailable(str(error.orig)) from error
