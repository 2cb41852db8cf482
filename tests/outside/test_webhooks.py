"""Webhooks against a real receiver: signed so that it can tell, and gone nowhere else than where the operator said."""

import base64
import hashlib
import hmac
import socket
from collections.abc import Iterator
from dataclasses import replace

import pytest
from pydantic import SecretStr
from standardwebhooks import Webhook as Verifier

from bot.clock import SystemClock
from cases.case import Case, Entry
from cases.parcels import NotCarried, Taken
from cases.webhooks import changed
from outside.addresses import Endpoint
from outside.webhooks import Webhook
from tests.builders import DANA, NOON, case
from tests.outside.receiver import SECRETS, Receiver, receiving


@pytest.fixture
def crm() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


def test_the_receiver_can_tell_who_sent_it_by_either_secret(crm: Receiver) -> None:
    send(crm, *SECRETS)
    (request,) = crm.requests
    assert request.path == "/hooks"
    for secret in SECRETS:
        assert Verifier(secret).verify(request.body, request.headers)["type"] == "case.opened"
    sent = f"{request.headers['webhook-id']}.{request.headers['webhook-timestamp']}.{request.body}"
    key = base64.b64decode(SECRETS[0].removeprefix("whsec_"))
    by_hand = base64.b64encode(hmac.new(key, sent.encode(), hashlib.sha256).digest()).decode()
    assert request.headers["webhook-signature"].split(" ")[0] == f"v1,{by_hand}"
    assert request.headers["content-type"] == "application/json"


def test_it_says_what_happened_how_the_case_stands_and_not_a_word_that_somebody_wrote(crm: Receiver) -> None:
    opened = replace(case(), title="Kestrel", details="Merlin", tenant="osprey.example")
    send(crm, SECRETS[0], of=opened)
    (request,) = crm.requests
    assert request.json["timestamp"] == "2026-03-02T12:00:00Z"
    data = request.json["data"]
    assert (data["case"], data["account"], data["priority"], data["state"]) == (
        "C-1",
        {"id": 1, "name": "Acme"},
        1,
        "open",
    )
    assert data["changes"] == [{"what": "opened", "at": "2026-03-02T12:00:00Z"}]
    assert data["deadlines"] == [{"clock": "response", "due_at": "2026-03-02T13:00:00Z", "paused": False}]
    for word in ("Kestrel", "Merlin", "osprey", "from a form", DANA.user, DANA.name):
        assert word not in request.body


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_answer_leads_it_elsewhere(crm: Receiver, status: int) -> None:
    with receiving() as elsewhere:
        crm.answers = [(status, {"Location": elsewhere.url})]
        with pytest.raises(NotCarried, match=f"HTTP {status}"):
            send(crm, SECRETS[0])
        assert elsewhere.requests == []
    assert len(crm.requests) == 1


def test_who_wants_no_more_of_it_is_left_alone_and_who_asks_for_time_has_it(crm: Receiver) -> None:
    crm.answers = [(410, {}), (503, {"Retry-After": "120"}), (429, {"Retry-After": "soon"})]
    came = []
    for _ in range(3):
        with pytest.raises(NotCarried) as failed:
            send(crm, SECRETS[0])
        came.append((failed.value.reason, failed.value.for_good, failed.value.pause_seconds))
    assert came == [("HTTP 410", True, 0.0), ("HTTP 503", False, 120.0), ("HTTP 429", False, 0.0)]


def test_what_went_wrong_is_told_without_the_address() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    for url in (f"http://127.0.0.1:{port}/token-in-path", "http://nowhere.invalid/token-in-path"):
        with pytest.raises(NotCarried) as failed:
            Webhook(Endpoint(url=SecretStr(url), secrets=(SecretStr(SECRETS[0]),))).carry(
                taken_of(case()), case(), NOON
            )
        assert failed.value.reason.isidentifier()
        assert failed.value.__suppress_context__


def taken_of(opened: Case) -> Taken:
    (parcel,) = changed(opened, [Entry(NOON, DANA, "opened", "from a form")], ["crm"])
    return Taken(1, "0123456789abcdef", parcel, 0)


def send(crm: Receiver, *secrets: str, of: Case | None = None) -> None:
    endpoint = Endpoint(url=SecretStr(f"{crm.url}/hooks"), secrets=tuple(SecretStr(each) for each in secrets))
    opened = of or case()
    Webhook(endpoint).carry(taken_of(opened), opened, SystemClock().now())
