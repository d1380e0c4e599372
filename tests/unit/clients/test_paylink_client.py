"""PayLink's words: accepted, refused, or unclear. Its server runs in the sandbox's tests."""

from __future__ import annotations

import pytest

from dukani.core.clients.paylink import (
    PayLinkAccount,
    PayLinkClient,
    connection_headers,
    read_answer,
)
from dukani.core.errors import (
    ConfigurationError,
    ProviderRefused,
    ProviderUnavailable,
    ProviderUnclear,
)

ACCOUNT = PayLinkAccount(
    "the-key", "zuri", "trace", "600101", "the-consumer", "the-secret", "the-passkey"
)


def test_a_success_gives_both_ids():
    accepted = read_answer(
        '{"status":"success","checkout_request_id":"ws_CO_1","merchant_request_id":"m1"}'
    )

    assert (accepted.checkout_request_id, accepted.merchant_request_id) == ("ws_CO_1", "m1")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ('{"status":"error","message":"Invalid credentials"}', ProviderRefused),
        ("Invalid input: amount must match", ProviderRefused),
        ("STK push failed: wrong passkey", ProviderRefused),
        ("HTTP request failed: 401", ProviderRefused),
        # the prompt may be on the phone
        ('{"status":"error","message":"Request timed out"}', ProviderUnclear),
        ("STK push failed: timeout", ProviderUnclear),
        ("HTTP request failed: 502", ProviderUnclear),
        ('{"status":"success"}', ProviderUnclear),
        ("Sawa", ProviderUnclear),
        ("", ProviderUnclear),
        ("[1]", ProviderUnclear),
    ],
)
def test_what_cannot_be_read_is_unclear_never_refused(text, error):
    with pytest.raises(error):
        read_answer(text)


def test_credentials_travel_as_headers_of_the_boutique():
    headers = connection_headers(ACCOUNT, "https://shop.example/cb")

    assert headers["MPESA_BUSINESS_SHORTCODE"] == "600101"
    assert headers["PAYMENT_PROVIDER"] == '["mpesa"]'
    assert headers["MPESA_CALLBACK_URL"] == "https://shop.example/cb"


@pytest.mark.parametrize("url", ["http://10.0.0.5/mcp", "http://paylink.example/mcp", "paylink"])
def test_secrets_never_travel_in_the_clear(url):
    with pytest.raises(ConfigurationError):
        PayLinkClient(url)


def test_secrets_stay_out_of_the_repr():
    assert "the-" not in repr(ACCOUNT)


async def test_the_newer_numbers_are_refused_before_connecting():
    with pytest.raises(ProviderRefused) as raised:
        await push("+254110345678")

    assert raised.value.code == "invalid_input"


async def test_a_refused_connection_means_nothing_happened():
    with pytest.raises(ProviderUnavailable):
        await push("+254712345678")


async def push(phone: str):
    client = PayLinkClient("http://127.0.0.1:9/mcp", timeout_s=5)
    return await client.stk_push(
        ACCOUNT,
        amount_units=10,
        currency="KES",
        phone=phone,
        reference="ZB-1",
        description="Order",
        callback_url="https://shop.example/cb",
    )
