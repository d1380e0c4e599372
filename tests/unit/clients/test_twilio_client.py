"""Sending through Twilio: the fields on the wire and what each answer means."""

from __future__ import annotations

from urllib.parse import parse_qs

import httpx
import pytest

from dukani.core.clients.messenger import OutboundMessage
from dukani.core.clients.send_errors import Action, action_for
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
        (500, None, {}, ProviderUnclear, None, None),
        (201, {}, {}, ProviderUnclear, None, None),
        (401, {"code": 20003}, {}, ProviderRefused, "20003", None),
        (404, None, {}, ProviderRefused, "404", None),
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


@pytest.mark.parametrize(
    ("code", "action"),
    [
        (131049, Action.MARKETING_LIMIT),
        ("63049", Action.MARKETING_LIMIT),
        (131050, Action.OPT_OUT_MARKETING),
        (131047, Action.TEMPLATE_ONLY),
        ("63016", Action.TEMPLATE_ONLY),
        (131026, Action.SUPPRESS),
        (130429, Action.WAIT_NUMBER),
        (131056, Action.WAIT_PAIR),
        (131048, Action.STOP_CAMPAIGN),
        (130472, Action.SKIP),
        (132000, Action.FAIL),
        (132012, Action.FAIL),
        (100, Action.FAIL),
        (132015, Action.STOP_CAMPAIGN),
        (190, Action.HOLD_QUEUE),
        (368, Action.STOP_TENANT),
        (None, Action.FAIL),
        ("77777", Action.FAIL),
    ],
)
async def test_every_code_leads_to_its_action(code, action):
    assert action_for(code) is action


@pytest.mark.parametrize("to", ["KE.4471029385561120", "KE.ENT.11815799212886844830"])
async def test_someone_known_by_a_user_id_is_written_to_by_it(to: str):
    seen: list[httpx.Request] = []

    def twilio(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(201, json={"sid": "SM1"})

    await messenger(twilio).send(OutboundMessage(to, "Habari"))

    assert parse_qs(seen[0].content.decode())["To"] == [f"whatsapp:{to}"]


@pytest.mark.parametrize("to", ["", "254712345678", "merged:1:2", "former:1"])
async def test_what_is_no_address_never_leaves(to: str):
    with pytest.raises(ProviderRefused) as refused:
        await answering(201, {"sid": "SM1"}).send(OutboundMessage(to, "Habari"))

    assert refused.value.code == "21211"
