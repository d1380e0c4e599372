"""The table of M-Pesa's answers, row by row: what each means, by code and by words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukani.core.clients.mpesa_answers import (
    outcome_of,
    outcome_of_push,
    outcome_of_query_error,
    refusal_as_result,
)
from dukani.core.clients.mpesa_outcomes import CODES, Kind, Reason, Setting

NO, WAIT, OURS = Kind.CERTAIN_NO, Kind.WAIT, Kind.OURS_TO_MEND
LOCKED = "Unable to lock subscriber, a transaction is already in process for the current subscriber"
PROCESSING = "The transaction is being processed"

# Code, the words Safaricom prints beside it, class, reason; the setting where it is ours to mend.
RESULTS = [
    (0, "The service request is processed successfully.", Kind.PAID, Reason.PAID, None),
    (1, "The balance is insufficient for the transaction.", NO, Reason.LOW_BALANCE, None),
    (2, "Declined due to limit rule.", NO, Reason.AMOUNT_LIMIT, None),
    (3, "Declined due to limit rule: greater than the maximum transaction amount.", NO,
     Reason.AMOUNT_LIMIT, None),
    (4, "Declined due to limit rule: would exceed daily transfer limit.", NO,
     Reason.DAILY_LIMIT, None),
    (5, "Would exceed minimum balance", NO, Reason.LOW_BALANCE, None),
    (6, "Unresolved primary party", NO, Reason.ACCOUNT, None),
    (7, "Unresolved receiver party", OURS, Reason.SHOP_SETUP, Setting.SHORTCODE),
    (8, "Declined due to limit rule: would exceed the maximum balance.", OURS,
     Reason.SHOP_SETUP, Setting.SHOP_LIMIT),
    (11, "The DebitParty is in an invalid state.", NO, Reason.ACCOUNT, None),
    (12, "The CreditParty is in an invalid state.", OURS, Reason.SHOP_SETUP, Setting.SHORTCODE),
    (13, "Unresolved debit account", NO, Reason.ACCOUNT, None),
    (14, "Unresolved credit account", OURS, Reason.SHOP_SETUP, Setting.SHORTCODE),
    (15, "Duplicate detected", Kind.UNKNOWN, Reason.UNKNOWN, None),
    (17, "Rule limited.", WAIT, Reason.RULE_LIMITED, None),
    (17, "System internal error.", WAIT, Reason.RULE_LIMITED, None),
    (20, "Unresolved initiator", OURS, Reason.SHOP_SETUP, Setting.OTHER),
    (21, "The initiator is not allowed to initiate this request", OURS, Reason.SHOP_SETUP,
     Setting.OTHER),
    (26, "Traffic blocking condition in place", WAIT, Reason.BUSY, None),
    (1001, LOCKED, WAIT, Reason.PROMPT_OPEN, None),
    (1019, "Transaction has expired", NO, Reason.EXPIRED, None),
    (1025, "An error occurred while sending a push request", NO, Reason.PUSH_ERROR, None),
    (1031, "Request cancelled by user", NO, Reason.CANCELLED, None),
    (1032, "Request cancelled by user", NO, Reason.CANCELLED, None),
    (1036, "SMSC ACK timeout.", NO, Reason.UNREACHABLE, None),
    (1037, "DS timeout user cannot be reached", NO, Reason.UNREACHABLE, None),
    (1037, "No response from user.", NO, Reason.UNREACHABLE, None),
    (2001, "The initiator information is invalid.", NO, Reason.WRONG_PIN, None),
    (2002, "System busy", WAIT, Reason.BUSY, None),
    (2006, "Declined due to account rule: The account status does not allow this transaction.",
     NO, Reason.ACCOUNT, None),
    (2028, "The request is not permitted according to product assignment.", OURS,
     Reason.SHOP_SETUP, Setting.TILL),
    (2040, "Credit Party customer type can't be supported by the service.", NO, Reason.ACCOUNT,
     None),
    (2051, "The MSISDN is invalid", NO, Reason.ACCOUNT, None),
    (4999, "The transaction is still under processing", Kind.SENT, Reason.RUNNING, None),
    (8006, "The security credential is locked.", NO, Reason.PIN_LOCKED, None),
    (9999, "Request error.", NO, Reason.PUSH_ERROR, None),
    ("SFC_IC0003", "The operator does not exist.", OURS, Reason.SHOP_SETUP, Setting.TILL),
    ("TP40087", "", NO, Reason.WRONG_PIN, None),
]  # fmt: skip


@pytest.mark.parametrize(("code", "words", "kind", "reason", "setting"), RESULTS)
def test_a_result_has_its_row(
    code: int | str, words: str, kind: Kind, reason: Reason, setting: Setting | None
) -> None:
    outcome = outcome_of(code, words)
    assert (outcome.kind, outcome.reason, outcome.setting) == (kind, reason, setting)
    assert outcome.listed


def test_a_code_is_read_as_a_number_as_text_and_in_any_case() -> None:
    for code, words, *_ in RESULTS:
        expected = outcome_of(code)
        for spelled in (str(code), f" {code} ", str(code).lower(), str(code).upper()):
            assert outcome_of(spelled, words.upper()) == expected, spelled
        assert not isinstance(code, int) or outcome_of(str(float(code))) == expected, code


@pytest.mark.parametrize(
    ("reason", "at_least_s"),
    [(Reason.RULE_LIMITED, 120), (Reason.PROMPT_OPEN, 60), (Reason.BUSY, 30)],
)
def test_what_waits_has_its_time(reason: Reason, at_least_s: int) -> None:
    waits = [row for row in CODES.values() if row.reason is reason]
    assert waits
    assert all(row.kind is WAIT and row.wait_s >= at_least_s for row in waits)


# HTTP status, code, words, class, reason, setting
PUSHES = [
    (500, "500.001.1001", LOCKED, WAIT, Reason.PROMPT_OPEN, None),
    (500, "500.001.001", LOCKED.upper(), WAIT, Reason.PROMPT_OPEN, None),
    (200, "1", LOCKED, WAIT, Reason.PROMPT_OPEN, None),
    (200, 1, "The service request has failed", NO, Reason.REFUSED, None),
    (500, "500.001.1001", "[MerchantValidate] - Wrong credentials", OURS, Reason.SHOP_SETUP,
     Setting.PASSKEY),
    (500, "500.001.1001", "Merchant does not exist.", OURS, Reason.SHOP_SETUP, Setting.SHORTCODE),
    (500, "500.001.1001", PROCESSING, Kind.UNKNOWN, Reason.UNKNOWN, None),
    (500, "500.001.1001", "Something else", Kind.UNKNOWN, Reason.UNKNOWN, None),
    (500, "500.001.1001", "Rule limited.", WAIT, Reason.RULE_LIMITED, None),
    (500, "500.001.1001", "The balance is insufficient for the transaction", NO,
     Reason.LOW_BALANCE, None),
    (500, "500.003.02", "System is busy. Please try again in few minutes.", WAIT, Reason.BUSY,
     None),
    (500, "500.003.02", "Error Occurred: Spike Arrest Violation", WAIT, Reason.BUSY, None),
    (500, "500.003.03", "Error Occurred: Quota Violation", WAIT, Reason.BUSY, None),
    (429, "429.001.01", "too many", WAIT, Reason.BUSY, None),
    (500, "500.003.1001", "Internal Server Error", Kind.UNKNOWN, Reason.UNKNOWN, None),
    (400, "400.002.02", "Bad Request - Invalid PhoneNumber", NO, Reason.ACCOUNT, None),
    (400, "400.002.02", "Bad Request - Invalid BusinessShortCode", OURS, Reason.SHOP_SETUP,
     Setting.SHORTCODE),
    (400, "400.002.02", "Bad Request - Invalid Business ShortCode", OURS, Reason.SHOP_SETUP,
     Setting.SHORTCODE),
    (400, "400.002.02", "Bad Request - Invalid PartyB", OURS, Reason.SHOP_SETUP, Setting.TILL),
    (400, "400.002.02", "Bad Request - Invalid CallBackURL", OURS, Reason.SHOP_SETUP,
     Setting.CALLBACK),
    (400, "400.002.02", "Bad Request - Invalid TransactionDesc", NO, Reason.PUSH_ERROR, None),
    (400, "400.002.02", "Bad Request", OURS, Reason.SHOP_SETUP, Setting.OTHER),
    (401, "401.003.01", "Error Occurred - Invalid Access Token", OURS, Reason.SHOP_SETUP,
     Setting.CONSUMER_KEY),
    (400, "400.003.01", "Invalid Access Token", OURS, Reason.SHOP_SETUP, Setting.CONSUMER_KEY),
    (404, "404.001.03", "Invalid Access Token", OURS, Reason.SHOP_SETUP, Setting.CONSUMER_KEY),
    (401, "steps.oauth.v2.InvalidApiCallAsNoApiProductMatchFound",
     "Invalid API call as no apiproduct match found", OURS, Reason.SHOP_SETUP, Setting.PRODUCT),
    (401, None, "", OURS, Reason.SHOP_SETUP, Setting.CONSUMER_KEY),
    (403, None, "<html>Request unsuccessful. Incapsula incident ID: 0-0</html>", WAIT,
     Reason.BUSY, None),
    (200, None, "<html>Incapsula</html>", WAIT, Reason.BUSY, None),
    (405, None, "<html></html>", WAIT, Reason.BUSY, None),
    (503, None, "", WAIT, Reason.BUSY, None),
    (408, None, "", Kind.UNKNOWN, Reason.UNKNOWN, None),
    (502, None, "<html>Bad Gateway</html>", Kind.UNKNOWN, Reason.UNKNOWN, None),
    (500, None, "", Kind.UNKNOWN, Reason.UNKNOWN, None),
    (200, "0", "Success. Request accepted", Kind.UNKNOWN, Reason.UNKNOWN, None),  # without an id
]  # fmt: skip


@pytest.mark.parametrize(("status", "code", "words", "kind", "reason", "setting"), PUSHES)
def test_an_answer_to_a_push_without_an_id(
    status: int,
    code: str | int | None,
    words: str,
    kind: Kind,
    reason: Reason,
    setting: Setting | None,
) -> None:
    outcome = outcome_of_push(status, code, words)
    assert (outcome.kind, outcome.reason, outcome.setting) == (kind, reason, setting)


@pytest.mark.parametrize(
    ("code", "words", "kind"),
    [
        ("500.001.1001", PROCESSING, Kind.SENT),
        ("500.001.1001", "", Kind.SENT),
        ("500.001.1001", LOCKED, Kind.SENT),  # our own prompt, open there
        ("500.001.1001", "[MerchantValidate] - Wrong credentials", OURS),
        ("500.001.1001", "WRONG CREDENTIALS", OURS),
        ("500.001.1001", "Merchant does not exist.", OURS),
        ("404.001.03", "Invalid Access Token", OURS),
        ("400.002.02", "Bad Request - Invalid BusinessShortCode", OURS),
        ("400.002.02", "Bad Request - Invalid CheckoutRequestID", Kind.UNKNOWN),
        ("500.003.02", "Spike Arrest Violation", WAIT),
    ],
)
def test_an_error_in_place_of_a_querys_result(code: str, words: str, kind: Kind) -> None:
    assert outcome_of_query_error(code, words).kind is kind


# Code in no row, words, class by words or shape
UNLISTED = [
    ("7777", "", Kind.UNKNOWN),
    ("7777", "The balance is insufficient for the transaction.", NO),
    ("7777", "paid, really", Kind.UNKNOWN),
    ("SFC_IC0017", "", OURS),
    ("TP00001", "", Kind.UNKNOWN),
    ("403.002.1001", "", OURS),
    ("500.009.99", "", Kind.UNKNOWN),
    ("429.9", "", WAIT),
    ("", "", Kind.UNKNOWN),
    (None, "", Kind.UNKNOWN),
]


@pytest.mark.parametrize(("code", "words", "kind"), UNLISTED)
def test_a_code_in_no_row_is_marked_and_classed_by_its_words_or_shape(
    code: str | None, words: str, kind: Kind
) -> None:
    outcome = outcome_of(code, words)
    assert (outcome.kind, outcome.listed) == (kind, False)


@given(st.text(max_size=12), st.text(max_size=60))
def test_money_is_never_read_from_words(code: str, words: str) -> None:
    if outcome_of(code, words).kind is Kind.PAID:
        assert code.strip().removesuffix(".0") == "0"


@pytest.mark.parametrize(
    ("code", "said", "told", "kind", "reason"),
    [
        ("500.001.1001", LOCKED, "1001", WAIT, Reason.PROMPT_OPEN),
        ("500.001.1001", "Wrong credentials", "refused", OURS, Reason.SHOP_SETUP),
        ("400.002.02", "Bad Request - Invalid PhoneNumber", "refused", NO, Reason.ACCOUNT),
        ("-32602", "Unknown tool: stk_push", "refused", OURS, Reason.SHOP_SETUP),
        ("0", "a refusal is no payment", "refused", NO, Reason.REFUSED),
        # a ResponseCode is no result: 1 is not the low balance of a callback
        ("1", LOCKED, "1001", WAIT, Reason.PROMPT_OPEN),
        ("1", "The service request has failed", "refused", NO, Reason.REFUSED),
        ("1032", "what a callback would call cancelled", "refused", NO, Reason.REFUSED),
        ("401", "", "refused", OURS, Reason.SHOP_SETUP),  # a status of HTTP
        ("7777", "what is this", "refused", NO, Reason.REFUSED),
        (None, "the order is cancelled", "refused", NO, Reason.REFUSED),
        ("credentials", "the credentials lack 'passkey'", "refused", OURS, Reason.SHOP_SETUP),
    ],
)
def test_a_refused_push_is_never_money_and_never_unknown(
    code: str | None, said: str, told: str, kind: Kind, reason: Reason
) -> None:
    result, text = refusal_as_result(code, said)
    outcome = outcome_of(result, text)
    assert (result, outcome.kind, outcome.reason) == (told, kind, reason)
