"""slack_sdk's built-in Socket Mode client, without two ways in which it falls silent for good."""

from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import Connection, ConnectionState

from bot.clock import SystemClock


class SocketClient(SocketModeClient):
    """Reads each of its sessions until that session ends, and takes none for sound that never answered."""

    current_session: Connection | None

    def connect(self) -> None:
        """As the base. A session counts as stale by its last pong alone, so one without any would never be given up."""
        super().connect()
        session = self.current_session
        if session is not None and session.last_ping_pong_time is None:
            session.last_ping_pong_time = SystemClock().now().timestamp()

    def _run_current_session(self) -> None:
        """In place of the base's, which marks the state as running again after a close or a reconnect may have ended
        it, or pairs a new session with the state of the one before: its loop then waits on a dead session for ever,
        `close` waits for the loop, and nobody reads the session that came after.
        """
        session = self.current_session
        if session is not None and session.is_active():
            session.run_until_completion(_UntilItEnds(session))


class _UntilItEnds(ConnectionState):
    """Over as soon as the session is: a session that was closed is never opened again."""

    def __init__(self, session: Connection) -> None:
        self._session = session

    @property
    def terminated(self) -> bool:
        return not self._session.is_active()

    @terminated.setter
    def terminated(self, _ended: bool) -> None:
        """The session itself says."""
