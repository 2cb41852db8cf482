"""A file on its way to Slack: the place that Slack names, and its content sent there."""

from http import HTTPStatus
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPSHandler, ProxyHandler, Request, build_opener

from slack_sdk import WebClient

from cases.messages import Attachment, SendRefused, SendUncertain
from handlers.payloads import answer, word
from handlers.slack_errors import as_send_errors

TIMEOUT_SECONDS = 10


def uploaded(client: WebClient, attachment: Attachment) -> str:
    """Slack's id of the file, which nobody sees until it is shared.

    Raises:
        SendRefused, SendRateLimited, SendUncertain: it is to be uploaded anew; what is left behind Slack lets go.
    """
    with as_send_errors():
        place = client.files_getUploadURLExternal(filename=attachment.name, length=len(attachment.content))
    url, file = word(answer(place), "upload_url"), word(answer(place), "file_id")
    if urlsplit(url).scheme not in {"https", "http"} or not file:
        raise SendUncertain("no place to upload to")
    with as_send_errors():
        _send(client, url, attachment.content)
    return file


def _send(client: WebClient, url: str, content: bytes) -> None:
    """Without the token: the address alone allows it."""
    proxy = {"http": client.proxy, "https": client.proxy} if client.proxy else None
    opener = build_opener(*([ProxyHandler(proxy)] if proxy else []), HTTPSHandler(context=client.ssl))
    headers = {"Content-Type": "application/octet-stream"}
    request = Request(url, content, headers, method="POST")  # noqa: S310 - its scheme was looked at
    try:
        with opener.open(request, timeout=TIMEOUT_SECONDS):
            return
    except HTTPError as error:
        with error:
            if error.code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
                raise SendRefused("file_too_large") from error
            raise SendUncertain(f"upload answered {error.code}") from error
