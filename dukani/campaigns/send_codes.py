"""What a refusal means for its recipient, for the campaign and for the number. Pure.

`core/clients/send_errors.py` says which action a code of Meta's or Twilio's asks for; this is the
table of what a campaign does then. A code may come in the answer to the send or hours later in a
status, and means the same. An unknown code fails the recipient, and the owner is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from dukani.core.clients.send_errors import ACTIONS, HELD, Action, action_for
from dukani.domain.campaigns import Pace

LONGEST_WAIT = timedelta(days=7)
# Meta's words for "too many of your recipients blocked or reported you": not a matter of waiting.
SPAM = "131048"

Stop = Literal["spam", "template", "blocked", "parameters"]


@dataclass(frozen=True, slots=True)
class Rule:
    """What follows from one action.

    `retry_after`: the first wait before the recipient is tried again, doubled each time; none: it
    has failed. A wait that is not `counted` is no fault of the recipient's, and uses up no retry.
    `rest`: the whole number waits so long, doubled as well. `stop`: the campaign is over
    ("parameters") or waits for its owner (the others), with this reason.
    """

    retry_after: timedelta | None = None
    counted: bool = True
    rest: timedelta | None = None
    stop: Stop | None = None
    suppress: bool = False  # when the retries are used up, nobody writes to the number again
    opt_out: bool = False
    # She counts as written to, whatever ends this: she gets nothing else at once, and no other
    # template instead.
    keeps_contact: bool = False


_PASSING = Rule(retry_after=timedelta(seconds=30))
_FINAL = Rule()
RULES: Mapping[Action, Rule] = {
    Action.RETRY: _PASSING,
    Action.FAULT: _PASSING,
    # Perhaps sent: `posting.py` makes it unknown. Told by a status, it has failed for certain.
    Action.ASK: _PASSING,
    Action.WAIT_PAIR: Rule(retry_after=timedelta(seconds=6), counted=False),
    Action.WAIT_NUMBER: Rule(
        retry_after=timedelta(seconds=2), counted=False, rest=timedelta(seconds=2)
    ),
    Action.MARKETING_LIMIT: Rule(retry_after=timedelta(hours=24), keeps_contact=True),
    Action.OPT_OUT_MARKETING: Rule(opt_out=True),
    Action.SUPPRESS: Rule(retry_after=timedelta(minutes=1), suppress=True),
    Action.SKIP: _FINAL,
    Action.STOP_CAMPAIGN: Rule(retry_after=timedelta(0), counted=False, stop="template"),
    Action.HOLD_QUEUE: Rule(
        retry_after=timedelta(minutes=10), counted=False, rest=timedelta(minutes=10)
    ),
    Action.STOP_TENANT: Rule(retry_after=timedelta(0), counted=False, stop="blocked"),
    Action.TEMPLATE_ONLY: _FINAL,
    Action.WORDS_ALONE: _PASSING,  # the picture could not be fetched
    Action.FAIL: _FINAL,
}
_BY_CODE: Mapping[str, Rule] = {
    SPAM: Rule(retry_after=timedelta(0), counted=False, stop="spam"),
    # The template does not take what we fill in: nobody else's would be taken either.
    **{
        code: Rule(stop="parameters")
        for code in ("100", "131008", "132000", "132005", "132012", "21656", "63028")
    },
    # Sent to her as an experiment of WhatsApp's own, or not at all.
    "130472": _FINAL,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a recipient whose message was refused; `wait`: tried again after it."""

    code: str
    rule: Rule
    wait: timedelta | None
    known: bool

    @property
    def suppress(self) -> bool:
        return self.rule.suppress and self.wait is None


def rule_of(code: str | None) -> Rule:
    return _BY_CODE.get(str(code)) or RULES[action_for(code)]


def judge(code: str | None, *, tries: int, pace: Pace) -> Verdict:
    """The verdict on a message refused with `code` at its `tries`-th try (from 1).

    `pace` says whether and how often the owner wants a failed one tried again; waits that are no
    fault of the recipient's are not hers to limit.
    """
    rule = rule_of(code)
    may_retry = not rule.counted or (pace.retry_failed and tries <= pace.max_retries)
    wait = None
    if rule.retry_after is not None and may_retry:
        wait = min(rule.retry_after * 2 ** min(max(tries - 1, 0), 12), LONGEST_WAIT)
    return Verdict(code or "failed", rule, wait, known=code is not None and _is_known(code))


def rest_of(code: str | None, *, tries: int) -> timedelta | None:
    """How long the number sends nothing of campaigns."""
    rest = rule_of(code).rest
    return rest and min(rest * 2 ** min(max(tries - 1, 0), 5), timedelta(hours=1))


def is_held(code: str | None) -> bool:
    """Whether the boutique's set-up at the provider is the reason, which people must mend."""
    return code is not None and code != SPAM and action_for(code) in HELD


def _is_known(code: str) -> bool:
    return code in ACTIONS or code.startswith("http_") or ":http_" in code
