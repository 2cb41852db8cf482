"""Secrets that stand in the database only sealed: encrypted with Fernet, under the newest of the operator's keys."""

from collections.abc import Sequence

from sqlalchemy import Dialect, Text
from sqlalchemy.exc import DontWrapMixin
from sqlalchemy.types import TypeDecorator


class Unreadable(Exception, DontWrapMixin):
    """It was sealed under a key that is no longer among those that were given, or somebody changed it."""


class Seal:
    """Seals under the first of its keys, and opens what any of them sealed."""

    def __init__(self, keys: Sequence[str]) -> None:
        """`keys`: one or more Fernet keys, the newest first. Raises ValueError: one of them is none."""
        # Imported here, since it is large, and most bots are installed in no workspace but their own.
        from cryptography import fernet

        self._newest = fernet.Fernet(keys[0])
        self._all = fernet.MultiFernet([fernet.Fernet(key) for key in keys])
        self._unfit = fernet.InvalidToken

    def close(self, secret: str) -> str:
        """Seal a secret."""
        return self._all.encrypt(secret.encode()).decode()

    def open(self, sealed: str) -> str:
        """Open what was sealed. Raises Unreadable."""
        try:
            return self._all.decrypt(sealed.encode()).decode()
        except self._unfit:
            raise Unreadable from None

    def is_newest(self, sealed: str) -> bool:
        """Whether it stands under the newest key already."""
        try:
            self._newest.decrypt(sealed.encode())
        except self._unfit:
            return False
        return True


class Sealed(TypeDecorator[str]):
    """A column whose values are sealed on their way in and opened on their way out, whoever writes the statement."""

    impl = Text
    cache_ok = True

    def __init__(self, seal: Seal) -> None:
        super().__init__()
        self.seal = seal

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """To what may stand in the database."""
        return None if value is None else self.seal.close(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """To the secret. Raises Unreadable."""
        return None if value is None else self.seal.open(value)
