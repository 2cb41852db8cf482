"""Webhooks: signed as Standard Webhooks 1.0 has it, and posted to the operator's own address and nowhere else."""

import json
import re
import ssl
from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, HTTPSHandler, Request, build_opener

from cases.case import Case
from cases.parcels import NotCarried, Taken
from cases.webhooks import payload
from outside.addresses import Endpoint

TIMEOUT_SECONDS = 15
"""At least what the specification recommends. Of the whole try it bounds only each wait for the receiver."""
LONGEST_PAUSE_SECONDS = 86_400.0


class _Stays(HTTPRedirectHandler):
    """What the operator named is where it goes: no answer leads it elsewhere."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


class Webhook:
    """One endpoint. One thread posts to it."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._opener = build_opener(_Stays(), HTTPSHandler(context=ssl.create_default_context()))

    def carry(self, taken: Taken, case: Case, now: datetime) -> None:
        """Post it. The same parcel has the same webhook-id at each try.

        Raises:
            NotCarried: anything but a 2xx came of it.
        """
        id = f"msg_{taken.token}"
        body = json.dumps(payload(taken.parcel, case), ensure_ascii=False, separators=(",", ":"))
        secrets = [secret.get_secret_value() for secret in self._endpoint.secrets]
        headers = {
            "content-type": "application/json",
            "user-agent": "Caseclock",
            "webhook-id": id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": signatures(secrets, id, now, body),
        }
        url = self._endpoint.url.get_secret_value()
        request = Request(url, body.encode(), headers, method="POST")  # noqa: S310 - http or https: `Endpoint`
        try:
            self._opener.open(request, timeout=TIMEOUT_SECONDS).close()
        except HTTPError as error:
            with error:
                raise _refused(error) from None
        except (OSError, HTTPException) as error:
            raise NotCarried(_kind(error)) from None


def signatures(secrets: Sequence[str], id: str, at: datetime, body: str) -> str:
    """The header: one signature a secret, so that the receiver may know either."""
    from standardwebhooks import Webhook as Signer

    return " ".join(Signer(secret).sign(id, at, body) for secret in secrets)


def _refused(error: HTTPError) -> NotCarried:
    asked = error.headers.get("Retry-After") or ""
    pause = float(asked) if re.fullmatch("[0-9]{1,9}", asked) else 0.0
    gone = error.code == HTTPStatus.GONE
    return NotCarried(f"HTTP {error.code}", for_good=gone, pause_seconds=min(pause, LONGEST_PAUSE_SECONDS))


def _kind(error: Exception) -> str:
    """What went wrong, without its message: that may name the address."""
    cause = error.reason if isinstance(error, URLError) else error
    return type(cause).__name__ if isinstance(cause, Exception) else type(error).__name__
