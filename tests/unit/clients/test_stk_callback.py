"""A payment's outcome is read from whatever shape Daraja posts."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukani.core.clients.stk_callback import parse_stk_callback
from dukani.core.errors import UnreadableWebhook


def callback(*items: dict[str, object], code: object = 0) -> bytes:
    body = {
        "MerchantRequestID": "m1",
        "CheckoutRequestID": "ws_CO_1",
        "ResultCode": code,
        "ResultDesc": "done",
        "CallbackMetadata": {"Item": list(items)},
    }
    return json.dumps({"Body": {"stkCallback": body}}).encode()


def test_a_payment_tells_amount_receipt_and_phone():
    paid = parse_stk_callback(
        callback(
            {"Name": "Amount", "Value": 4500.0},
            {"Name": "MpesaReceiptNumber", "Value": "NLJ7RT61SV"},
            {"Name": "Balance"},
            {"Name": "TransactionDate", "Value": 20191219102115},
            {"Name": "PhoneNumber", "Value": 254708374149},
        )
    )

    assert (paid.checkout_request_id, paid.result_code) == ("ws_CO_1", "0")
    assert (paid.amount_hundredths, paid.receipt, paid.phone) == (
        450000,
        "NLJ7RT61SV",
        "+254708374149",
    )


@pytest.mark.parametrize(
    ("value", "hundredths"),
    [
        (1, 100),
        (1.0, 100),
        (4500.50, 450050),
        ("4500", 450000),
        ("4,500.00", 450000),
        ("", None),
        ("lots", None),
        (None, None),
        (True, None),
        ([1], None),
        (-5, None),
        (0.001, None),
        (1e300, None),
        ("1e999999", None),
        ("NaN", None),
        ("Infinity", None),
    ],
)
def test_an_amount_is_exact_or_absent(value, hundredths):
    assert parse_stk_callback(callback({"Name": "Amount", "Value": value})).amount_hundredths == (
        hundredths
    )


@given(st.integers(min_value=0, max_value=250_000_00))
def test_no_cent_is_lost_to_floats(cents):
    read = parse_stk_callback(callback({"Name": "Amount", "Value": cents / 100}))

    assert read.amount_hundredths == cents


@pytest.mark.parametrize("value", ["0722***345", 722, "", None, "254 712"])
def test_a_masked_phone_is_absent(value):
    assert parse_stk_callback(callback({"Name": "PhoneNumber", "Value": value})).phone is None


def test_a_failure_without_metadata_is_read():
    raw = b'{"Body":{"stkCallback":{"CheckoutRequestID":"ws_CO_1","ResultCode":"1032"}}}'

    read = parse_stk_callback(raw)

    assert (read.result_code, read.amount_hundredths, read.receipt) == ("1032", None, None)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"hello",
        b"[]",
        b"null",
        b'{"Body":[]}',
        b'{"Body":{"stkCallback":"x"}}',
        b'{"Body":{"stkCallback":{"ResultCode":0}}}',
        b'{"Body":{"stkCallback":{"CheckoutRequestID":"ws"}}}',
        b'{"Body":{"stkCallback":{"CheckoutRequestID":"ws","ResultCode":true}}}',
        b"[" * 100_000,
        b"\xff\xfe\xff",
    ],
)
def test_a_body_that_is_no_callback_is_unreadable(raw):
    with pytest.raises(UnreadableWebhook):
        parse_stk_callback(raw)


any_value = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.just([]), st.just({})
)
any_outcome = st.fixed_dictionaries({"CheckoutRequestID": any_value, "ResultCode": any_value})


@given(
    st.binary(max_size=80)
    | any_outcome.map(lambda outcome: json.dumps({"Body": {"stkCallback": outcome}}).encode())
)
def test_no_bytes_can_break_the_reader(raw):
    try:
        read = parse_stk_callback(raw)
    except UnreadableWebhook:
        return
    assert read.checkout_request_id
    assert read.result_code
