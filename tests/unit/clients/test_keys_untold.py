"""A key that no header can carry is refused before the libraries quote it in their errors."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest
from structlog.testing import capture_logs

from dukani.core.clients.africastalking import AfricasTalkingAccount, AfricasTalkingMessenger
from dukani.core.clients.line_checks import check_meta
from dukani.core.clients.messenger import Messenger, OutboundMessage
from dukani.core.clients.meta import MetaAccount, MetaMessenger
from dukani.core.clients.meta_templates import MetaTemplates
from dukani.core.clients.send_errors import HELD, SetUp, action_for, set_up_of
from dukani.core.clients.sms_checks import check_africastalking
from dukani.core.clients.transport import KEY_FORM, download, get_json
from dukani.core.errors import InvalidValue, ProviderRefused

KEY = "planted0123456789abcdef"
Call = Callable[[httpx.AsyncClient, str, str], Awaitable[object]]
TO_SAY = OutboundMessage(to="+254712000001", text="Habari")


@pytest.fixture
async def base_url() -> AsyncIterator[str]:
    """A provider: httpx looks at a header when somebody listens."""

    async def answers(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answers, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    server.close()


def meta(http: httpx.AsyncClient, base: str, key: str) -> Messenger:
    return MetaMessenger(http, base, MetaAccount("1", key))


def africastalking(http: httpx.AsyncClient, base: str, key: str) -> Messenger:
    return AfricasTalkingMessenger(http, base, AfricasTalkingAccount("duka", key, "DUKA"))


def sending(make: Callable[[httpx.AsyncClient, str, str], Messenger]) -> Call:
    return lambda http, base, key: make(http, base, key).send(TO_SAY)


def reading(http: httpx.AsyncClient, base: str, key: str) -> Awaitable[object]:
    return get_json(http, base, provider="meta", headers={"authorization": f"Bearer {key}"})


def fetching(http: httpx.AsyncClient, base: str, key: str) -> Awaitable[object]:
    return download(http, base, provider="paylink", headers={"x-key": key})


def removing(http: httpx.AsyncClient, base: str, key: str) -> Awaitable[object]:
    account = MetaAccount("1", key, waba_id="2")
    desk = MetaTemplates(http, base, account, version="v1", app_id="3", timeout_s=5)
    return desk.remove("a", provider_id=None, content_sid=None)


@pytest.mark.parametrize(
    "call", [sending(meta), sending(africastalking), reading, fetching, removing]
)
@pytest.mark.parametrize("spoiled", ["{}\n", "{}\0", "“{}”", "{}é"])
async def test_no_error_and_no_line_quotes_a_key(base_url: str, call: Call, spoiled: str) -> None:
    # given a key as it was pasted, with what no header takes
    key = spoiled.format(KEY)

    # when it is used
    async with httpx.AsyncClient() as http:
        with capture_logs() as lines, pytest.raises(ProviderRefused) as raised:
            await call(http, base_url, key)

    # then whoever asks hears what is wrong, and nobody the key
    assert raised.value.code == KEY_FORM
    assert KEY not in "".join(traceback.format_exception(raised.value)) + str(lines)


def test_such_a_key_holds_the_messages_until_there_is_another() -> None:
    assert action_for(KEY_FORM) in HELD
    assert set_up_of(KEY_FORM) is SetUp.KEY


@pytest.mark.parametrize("key", [f"{KEY}\n", f"“{KEY}”"])
async def test_who_pastes_such_a_key_is_told_the_field_and_what_to_do(key: str) -> None:
    async with httpx.AsyncClient() as http:
        with pytest.raises(InvalidValue) as by_meta:
            await check_meta(http, MetaAccount("1", key), base_url="", version="v1", timeout_s=5)
        with pytest.raises(InvalidValue) as by_sms:
            account = AfricasTalkingAccount("duka", key, "DUKA")
            await check_africastalking(http, account, base_url="", timeout_s=5)

    assert (by_meta.value.field, by_sms.value.field) == ("access_token", "api_key")
    for error in (by_meta.value, by_sms.value):
        assert "copy it again" in str(error) and KEY not in str(error)
