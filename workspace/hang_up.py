"""Closing the built-in Socket Mode client at once: left alone, it sits out its reads (3 s) and queue (1 s) first."""

from slack_sdk.socket_mode import SocketModeClient

from workspace.server import Workspace

PATIENCE = 5.0
"""Seconds; its reading thread ends as soon as it has read the server's goodbye."""


def hang_up(slack: Workspace, client: SocketModeClient) -> None:
    """Ends the app's sockets from the server's side, then closes the client, which has nothing left to wait for."""
    client.auto_reconnect_enabled = client.default_auto_reconnect_enabled = False
    client.current_session_runner.event.set()
    slack.drop_sockets()
    client.current_session_runner.thread.join(PATIENCE)
    client.message_processor.event.set()
    client.message_queue.put(None)
    client.close()
