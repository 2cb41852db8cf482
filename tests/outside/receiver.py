"""A receiver of webhooks: a real HTTP server on this machine, which answers as a test says."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PATIENCE_SECONDS = 60
SECRETS = ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_bmV3LXNlY3JldC1uZXctc2VjcmV0LW5ldw==")


@dataclass(frozen=True)
class Request:
    """What came in."""

    path: str
    headers: dict[str, str]
    body: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - JSON
        return json.loads(self.body)


@dataclass
class Receiver:
    """Answers 204, or what `answers` holds, one after another."""

    url: str = ""
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    always: int = 204
    content: bytes = b""
    may_answer: threading.Event = field(default_factory=threading.Event)
    """Cleared, what comes in is taken and not answered."""
    requests: list[Request] = field(default_factory=list)
    came: threading.Condition = field(default_factory=threading.Condition)

    def take(self, request: Request) -> tuple[int, dict[str, str]]:
        with self.came:
            self.requests.append(request)
            self.came.notify_all()
            return self.answers.pop(0) if self.answers else (self.always, {})

    def wait_for(self, count: int) -> list[Request]:
        """Those that came, once there are so many."""
        with self.came:
            assert self.came.wait_for(lambda: len(self.requests) >= count, PATIENCE_SECONDS), self.requests
            return list(self.requests)


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Up until the block ends."""
    receiver = Receiver()
    receiver.may_answer.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.answer()

        def do_GET(self) -> None:
            self.answer()

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
            status, headers = receiver.take(Request(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            receiver.may_answer.wait(PATIENCE_SECONDS)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(receiver.content)))
            self.end_headers()
            self.wfile.write(receiver.content)

        def log_message(self, format: str, *args: object) -> None:
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield receiver
    finally:
        receiver.may_answer.set()
        server.shutdown()
        thread.join()
        server.server_close()
