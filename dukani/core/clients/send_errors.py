"""Maps each error code of Meta, Twilio and Africa's Talking for a refused message to an action.

The same code may come in the answer to a send or in a later delivery status. Sources: Meta "Cloud
API error codes" and Twilio "Error and warning dictionary", read 2026-11; those of Africa's Talking
are its names after `at_` (`africastalking.py`). An unlisted code is mapped by its number's family
(`_SHAPES`) and logged as an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import httpx
import structlog

from dukani.core.clients.transport import KEY_FORM, retry_after_s
from dukani.core.errors import (
    ProviderError,
    ProviderRefused,
    ProviderUnavailable,
    ProviderUnclear,
)

log = structlog.get_logger()


class Action(StrEnum):
    """What to do next about a message that was not delivered.

    An action without a row in `PATIENCE` fails the message at once, with its code. Whoever sends
    to many (a campaign) reads the rest from the action: whom to leave out, and when to stop.
    """

    RETRY = "retry"  # the provider has a fault: send the message again later
    FAULT = "fault"  # a fault, perhaps caused by this message: send again, but not all day
    ASK = "ask"  # a fault, perhaps after sending: ask the provider before sending again
    WAIT_PAIR = "wait_pair"  # too many to this customer: delay this pair only
    WAIT_NUMBER = "wait_number"  # too many from this number: slow its whole queue
    TEMPLATE_ONLY = "template_only"  # outside the 24-hour window
    MARKETING_LIMIT = "marketing_limit"  # the customer gets no marketing for 24 hours at least
    OPT_OUT_MARKETING = "opt_out_marketing"  # the customer stopped marketing
    SUPPRESS = "suppress"  # not reachable: at most 3 spaced tries of a message
    SKIP = "skip"  # Meta keeps this customer out of this send; nobody is at fault
    STOP_CAMPAIGN = "stop_campaign"  # the template is paused: nobody else gets it either
    HOLD_QUEUE = "hold_queue"  # the shop's set-up refuses: keep the messages, tell the owner
    STOP_TENANT = "stop_tenant"  # locked or blocked: keep the messages, tell the owner
    WORDS_ALONE = "words_alone"  # the picture could not be fetched: send the text alone
    FAIL = "fail"  # our request is wrong: sending it again cannot help


class SetUp(StrEnum):
    """The part of the shop's set-up that causes the refusal, for the owner to correct."""

    KEY = "key"  # token or password no longer valid
    PERMISSION = "permission"
    NUMBER = "number"  # not registered, of another account, or its display name not approved
    BILLING = "billing"
    DAILY_LIMIT = "daily_limit"
    TRIAL = "trial"
    SPAM = "spam"
    LOCKED = "locked"  # account locked, suspended or blocked for a policy
    ADDRESS = "address"  # our own public address, given to the provider
    UNKNOWN = "unknown"


NOT_REACHED = "unavailable"  # instead of a code, when the provider was not reached

_CODES: dict[Action, tuple[str, ...]] = {
    Action.RETRY: (
        NOT_REACHED,
        "2", "131016", "131057", "133004",
        "20503", "20504", "30001", "30017", "30410", "30500", "63010", "63012",
    ),
    Action.FAULT: (
        "1", "131000",
        "30008", "30009", "63009", "63023", "63029",
        "at_InternalServerError", "at_GatewayError", "at_RejectedByGateway", "at_Expired",
    ),
    Action.ASK: ("20500",),
    Action.WAIT_PAIR: ("131056",),
    Action.WAIT_NUMBER: (
        "4", "17", "32", "341", "613", "80007", "130429", "133016", "132069",
        "14107", "20429", "21611", "30022", "63017", "63018",
    ),
    Action.TEMPLATE_ONLY: ("131047", "63016"),
    Action.MARKETING_LIMIT: ("131049", "63049"),
    Action.OPT_OUT_MARKETING: ("131050", "21610", "at_UserInBlackList"),
    Action.SUPPRESS: (
        "131026",
        "21211", "21214", "21612", "21614", "30003", "30005", "30006", "63003", "63024", "63033",
        "at_InvalidPhoneNumber", "at_UnsupportedNumberType", "at_CouldNotRoute",
        "at_UserIsInactive", "at_UserDoesNotExist", "at_NotNetworkSubscriber",
        "at_UserAccountSuspended", "at_AbsentSubscriber",
    ),
    Action.SKIP: ("130472", "63032", "at_DoNotDisturbRejection"),
    Action.STOP_CAMPAIGN: ("132007", "132015", "132016", "132068", "63040", "63041", "63042"),
    Action.WORDS_ALONE: ("131052", "131053", "12300", "21620", "63019"),
    Action.FAIL: (
        "100", "130497", "131008", "131009", "131021", "131051", "131055",
        "132000", "132001", "132005", "132012", "135000",
        "21266", "21602", "21604", "21605", "21617", "21619", "21654", "21655", "21656",
        "30004", "30007", "30010", "63005", "63006", "63013", "63014", "63021", "63025", "63027",
        "63028", "63030", "63031",
        # Held for a person there to look at it: it may leave yet, so it is not sent again.
        "at_RiskHold", "at_DeliveryFailure", "at_InvalidLinkId", "at_UserNotSubscribedToProduct",
        "at_Rejected", "at_Failed",
    ),
}  # fmt: skip

