"""Bodies of what crosses from one thread into the other."""

import json
from collections.abc import Iterator

from cases.instants import iso
from cases.says import Body
from tests.builders import NOON


def line(typed: str) -> Iterator[Body]:
    said: Body = {"name": typed, "support": False, "at": iso(NOON), "text": typed[:3000], "left_out": 12}
    files = json.dumps([[typed, "https://files.example|x"]] * 10)
    for edited, deleted in (("", False), ("1772452800.1", False), ("", True)):
        link = "https://acme.slack.com/archives/C0ACME/p1"
        yield {**said, "files": files, "link": link, "edited": edited, "deleted": deleted}


def reply(typed: str) -> Iterator[Body]:
    for withdrawn, deleted in ((False, False), (True, False), (False, True)):
        said: Body = {"who": "U0ENG", "name": typed, "text": f"Hello {typed}"[:3000], "edited": ""}
        yield {**said, "deleted": deleted, "withdrawn": withdrawn}


def sent(typed: str) -> Iterator[Body]:
    for state in ("sent", "changed", "withdrawn"):
        files = json.dumps([[typed, "F1", ""], [typed, "", "external"], [typed, "", typed]])
        for failed in (None, typed):
            yield {"name": typed, "text": typed[:3000], "files": files, "state": state, "failed": failed}


def reply_file(typed: str) -> Iterator[Body]:
    yield {"title": typed, "name": typed, "link": typed, "size": 1}
