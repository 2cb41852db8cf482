"""Bare Bolt: a command, a button, a form and an event, each with an empty handler, over Socket Mode.

Words: Slack's address, bot token, app token; `default`, `before` (process_before_response=True) or `whole` (as
`before`, with SQLAlchemy's and APScheduler's engines running idle beside it).
"""

import re
import sys
from collections.abc import Callable

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from benchmarks.peers.loop import Answer, Question, serve

api_url, bot_token, app_token, mode = sys.argv[1:5]
client = WebClient(token=bot_token, base_url=api_url)
app = App(client=client, process_before_response=mode != "default", request_verification_enabled=False)
FORM = {
    "type": "modal",
    "callback_id": "form",
    "title": {"type": "plain_text", "text": "Form"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "words",
            "label": {"type": "plain_text", "text": "Words"},
            "element": {"type": "plain_text_input", "action_id": "words"},
        }
    ],
}


def _button(action: str) -> dict[str, object]:
    return {"type": "button", "action_id": action, "text": {"type": "plain_text", "text": action}}


@app.command("/case")
def command(ack: Callable[[], None]) -> None:
    ack()


@app.action("empty")
def action(ack: Callable[[], None]) -> None:
    ack()


@app.action("form")
def opened(ack: Callable[[], None], body: dict[str, str], client: WebClient) -> None:
    ack()
    client.views_open(trigger_id=body["trigger_id"], view=FORM)


@app.view(re.compile(".*"))
def submitted(ack: Callable[[], None]) -> None:
    ack()


@app.event("message")
def message() -> None:
    pass


def answer(asked: Question) -> Answer:
    """`post`: a message with both buttons."""
    buttons = {"type": "actions", "elements": [_button("empty"), _button("form")]}
    client.chat_postMessage(channel=asked["channel"], text="buttons", blocks=[buttons])
    return {}


if __name__ == "__main__":
    if mode == "whole":
        from apscheduler.schedulers.background import BackgroundScheduler
        from sqlalchemy import create_engine

        engine = create_engine("sqlite:///:memory:")
        engine.connect().close()
        BackgroundScheduler().start()
    SocketModeHandler(app, app_token).connect()  # type: ignore[no-untyped-call]
    serve(answer)