# With these codes every message waits until people have corrected the set-up; none is lost.
_SET_UP: dict[tuple[Action, SetUp], tuple[str, ...]] = {
    (Action.HOLD_QUEUE, SetUp.KEY): (
        "0", "102", "190", "20003", "63001", "at_Unauthorised", KEY_FORM,
    ),
    (Action.HOLD_QUEUE, SetUp.PERMISSION): (
        "3", "10", "131005", "20006", "20008", "21408",
    ),
    (Action.HOLD_QUEUE, SetUp.NUMBER): (
        "33", "100.33", "131037", "131045", "133000", "133005", "133006",
        "133008", "133009", "133010", "133015",
        "20404", "21212", "21601", "21603", "21606", "21607", "21703", "21704", "21705", "63002",
        "63007", "63008", "63020", "63022",
        "21660", "30034", "at_InvalidSenderId",
    ),
    (Action.HOLD_QUEUE, SetUp.BILLING): (
        "131042", "134011", "at_InsufficientBalance", "at_InsufficientCredit",
    ),
    (Action.HOLD_QUEUE, SetUp.DAILY_LIMIT): ("30023", "63038"),
    (Action.HOLD_QUEUE, SetUp.TRIAL): ("10002", "131030", "21267", "21608", "63015"),
    (Action.HOLD_QUEUE, SetUp.SPAM): ("131048",),
    (Action.HOLD_QUEUE, SetUp.ADDRESS): ("21609",),
    (Action.STOP_TENANT, SetUp.LOCKED): (
        "368", "131031", "10001", "20005", "30002", "63051",
    ),
}  # fmt: skip

ACTIONS: dict[str, Action] = {code: action for action, codes in _CODES.items() for code in codes}
ACTIONS |= {code: action for (action, _), codes in _SET_UP.items() for code in codes}
_SET_UP_OF = {code: what for (_, what), codes in _SET_UP.items() for code in codes}

# For undescribed codes: first and last number of a family, and the family's usual action.
_SHAPES: tuple[tuple[int, int, Action], ...] = (
    (200, 299, Action.HOLD_QUEUE),  # Meta: a permission is missing
    (133000, 133999, Action.HOLD_QUEUE),  # Meta: the number's registration
    (134000, 134999, Action.HOLD_QUEUE),  # Meta: payment and its terms
    (10000, 10999, Action.HOLD_QUEUE),  # Twilio: the account
    (20000, 20099, Action.HOLD_QUEUE),  # Twilio: its password and rights
    (20500, 20599, Action.ASK),  # Twilio's own HTTP 5xx
)
_STATUSES: tuple[tuple[int, int, Action], ...] = (
    (401, 404, Action.HOLD_QUEUE),  # credentials, payment, permission, unknown account
    (408, 408, Action.ASK),
    (425, 425, Action.RETRY),
    (429, 429, Action.WAIT_NUMBER),
    (503, 503, Action.RETRY),
    (500, 599, Action.ASK),
)

