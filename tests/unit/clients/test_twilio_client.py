"""Sending through Twilio: the fields on the wire and what each answer means."""

from __future__ import annotations

from urllib.parse import parse_qs

import httpx
import pytest

from dukani.core.clients.messenger import OutboundMessage
from dukani.core.clients.twilio import TwilioAccount, TwilioMessenger
from dukani.core.errors import ProviderRefused, ProviderUnavailable, ProviderUnclear

ACCOUNT = TwilioAccount("AC1", "the-token", "+254700000101")
BASE = "https://api.twilio.example"


def messenger(handler, **kwargs) -> TwilioMessenger:
    http = httpx.AsyncClient(transport=httpx.MockTransport(handler))
    return TwilioMessenger(http, BASE, ACCOUNT, "https://shop.example/status?x=1", **kwargs)


def answering(status: int, body=None, **kwargs):
    return messenger(lambda request: httpx.Response(status, json=body, **kwargs))


async def test_a_message_carries_numbers_text_picture_and_our_id():
    # given
    seen: list[httpx.Request] = []

    def twilio(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(201, json={"sid": "SM1"})

    # when
    sent = await messenger(twilio).send(
        OutboundMessage("+254712345678", "Habari", "https://m.example/a.jpg", callback_data="m 7")
    )

    # then
    assert sent.provider_id == "SM1"
    assert seen[0].url.path == "/2010-04-01/Accounts/AC1/Messages.json"
    assert seen[0].headers["authorization"].startswith("Basic ")
    assert parse_qs(seen[0].content.decode()) == {
        "From": ["whatsapp:+254700000101"],
        "To": ["whatsapp:+254712345678"],
        "Body": ["Habari"],
        "MediaUrl": ["https://m.example/a.jpg"],
        "StatusCallback": ["https://shop.example/status?x=1&message=m+7"],
    }


@pytest.mark.parametrize(
    ("status", "body", "headers", "error", "code", "wait_s"),
    [
        # outside the 24-hour window: only a template may go
        (400, {"code": 63016, "message": "m"}, {}, ProviderRefused, "63016", None),
        # rate limits: the answer's own waiting time wins
        (429, {"code": 20429}, {"retry-after": "7"}, ProviderUnavailable, "20429", 7.0),
        (429, {"code": 20429}, {}, ProviderUnavailable, "20429", 2.0),
        (429, None, {}, ProviderUnavailable, None, None),
        (503, None, {}, ProviderUnavailable, None, None),
        # an unreadable failure may hide a message that went out
        (500, None, {}, ProviderUnclear, "http_500", None),
        (201, {}, {}, ProviderUnclear, None, None),
        (401, {"code": 20003}, {}, ProviderRefused, "20003", None),
        (404, None, {}, ProviderRefused, "http_404", None),
    ],
)
async def test_each_answer_says_whether_trying_again_is_safe(
    status, body, headers, error, code, wait_s
):
    with pytest.raises(error) as raised:
        await answering(status, body, headers=headers).send(OutboundMessage("+254712345678", "x"))

    assert raised.value.code == code
    assert getattr(raised.value, "retry_after_s", None) == wait_s


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (httpx.ConnectError("refused"), ProviderUnavailable),
        (httpx.ConnectTimeout("slow"), ProviderUnavailable),
        (httpx.ReadTimeout("slow"), ProviderUnclear),
        (httpx.RemoteProtocolError("cut"), ProviderUnclear),
    ],
)
async def test_a_broken_line_is_unclear_only_after_sending(fault, error):
    calls = 0

    def twilio(request):
        nonlocal calls
        calls += 1
        raise fault

    with pytest.raises(error):
        await messenger(twilio).send(OutboundMessage("+254712345678", "x"))

    assert calls == 1


async def test_too_long_a_text_is_refused_before_sending():
    with pytest.raises(ProviderRefused, match="1601 characters"):
        await answering(201, {"sid": "SM1"}).send(OutboundMessage("+254712345678", "x" * 1601))


async def test_media_is_fetched_with_the_boutiques_credentials():
    # given
    def twilio(request: httpx.Request) -> httpx.Response:
        assert request.headers["authorization"].startswith("Basic ")
        return httpx.Response(200, content=b"jpg", headers={"content-type": "image/JPEG; q=1"})

    # when
    media = await messenger(twilio).fetch_media(f"{BASE}/Media/ME1")

    # then
    assert (media.content, media.content_type) == (b"jpg", "image/jpeg")


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/Media/ME1",
        "https://api.twilio.example.evil.example/ME1",
        "https://nottwilio.com/x",
        "http://api.twilio.com/x",
        "not a url",
    ],
)
async def test_credentials_never_go_to_another_host(url):
    def anyone(request):
        raise AssertionError("asked a stranger")

    with pytest.raises(ProviderRefused) as raised:
        await messenger(anyone).fetch_media(url)

    assert raised.value.code == "foreign"


async def test_a_file_over_the_limit_is_never_held():
    with pytest.raises(ProviderRefused) as raised:
        await answering(200, {"x": "y" * 100}).fetch_media(f"{BASE}/ME1", max_bytes=50)

    assert raised.value.code == "too_large"


async def test_a_file_that_only_sends_on_and_on_is_refused():
    def twilio(request: httpx.Request) -> httpx.Response:
        return httpx.Response(307, headers={"location": str(request.url)})

    with pytest.raises(ProviderRefused) as raised:
        await messenger(twilio).fetch_media(f"{BASE}/ME1")

    assert raised.value.code == "redirects"


async def test_reading_media_is_tried_again_while_the_line_is_down():
    # given: two cuts, then an answer
    answers = [httpx.ReadError("cut"), httpx.ReadError("cut"), httpx.Response(200, content=b"ok")]

    def twilio(request):
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    # when
    media = await messenger(twilio).fetch_media(f"{BASE}/ME1")

    # then
    assert media.content == b"ok"


async def test_secrets_stay_out_of_the_repr():
    assert "the-token" not in repr(ACCOUNT)
