"""An SMTP server on this machine that refuses as often as a test says, and then takes what comes."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.outside.receiver import PATIENCE_SECONDS


@dataclass
class PostOffice:
    """What came in, and how often it still refuses."""

    port: int = 0
    refuses: int = 0
    tries: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    came: threading.Condition = field(default_factory=threading.Condition)

    @property
    def url(self) -> str:
        """As Apprise writes it."""
        return f"mailto://127.0.0.1:{self.port}?from=caseclock@example.org&to=oncall@example.org&mode=insecure"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        with self.came:
            self.tries += 1
            self.came.notify_all()
            if self.refuses:
                self.refuses -= 1
                return "451 Not now"
            content = envelope.content
            assert isinstance(content, bytes)
            letter = message_from_bytes(content, policy=policy.default)
            assert isinstance(letter, EmailMessage)
            self.letters.append(letter)
            return "250 OK"

    def wait_for(self, count: int) -> list[EmailMessage]:
        """The letters, once there are so many."""
        with self.came:
            assert self.came.wait_for(lambda: len(self.letters) >= count, PATIENCE_SECONDS), self.letters
            return list(self.letters)


@contextmanager
def delivering() -> Iterator[PostOffice]:
    """Up until the block ends."""
    office, loop = PostOffice(), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def listen() -> asyncio.Server:
        return await loop.create_server(lambda: SMTP(office, hostname="localhost", loop=loop), "127.0.0.1", 0)

    async def close(server: asyncio.Server) -> None:
        server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    server = asyncio.run_coroutine_threadsafe(listen(), loop).result(PATIENCE_SECONDS)
    office.port = server.sockets[0].getsockname()[1]
    try:
        yield office
    finally:
        asyncio.run_coroutine_threadsafe(close(server), loop).result(PATIENCE_SECONDS)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def text_of(letter: EmailMessage) -> str:
    """What its reader reads."""
    part = letter.get_body(("plain", "html"))
    assert part is not None
    return str(part.get_content())