# Of SUPPRESS: WhatsApp does not know the number, or does not reach the phone; an SMS may.
NOT_ON_WHATSAPP = frozenset(("131026", "63003", "63024"))

_HTTP = "http_"

WAITING = frozenset((Action.RETRY, Action.FAULT, Action.ASK, Action.WAIT_PAIR, Action.WAIT_NUMBER))
HELD = frozenset((Action.HOLD_QUEUE, Action.STOP_TENANT))


@dataclass(frozen=True, slots=True)
class Patience:
    """The backoff of a message's retries: doubled each time, for `lasts` in all.

    Without `lasts` the retries go on as long as the message is of use.
    """

    first: timedelta
    longest: timedelta = timedelta(minutes=15)
    lasts: timedelta | None = None
    attempts: int | None = None


_HOLD = Patience(timedelta(minutes=10), longest=timedelta(minutes=10))
PATIENCE: dict[Action, Patience] = {
    Action.RETRY: Patience(timedelta(seconds=2)),
    # A message with an unexplained fault must not block its partition all day.
    Action.FAULT: Patience(timedelta(seconds=2), lasts=timedelta(hours=2)),
    Action.ASK: Patience(timedelta(seconds=15)),
    Action.WAIT_PAIR: Patience(timedelta(seconds=6)),
    Action.WAIT_NUMBER: Patience(timedelta(seconds=2)),
    Action.SUPPRESS: Patience(timedelta(minutes=1), attempts=3),
    Action.HOLD_QUEUE: _HOLD,
    Action.STOP_TENANT: _HOLD,
}


def action_for(code: str | int | None) -> Action:
    """The action of a code; `None` is a failure without one, which is final."""
    if code is None:
        return Action.FAIL
    return ACTIONS.get(str(code)) or _by_shape(str(code))


def set_up_of(code: str) -> SetUp:
    """The part of the set-up that a held message's code is about."""
    return _SET_UP_OF.get(code, SetUp.UNKNOWN)


def _by_shape(code: str) -> Action:
    """The action by the HTTP status beside the code (`7:http_503`), else by the code's family."""
    number, _, status = code.rpartition(_HTTP)
    by_status = _action_of_family(_STATUSES, status) if _HTTP in code else None
    return by_status or _action_of_family(_SHAPES, number.rstrip(":") or code) or Action.FAIL


def _action_of_family(families: tuple[tuple[int, int, Action], ...], number: str) -> Action | None:
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    return next((action for first, last, action in families if first <= int(number) <= last), None)


def _noted(code: str | None, status: int) -> str:
    """The code to store: an unlisted one together with its HTTP status, if that tells more."""
    if code in ACTIONS:
        return str(code)
    if code is None:
        return f"{_HTTP}{status}"
    return code if _action_of_family(_STATUSES, str(status)) is None else f"{code}:{_HTTP}{status}"


def note_unknown(code: str | None, *, provider: str, reason: str = "") -> None:
    """Log an error for an unlisted code, with the action chosen."""
    if code is not None and code not in ACTIONS and not code.startswith(_HTTP):
        log.error(
            "send_error_unknown",
            provider=provider,
            code=code,
            taken_as=action_for(code).value,
            reason=reason,
        )


def send_error(
    response: httpx.Response, *, provider: str, code: str | None, message: str | None
) -> ProviderError:
    """Our error for a refused send: unavailable if waiting helps, unclear if it may be sent."""
    wait_s = retry_after_s(response)
    if code is None and response.status_code in (429, 503):
        return ProviderUnavailable(
            f"HTTP {response.status_code}", provider=provider, retry_after_s=wait_s
        )
    noted = _noted(code, response.status_code)
    note_unknown(noted, provider=provider, reason=message or "")
    reason = message or f"HTTP {response.status_code}"
    action = action_for(noted)
    if action is Action.ASK:
        return ProviderUnclear(reason, provider=provider, code=noted)
    if action in WAITING:
        if wait_s is None and action in (Action.WAIT_PAIR, Action.WAIT_NUMBER):
            wait_s = PATIENCE[action].first.total_seconds()
        return ProviderUnavailable(reason, provider=provider, code=noted, retry_after_s=wait_s)
    return ProviderRefused(reason, provider=provider, code=noted)
