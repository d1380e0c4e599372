"""The table of M-Pesa's result and error codes: of pushes, queries and callbacks.

An answer is classified by its code and its text. The codes are those of Safaricom's "M-Pesa
Express" and of its older G2 list, with Safaricom's descriptions (developer.safaricom.co.ke, as
reprinted in public repositories, read 2026-11). The text decides about `500.001.1001`, which has
several meanings. A code in no row is classified by its text or its shape, and marked as not listed,
so that it is logged as an error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The class of an answer, by what must be done about it."""

    SENT = "sent"  # a prompt is on its way or open: only its result counts
    PAID = "paid"  # mark paid once; a wrong amount needs review
    CERTAIN_NO = "certain_no"  # no money moved: say why, give the pieces back, offer another way
    WAIT = "wait"  # no money moved; allowed again after `wait_s`
    OURS_TO_MEND = "ours_to_mend"  # the shop's set-up: its owner hears which setting is wrong
    UNKNOWN = "unknown"  # the result is unknown: a person must look, the stock stays reserved


class Reason(StrEnum):
    """The reason, for the message to the customer."""

    PAID = "paid"
    RUNNING = "running"
    LOW_BALANCE = "low_balance"
    AMOUNT_LIMIT = "amount_limit"  # less or more than one transaction may be
    DAILY_LIMIT = "daily_limit"
    ACCOUNT = "account"  # this number cannot pay: not registered, not active, not M-Pesa's
    CANCELLED = "cancelled"  # never push again unasked
    EXPIRED = "expired"
    UNREACHABLE = "unreachable"  # not answered, or not reached: M-Pesa is asked first
    WRONG_PIN = "wrong_pin"
    PIN_LOCKED = "pin_locked"
    BUSY = "busy"
    RULE_LIMITED = "rule_limited"  # the same amount from the same phone within two minutes
    PROMPT_OPEN = "prompt_open"
    PUSH_ERROR = "push_error"
    REFUSED = "refused"  # the push was refused without a reason
    SHOP_SETUP = "shop_setup"
    UNKNOWN = "unknown"


