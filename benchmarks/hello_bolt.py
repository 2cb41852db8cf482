"""The peer of a start: the least that a Slack bot in Python with a page can be. Bolt and its Socket Mode are imported,
and uvicorn serves one sentence at the port of the first argument."""

import sys

import uvicorn
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def hello(request: Request) -> PlainTextResponse:
    return PlainTextResponse("Bot up")


if __name__ == "__main__":
    bolt = App(token="xoxb-none", token_verification_enabled=False)  # noqa: S106 - nobody's
    SocketModeHandler(bolt, "xapp-none")
    uvicorn.run(Starlette(routes=[Route("/", hello)]), port=int(sys.argv[1]), log_level="error")
