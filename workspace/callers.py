"""Who a request comes from, by its `Authorization`."""

import base64

from starlette.requests import Request


def client_of(request: Request) -> dict[str, str]:
    """Id and secret of an app, as OAuth sends them: kept out of what is recorded of a call."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return {}
    id, _, secret = base64.b64decode(given).decode().partition(":")
    return {"client_id": id, "client_secret": secret}


def bearer(request: Request) -> str | None:
    """The token that a request carries."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" and token else None
