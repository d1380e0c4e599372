"""A push is encrypted for the browser, signed by us, and sent to push services only."""

from __future__ import annotations

import http_ece
import httpx
import jwt
import pytest
import respx
from cryptography.hazmat.primitives.asymmetric import ec
from pydantic import SecretStr

from dukani.core.clients.web_push import (
    GONE,
    WebPush,
    are_keys,
    build_web_push,
    from_base64url,
    is_known_service,
    new_vapid_key,
    read_vapid_key,
    to_base64url,
)
from dukani.core.errors import ConfigurationError, ProviderRefused, ProviderUnavailable
from dukani.core.settings import Push
from dukani.core.store.push_subscriptions import Subscription
from tests.browsers import Browser

ENDPOINT = "https://fcm.googleapis.com/fcm/send/abc"
SANDBOX = "http://127.0.0.1:8000/sandbox/push"


def a_subscription(browser: Browser, endpoint: str = ENDPOINT) -> Subscription:
    return Subscription(
        id="1", endpoint=endpoint, p256dh=browser.p256dh, auth=browser.auth, language="en"
    )


@pytest.fixture
async def push() -> WebPush:
    settings = Push(private_key=SecretStr(new_vapid_key().text))
    built = build_web_push(httpx.AsyncClient(), settings)
    assert built is not None
    return built


@respx.mock
async def test_only_the_browser_reads_what_was_pushed(push: WebPush) -> None:
    service = respx.post(ENDPOINT).respond(201)
    browser = Browser()

    await push.send(a_subscription(browser), b'{"title": "New order"}', topic="e7", urgent=True)

    sent = service.calls.last.request
    assert browser.read(sent.content) == b'{"title": "New order"}'
    assert b"New order" not in sent.content
    assert sent.headers["topic"] == "e7" and sent.headers["urgency"] == "high"
    with pytest.raises(http_ece.ECEException):
        Browser(auth=browser.auth).read(sent.content)


@respx.mock
async def test_the_service_knows_the_sender_by_the_key_browsers_subscribed_with(
    push: WebPush,
) -> None:
    service = respx.post(ENDPOINT).respond(201)

    await push.send(a_subscription(Browser()), b"{}", topic="e7", urgent=False)

    scheme, _, parameters = service.calls.last.request.headers["authorization"].partition(" ")
    given = dict(part.strip().split("=", 1) for part in parameters.split(","))
    assert scheme == "vapid" and given["k"] == push.public_key
    point = ec.EllipticCurvePublicKey.from_encoded_point(
        ec.SECP256R1(), from_base64url(push.public_key)
    )
    claims = jwt.decode(
        given["t"], point, algorithms=["ES256"], audience="https://fcm.googleapis.com"
    )
    assert claims["sub"].startswith("mailto:")


@pytest.mark.parametrize(
    ("status", "error", "code"),
    [
        (404, ProviderRefused, GONE),
        (410, ProviderRefused, GONE),
        (413, ProviderRefused, "413"),
        (302, ProviderRefused, "302"),  # sent on to wherever: not followed
        (429, ProviderUnavailable, "429"),
        (503, ProviderUnavailable, "503"),
    ],
)
@respx.mock
async def test_each_refusal_is_what_it_means(
    push: WebPush, status: int, error: type[Exception], code: str
) -> None:
    respx.post(ENDPOINT).respond(status, headers={"location": "http://10.0.0.1/"})

    with pytest.raises(error) as refused:
        await push.send(a_subscription(Browser()), b"{}", topic="e7", urgent=False)

    assert getattr(refused.value, "code") == code  # noqa: B009


@pytest.mark.parametrize(
    ("endpoint", "known"),
    [
        (ENDPOINT, True),
        ("https://updates.push.services.mozilla.com/wpush/v2/x", True),
        ("https://web.push.apple.com/x", True),
        ("https://wns2-par02p.notify.windows.com/w/?token=x", True),
        (f"{SANDBOX}/x", True),
        ("http://fcm.googleapis.com/fcm/send/abc", False),  # not encrypted
        ("https://fcm.googleapis.com:8443/x", False),
        ("https://fcm.googleapis.com@10.0.0.1/x", False),
        ("https://10.0.0.1/x", False),
        ("https://localhost/x", False),
        ("https://evilfcm.googleapis.com.example/x", False),
        (f"{SANDBOX}/../api/v1/me", False),
        ("http://127.0.0.1:8000/sandbox/pushed", False),
        ("", False),
    ],
)
def test_nothing_is_sent_to_anybody_else(endpoint: str, known: bool) -> None:
    assert is_known_service(endpoint, Push(own_service=SANDBOX)) is known


def test_the_sandbox_is_known_to_the_demo_only() -> None:
    assert not is_known_service(f"{SANDBOX}/x", Push())


def test_keys_of_no_browser_are_refused() -> None:
    browser = Browser()
    assert are_keys(browser.p256dh, browser.auth)
    assert not are_keys(browser.auth, browser.p256dh)
    assert not are_keys(to_base64url(b"\4" + b"x" * 64), browser.auth)  # no point of the curve
    assert not are_keys("ä", "?")


def test_a_key_of_ours_is_read_as_it_was_written() -> None:
    key = new_vapid_key()
    assert read_vapid_key(key.text).public == key.public
    for wrong in ("", "x", to_base64url(b"\0" * 32), to_base64url(b"1" * 31)):
        with pytest.raises(ConfigurationError, match="dukani push keys"):
            read_vapid_key(wrong)
