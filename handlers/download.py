"""A file that is with Slack, read with the bot's token: from Slack's own address, and from nowhere else."""

import re
from http import HTTPStatus
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, Request, build_opener

from slack_sdk import WebClient

from cases.crossing_files import LARGEST, TOO_LARGE
from cases.messages import SendRateLimited, SendRefused, SendUncertain, Source
from handlers.slack_errors import DEFAULT_PAUSE_SECONDS, as_send_errors

TIMEOUT_SECONDS = 10
FILES = ("https", "files.slack.com")
"""Where Slack keeps files, beside the address of its Web API."""
UNREADABLE = "file_unreadable"
"""Our own word, among Slack's: the file is gone, or the app lacks `files:read`, or it isn't ours to read."""


class _Stays(HTTPRedirectHandler):
    """Slack leads whoever may not read a file to a page to sign in: the token goes there with nobody."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


def downloaded(client: WebClient, source: Source) -> bytes:
    """Its content, whole.

    Raises:
        SendRefused: `UNREADABLE`, or `TOO_LARGE`. SendRateLimited. SendUncertain: worth another try.
    """
    if not _is_slacks(client, source.address):
        raise SendRefused(UNREADABLE)
    proxy = {"http": client.proxy, "https": client.proxy} if client.proxy else None
    opener = build_opener(_Stays(), *([ProxyHandler(proxy)] if proxy else []), HTTPSHandler(context=client.ssl))
    request = Request(source.address, headers={"Authorization": f"Bearer {client.token}"})  # noqa: S310 - looked at
    with as_send_errors():
        try:
            with opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
                content: bytes = answer.read(LARGEST + 1)
                is_page = answer.headers.get_content_type() == "text/html"
                announced = answer.headers.get("Content-Length", "")
        except HTTPError as error:
            with error:
                raise _meant(error) from error
    if len(content) > LARGEST:
        raise SendRefused(TOO_LARGE)
    if is_page and len(content) != source.size:
        raise SendRefused(UNREADABLE)
    if announced.isdecimal() and len(content) != int(announced):
        raise SendUncertain("a file broke off")
    return content


def _is_slacks(client: WebClient, address: str) -> bool:
    api = urlsplit(client.base_url)
    try:
        there = urlsplit(address)
    except ValueError:
        return False
    return (there.scheme, there.netloc) in {FILES, (api.scheme, api.netloc)} and there.scheme in {"https", "http"}


def _meant(error: HTTPError) -> SendRefused | SendRateLimited | SendUncertain:
    if error.code == HTTPStatus.TOO_MANY_REQUESTS:
        asked = error.headers.get("Retry-After") or ""
        return SendRateLimited(float(asked) if re.fullmatch("[1-9][0-9]{0,4}", asked) else DEFAULT_PAUSE_SECONDS)
    if error.code < HTTPStatus.INTERNAL_SERVER_ERROR and error.code != HTTPStatus.REQUEST_TIMEOUT:
        return SendRefused(UNREADABLE)
    return SendUncertain(f"a file answered {error.code}")
