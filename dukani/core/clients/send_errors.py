"""What to do about each code WhatsApp, Meta or Twilio refuses a message with.

One table for both doors: the same code comes in the answer to a send or in a later status.
Sources: Meta "Cloud API error codes" and Twilio "Error and warning dictionary", read 2026-11.
"""

from __future__ import annotations

from enum import StrEnum

import httpx

from dukani.core.clients.transport import retry_after_s
from dukani.core.errors import (
    ProviderError,
    ProviderRefused,
    ProviderUnavailable,
    ProviderUnclear,
)


class Action(StrEnum):
    """Who must do what next about a message that was not delivered."""

    RETRY = "retry"  # a passing fault: the same message again, later
    WAIT_PAIR = "wait_pair"  # too many to this customer: delay this pair only
    WAIT_NUMBER = "wait_number"  # too many from this number: slow its whole queue
    TEMPLATE_ONLY = "template_only"  # outside the 24-hour window
    MARKETING_LIMIT = "marketing_limit"  # no marketing to this customer for at least 24 hours
    OPT_OUT_MARKETING = "opt_out_marketing"  # the customer stopped marketing
    SUPPRESS = "suppress"  # not reachable: at most 3 spaced tries, then never again
    SKIP = "skip"  # Meta keeps this customer out of this send; nobody is at fault
    STOP_CAMPAIGN = "stop_campaign"  # paused template or spam limit: halt and tell the owner
    HOLD_QUEUE = "hold_queue"  # credentials or billing: keep the messages, alert
    STOP_TENANT = "stop_tenant"  # policy block: send nothing more, escalate
    WORDS_ALONE = "words_alone"  # its picture could not be fetched: the words without it
    FAIL = "fail"  # our request is wrong: sending it again cannot help


_CODES: dict[Action, tuple[str, ...]] = {
    Action.RETRY: ("1", "2", "131000", "131016", "131057"),
    Action.WAIT_PAIR: ("131056",),
    Action.WAIT_NUMBER: ("4", "80007", "130429", "20429", "63018"),
    Action.TEMPLATE_ONLY: ("131047", "63016"),
    Action.MARKETING_LIMIT: ("131049", "63049"),
    Action.OPT_OUT_MARKETING: ("131050", "21610"),
    Action.SUPPRESS: ("131026", "21211", "63003", "63024", "63032", "63033"),
    Action.SKIP: ("130472",),
    Action.STOP_CAMPAIGN: ("131048", "132007", "132015", "132016"),
    Action.HOLD_QUEUE: (
        "0",
        "3",
        "10",
        "33",
        "190",
        "131005",
        "131042",
        "20003",
        "63007",
    ),
    Action.STOP_TENANT: ("368", "131031"),
    Action.WORDS_ALONE: ("131053", "63019"),
    Action.FAIL: (
        "100",
        "131008",
        "131009",
        "132000",
        "132001",
        "132012",
        "21617",
        "63005",
    ),
}

ACTIONS: dict[str, Action] = {code: action for action, codes in _CODES.items() for code in codes}

WAITS_S: dict[Action, float] = {Action.WAIT_PAIR: 6.0, Action.WAIT_NUMBER: 2.0}


def action_for(code: str | int | None) -> Action:
    """The action of a code; one we do not know fails, for a blind resend may double."""
    return ACTIONS.get(str(code), Action.FAIL)


def send_error(
    response: httpx.Response, *, provider: str, code: str | None, message: str | None
) -> ProviderError:
    """Our error for a refused send: unavailable when waiting helps, unclear when unreadable."""
    wait_s = retry_after_s(response)
    if code is None and response.status_code not in (429, 503) and response.status_code >= 500:
        return ProviderUnclear(f"HTTP {response.status_code}", provider=provider)
    if code is None and response.status_code in (429, 503):
        return ProviderUnavailable(
            f"HTTP {response.status_code}", provider=provider, retry_after_s=wait_s
        )
    action = action_for(code)
    if action in (Action.RETRY, Action.WAIT_PAIR, Action.WAIT_NUMBER):
        return ProviderUnavailable(
            message,
            provider=provider,
            code=code,
            retry_after_s=wait_s or WAITS_S.get(action),
        )
    return ProviderRefused(message, provider=provider, code=code or str(response.status_code))
