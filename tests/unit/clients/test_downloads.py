"""A file comes whole, in time and from the provider's own hosts, or not at all."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import httpx
import pytest

from dukani.core.clients import meta, twilio
from dukani.core.clients.messenger import Messenger, OutboundMessage
from dukani.core.clients.meta import MetaAccount, MetaMessenger
from dukani.core.clients.transport import Hosts, download, post_once
from dukani.core.clients.twilio import TwilioAccount, TwilioMessenger
from dukani.core.errors import ProviderRefused, ProviderUnavailable, ProviderUnclear

TWILIO = "https://api.twilio.com"
META = "https://graph.facebook.com"
SANDBOX = "http://127.0.0.1:8000/sandbox"


class Net:
    """Addresses and where each leads; what is none of them holds a file."""

    def __init__(self, **redirects: str) -> None:
        self.redirects = redirects
        self.asked: list[httpx.Request] = []

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        name = request.url.path.rsplit("/", 1)[-1]
        if name in self.redirects:
            return httpx.Response(307, headers={"location": self.redirects[name]})
        if request.url.host == "graph.facebook.com":
            return httpx.Response(200, json={"url": "https://lookaside.fbsbx.com/first"})
        return httpx.Response(200, content=b"photo", headers={"content-type": "image/jpeg"})

    @property
    def line(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.MockTransport(self.answer))


def a_messenger(net: Net, provider: str) -> Messenger:
    if provider == "twilio":
        return TwilioMessenger(net.line, TWILIO, TwilioAccount("AC1", "secret", "+254700000101"))
    return MetaMessenger(net.line, META, MetaAccount("1", "secret"))


FIRST = {"twilio": f"{TWILIO}/first", "meta": "media-id"}


@pytest.mark.parametrize(
    ("provider", "to"),
    [
        ("twilio", "https://mms.twiliocdn.com/file"),
        ("twilio", "https://media.twilio.com/file"),
        ("twilio", "/2010-04-01/file"),  # of its own host
        ("meta", "https://lookaside.fbsbx.com/file"),
        ("meta", "https://scontent.xx.fbcdn.net/file"),
        ("meta", "https://mmg.whatsapp.net/file"),
    ],
)
async def test_a_redirect_within_the_provider_is_followed(provider: str, to: str) -> None:
    net = Net(first=to)

    media = await a_messenger(net, provider).fetch_media(FIRST[provider])

    assert media.content == b"photo"


@pytest.mark.parametrize("provider", ["twilio", "meta"])
@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example/file",
        "https://twilio.com.evil.example/file",
        "https://fbsbx.com.evil.example/file",
        "https://eviltwilio.com/file",
        "https://api.twilio.com@evil.example/file",
        "https://someone:word@api.twilio.com/file",
        "http://api.twilio.com/file",  # anybody on the way could read or change it
        "http://lookaside.fbsbx.com/file",
        "https://api.twilio.com:8443/file",
        "http://169.254.169.254/latest/meta-data",
        "http://127.0.0.1:5432/",
        "https://10.0.0.7/file",
        "http://[::1]/file",
        "http://2130706433/file",  # 127.0.0.1 as one number
        "//evil.example/file",
        "file:///etc/passwd",
        "ftp://api.twilio.com/file",
        "https://[half/file",
    ],
)
async def test_a_redirect_to_anybody_else_is_refused_unasked(provider: str, to: str) -> None:
    net = Net(first=to)

    with pytest.raises(ProviderRefused) as raised:
        await a_messenger(net, provider).fetch_media(FIRST[provider])

    assert raised.value.code == "foreign"
    assert net.asked[-1].url.path == "/first"


@pytest.mark.parametrize(
    ("provider", "to", "kept"),
    [
        ("twilio", "https://mms.twiliocdn.com/file", False),
        ("twilio", f"{TWILIO}/second", True),
        ("meta", "https://scontent.xx.fbcdn.net/file", False),
        ("meta", "https://lookaside.fbsbx.com/second", True),
    ],
)
async def test_secrets_stay_behind_when_the_host_changes(
    provider: str, to: str, kept: bool
) -> None:
    net = Net(first=to)

    await a_messenger(net, provider).fetch_media(FIRST[provider])

    first, last = net.asked[-2:]
    assert "authorization" in first.headers
    assert ("authorization" in last.headers) is kept


async def test_secrets_do_not_come_back_on_the_way_home() -> None:
    net = Net(first="https://mms.twiliocdn.com/second", second=f"{TWILIO}/third")

    await a_messenger(net, "twilio").fetch_media(FIRST["twilio"])

    assert ["authorization" in request.headers for request in net.asked] == [True, False, False]


async def test_the_sandbox_may_be_anywhere_it_says_it_is() -> None:
    hosts = Hosts(SANDBOX, twilio.MEDIA_DOMAINS)

    assert hosts.include("http://127.0.0.1:8000/sandbox/file")
    assert not hosts.include("http://127.0.0.1:8001/sandbox/file")
    assert not Hosts(META, meta.MEDIA_DOMAINS).include("http://127.0.0.1:8000/sandbox/file")


async def test_without_hosts_no_redirect_is_followed() -> None:
    net = Net(first=f"{TWILIO}/second")

    with pytest.raises(ProviderRefused):
        await download(net.line, f"{TWILIO}/first", provider="twilio")

    assert len(net.asked) == 1


async def _drip() -> AsyncIterator[bytes]:
    while True:
        yield b"."
        await asyncio.sleep(0.02)


def dripping() -> httpx.AsyncClient:
    """A provider that is never silent for long and never done."""
    return httpx.AsyncClient(
        transport=httpx.MockTransport(lambda _: httpx.Response(200, content=_drip()))
    )


async def test_a_file_that_drips_is_given_up_when_its_time_is_over() -> None:
    began = time.monotonic()

    with pytest.raises(ProviderUnavailable):
        await download(dripping(), f"{TWILIO}/first", provider="twilio", deadline_s=0.2)

    assert time.monotonic() - began < 5


async def test_the_tries_of_a_download_share_one_deadline() -> None:
    asked = 0

    async def cut(request: httpx.Request) -> httpx.Response:
        nonlocal asked
        asked += 1
        await asyncio.sleep(0.15)
        raise httpx.ReadError("cut")

    http = httpx.AsyncClient(transport=httpx.MockTransport(cut))
    with pytest.raises(ProviderUnavailable):
        await download(http, f"{TWILIO}/first", provider="twilio", deadline_s=0.2)

    assert asked == 1


async def test_a_send_whose_answer_drips_is_unclear_when_its_time_is_over() -> None:
    account = TwilioAccount("AC1", "secret", "+254700000101")
    messenger = TwilioMessenger(dripping(), TWILIO, account, timeout_s=0.2)

    with pytest.raises(ProviderUnclear):
        await messenger.send(OutboundMessage("+254712345678", "Habari"))


async def test_waiting_for_a_connection_ends_before_the_call_does() -> None:
    """So that a call that never left is told from one that was not answered."""
    phases: list[dict[str, float]] = []

    def unreachable(request: httpx.Request) -> httpx.Response:
        phases.append(request.extensions["timeout"])
        raise httpx.ConnectTimeout("nobody there")

    http = httpx.AsyncClient(transport=httpx.MockTransport(unreachable))
    with pytest.raises(ProviderUnavailable):
        await post_once(http, f"{TWILIO}/", provider="twilio", timeout=8)

    assert phases[0]["pool"] + phases[0]["connect"] < 8