class Setting(StrEnum):
    """The part of the shop's set-up that is wrong, for the owner."""

    CONSUMER_KEY = "consumer_key"  # or its secret, or the app it belongs to
    PASSKEY = "passkey"
    SHORTCODE = "shortcode"
    TILL = "till"  # PartyB and TransactionType do not fit the shortcode
    PRODUCT = "product"  # the Daraja app lacks M-Pesa Express
    SHOP_LIMIT = "shop_limit"  # the till or paybill can hold no more money
    CALLBACK = "callback"  # the address that M-Pesa reports to
    PAYLINK = "paylink"  # PayLink's key, project or tool
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row of the table. Times are in seconds."""

    kind: Kind
    reason: Reason
    wait_s: int = 0  # before another prompt may go to that phone
    once_more: bool = False  # retried automatically, once, after `RETRY_AFTER_S` or `wait_s`
    setting: Setting | None = None
    listed: bool = True

    @property
    def retry_after_s(self) -> int:
        return max(self.wait_s, RETRY_AFTER_S)


RETRY_AFTER_S = 35  # M-Pesa advises 30 to 45 s


def _no(reason: Reason) -> Outcome:
    return Outcome(Kind.CERTAIN_NO, reason)


def _ours(setting: Setting) -> Outcome:
    return Outcome(Kind.OURS_TO_MEND, Reason.SHOP_SETUP, setting=setting)


PAID = Outcome(Kind.PAID, Reason.PAID)
RUNNING = Outcome(Kind.SENT, Reason.RUNNING)
UNKNOWN = Outcome(Kind.UNKNOWN, Reason.UNKNOWN)
BUSY = Outcome(Kind.WAIT, Reason.BUSY, wait_s=30, once_more=True)
RULE_LIMITED = Outcome(Kind.WAIT, Reason.RULE_LIMITED, wait_s=120, once_more=True)
PROMPT_OPEN = Outcome(Kind.WAIT, Reason.PROMPT_OPEN, wait_s=60)
PUSH_ERROR = Outcome(Kind.CERTAIN_NO, Reason.PUSH_ERROR, once_more=True)
REFUSED = _no(Reason.REFUSED)
LOW_BALANCE, AMOUNT_LIMIT = _no(Reason.LOW_BALANCE), _no(Reason.AMOUNT_LIMIT)
DAILY_LIMIT, ACCOUNT = _no(Reason.DAILY_LIMIT), _no(Reason.ACCOUNT)
CANCELLED, EXPIRED = _no(Reason.CANCELLED), _no(Reason.EXPIRED)
UNREACHABLE = _no(Reason.UNREACHABLE)
WRONG_PIN, PIN_LOCKED = _no(Reason.WRONG_PIN), _no(Reason.PIN_LOCKED)

# An access token that expired early: any call is retried once with a new token.
DEAD_TOKEN = frozenset({"401.003.01", "400.003.01", "404.001.03"})

CODES: dict[str, Outcome] = {
    # results: of a callback and of a query
    "0": PAID,
    "1": LOW_BALANCE,  # the balance is insufficient for the transaction
    "2": AMOUNT_LIMIT,  # less than the minimum
    "3": AMOUNT_LIMIT,  # greater than the maximum transaction amount
    "4": DAILY_LIMIT,  # would exceed the daily transfer limit
    "5": LOW_BALANCE,  # would fall below the minimum balance
    "6": ACCOUNT,  # unresolved primary party: who pays
    "7": _ours(Setting.SHORTCODE),  # unresolved receiver party
    "8": _ours(Setting.SHOP_LIMIT),  # would exceed the maximum balance of the till or paybill
    "11": ACCOUNT,  # the debit party is in an invalid state
    "12": _ours(Setting.SHORTCODE),  # the credit party is in an invalid state
    "13": ACCOUNT,  # unresolved debit account
    "14": _ours(Setting.SHORTCODE),  # unresolved credit account
    "15": UNKNOWN,  # duplicate detected: the one before it may have been paid
    "17": RULE_LIMITED,  # the older list says "internal failure": waiting is right for both
    "20": _ours(Setting.OTHER),  # unresolved initiator
    "21": _ours(Setting.OTHER),  # the initiator is not allowed to initiate this request
    "26": BUSY,  # traffic blocking condition in place
    "1001": PROMPT_OPEN,  # unable to lock subscriber
    "1019": EXPIRED,
    "1025": PUSH_ERROR,  # the text on the phone was too long
    "1031": CANCELLED,  # as older handsets end it
    "1032": CANCELLED,
    "1036": UNREACHABLE,  # SMSC ACK timeout
    "1037": UNREACHABLE,  # DS timeout: not answered, or not reached
    "2001": WRONG_PIN,  # "the initiator information is invalid"
    "2002": BUSY,  # system busy, in the general list
    "2006": ACCOUNT,  # the account status does not allow this transaction
    "2028": _ours(Setting.TILL),  # not permitted according to product assignment
    "2040": ACCOUNT,  # this type of customer cannot be served
    "2051": ACCOUNT,  # the MSISDN is invalid
    "4999": RUNNING,  # still under processing: a result that is none
    "8006": PIN_LOCKED,  # the security credential is locked: call 100 or 200
    "9999": PUSH_ERROR,
    "SFC_IC0003": _ours(Setting.TILL),  # the operator does not exist: PartyB or TransactionType
    "TP40087": WRONG_PIN,
    # errors: of a push and of a query
    "400.002.02": _ours(Setting.OTHER),  # Bad Request - Invalid …: its text tells what
    "400.002.05": _ours(Setting.OTHER),  # invalid request payload
    "400.003.01": _ours(Setting.CONSUMER_KEY),  # invalid access token, though it is fresh
    "400.008.01": _ours(Setting.CONSUMER_KEY),  # invalid authentication passed
    "400.008.02": _ours(Setting.CONSUMER_KEY),
    "401": _ours(Setting.CONSUMER_KEY),
    "401.002.01": _ours(Setting.CONSUMER_KEY),
    "401.003.01": _ours(Setting.CONSUMER_KEY),
    "404.001.01": _ours(Setting.PRODUCT),  # resource not found
    "404.001.03": _ours(Setting.CONSUMER_KEY),
    "404.001.04": _ours(Setting.CONSUMER_KEY),  # invalid authentication header
    "405.001": _ours(Setting.OTHER),
    "500.001.1001": UNKNOWN,  # any of five things
    "500.001.001": UNKNOWN,  # the same, as some lists spell it
    "500.003.02": BUSY,  # system busy, spike arrest
    "500.003.03": BUSY,  # quota
    "429": BUSY,
    # errors of JSON-RPC, before PayLink's tool is called
    "PAYLINK": _ours(Setting.PAYLINK),  # the transport refused the key
    "-32600": _ours(Setting.PAYLINK),
    "-32601": _ours(Setting.PAYLINK),
    "-32602": _ours(Setting.PAYLINK),
    "-32700": _ours(Setting.PAYLINK),
    # our own code, without an answer of M-Pesa
    "NO_ANSWER": UNKNOWN,
    "UNAVAILABLE": BUSY,
    "REFUSED": REFUSED,
    "INVALID_INPUT": REFUSED,
    "CREDENTIALS": _ours(Setting.CONSUMER_KEY),
}

# Ambiguous codes, whose text is read first.
TEXT_FIRST = frozenset({"500.001.1001", "500.001.001", "400.002.02", "INVALID_INPUT"})

# Text → outcome; the first match counts. No text means "paid".
TEXTS: tuple[tuple[re.Pattern[str], Outcome], ...] = tuple(
    (re.compile(words, re.IGNORECASE), outcome)
    for words, outcome in (
        (r"invalid checkout ?request ?id", UNKNOWN),  # of a query
        (r"invalid access token|invalid[_ ]?access[_ ]?token", _ours(Setting.CONSUMER_KEY)),
        (r"consumer (key|secret)|invalid authentication", _ours(Setting.CONSUMER_KEY)),
        (r"no ?api ?product ?match", _ours(Setting.PRODUCT)),
        (r"wrong (credentials|passkey)", _ours(Setting.PASSKEY)),
        (r"merchant does not exist", _ours(Setting.SHORTCODE)),
        (r"operator does not exist|product assignment", _ours(Setting.TILL)),
        (r"no till is found|invalid (partyb|transaction ?type)", _ours(Setting.TILL)),
        (r"invalid business ?short ?code", _ours(Setting.SHORTCODE)),
        (r"invalid call ?back ?url", _ours(Setting.CALLBACK)),
        (r"invalid (phone ?number|partya|msisdn)|phone[ _]number|\^2547", ACCOUNT),
        (r"invalid (account ?reference|transaction ?desc)", PUSH_ERROR),
        (r"paylink.*(credential|key|project)|unauthori[sz]ed|invalid api key|paylink turned",
         _ours(Setting.PAYLINK)),
        (r"(unknown|no such) tool|tool .{0,40}not found|method not found", _ours(Setting.PAYLINK)),
        (r"environment variables?|input validation error|invalid request parameters",
         _ours(Setting.PAYLINK)),
        (r"(account|transaction)[ _]?(reference|desc\w*) must", _ours(Setting.PAYLINK)),
        (r"mcp error -32(600|601|602|700)|invalid arguments for tool", _ours(Setting.PAYLINK)),
        (r"lock(ed)?\b.{0,3}subscriber|unable to lock|transaction is already in process",
         PROMPT_OPEN),
        (r"(being|under) process", RUNNING),
        (r"rule limited", RULE_LIMITED),
        (r"balance is insufficient|insufficient (balance|funds)", LOW_BALANCE),
        (r"exceed (the )?maximum balance", _ours(Setting.SHOP_LIMIT)),
        (r"daily (transfer )?limit", DAILY_LIMIT),
        (r"limit rule|(maximum|minimum) transaction", AMOUNT_LIMIT),
        (r"credential is locked|pin (is )?(locked|blocked)", PIN_LOCKED),
        (r"(wrong|incorrect|invalid) (m-?pesa )?pin\b|initiator information is invalid", WRONG_PIN),
        (r"account (status|rule)|debit ?party|not (a )?registered", ACCOUNT),
        (r"cancell?ed by (the )?(user|customer)", CANCELLED),
        (r"ds timeout|cannot be reached|smsc ack", UNREACHABLE),
        (r"no response from (the )?user", UNREACHABLE),
        (r"transaction (has )?expired|no mo has been received", EXPIRED),
        (r"sending a? ?push", PUSH_ERROR),
        (r"system (is )?busy|spike ?arrest|quota|rate ?limit|too many requests|traffic blocking",
         BUSY),
    )
)  # fmt: skip

# Outcomes by a code's shape, for a code in no row with a text in no row.
SHAPES: tuple[tuple[re.Pattern[str], Outcome], ...] = (
    (re.compile(r"40[0-9]\.\d+(\.\d+)?"), _ours(Setting.OTHER)),  # refused before anything was done
    (re.compile(r"429\..*"), BUSY),
    (re.compile(r"SFC_.*"), _ours(Setting.TILL)),  # "organisation": PartyB
)
