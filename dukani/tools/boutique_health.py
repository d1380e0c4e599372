"""What is wrong with a boutique, judged by its signs: findings, the worst first, and one state.

Pure: `core/store/boutique_health.py` reads the signs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from dukani.core.clients.mpesa_answers import outcome_of
from dukani.core.clients.mpesa_outcomes import Kind
from dukani.core.clients.send_errors import HELD, SetUp, action_for, set_up_of
from dukani.core.store.boutique_health import BoutiqueSigns

Level = Literal["broken", "attention"]
State = Literal["healthy", "needs_attention", "paused", "closed"]
FindingKind = Literal[
    "token_refused", "sends_held", "number_problem", "no_number", "held_off_shared_number",
    "sends_failed", "silent", "mpesa_refused", "mpesa_no_answer", "no_mpesa", "dead_letters",
    "jobs_late", "chats_waiting", "templates_stopped", "wallet_empty",
]  # fmt: skip

FEW_FAILURES = 3  # of a day; fewer are phones that were switched off
SILENT_AFTER = timedelta(days=7)
LATE_S = 120
STUCK_S = 900
FEW_PROMPTS = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """`codes` are the provider's own; `detail` is a word of ours, as a setting's name."""

    kind: FindingKind
    level: Level
    count: int = 0
    codes: tuple[str, ...] = ()
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Health:
    state: State
    findings: tuple[Finding, ...]

    @property
    def badness(self) -> int:
        """To sort by: whatever is broken comes before whatever needs a look."""
        return sum(1000 if one.level == "broken" else 1 for one in self.findings)


def judge(signs: BoutiqueSigns, *, now: datetime) -> Health:
    found = [*_channel(signs, now), *_sends(signs), *_mpesa(signs), *_work(signs)]
    found.sort(key=lambda one: one.level != "broken")
    return Health(_state(signs, found), tuple(found))


def _state(signs: BoutiqueSigns, found: list[Finding]) -> State:
    if not signs.active:
        return "closed"
    if signs.paused_at or signs.platform_paused_at or signs.channels_paused:
        return "paused"
    return "needs_attention" if found else "healthy"


def _channel(signs: BoutiqueSigns, now: datetime) -> Iterator[Finding]:
    if not signs.has_number:
        yield Finding("no_number", "attention")
        return
    problem = signs.number_problem
    if problem and problem.startswith("refused_"):
        yield Finding("token_refused", "broken", detail=problem.removeprefix("refused_"))
    elif problem:
        yield Finding("number_problem", "attention", detail=problem)
    if signs.number_held_for:
        yield Finding("held_off_shared_number", "attention", detail=signs.number_held_for)
    if signs.last_message_at and now - signs.last_message_at > SILENT_AFTER:
        yield Finding("silent", "attention", (now - signs.last_message_at).days)


def _sends(signs: BoutiqueSigns) -> Iterator[Finding]:
    held = {code: n for code, n in signs.held_codes.items() if action_for(code) in HELD}
    keys = {code: n for code, n in held.items() if set_up_of(code) is SetUp.KEY}
    others = {code: n for code, n in held.items() if code not in keys}
    if keys and not (signs.number_problem or "").startswith("refused_"):
        yield _of_codes("token_refused", "broken", keys)
    if others:
        yield _of_codes("sends_held", "broken", others)
    if sum(signs.failed_codes.values()) >= FEW_FAILURES:
        yield _of_codes("sends_failed", "attention", signs.failed_codes)


def _of_codes(kind: FindingKind, level: Level, codes: Mapping[str, int]) -> Finding:
    often_first = sorted((code for code in codes if code), key=lambda code: (-codes[code], code))
    return Finding(kind, level, sum(codes.values()), tuple(often_first))


def _mpesa(signs: BoutiqueSigns) -> Iterator[Finding]:
    if signs.payment_provider == "manual":
        return
    if not signs.has_mpesa:
        yield Finding("no_mpesa", "attention")
        return
    if signs.mpesa_problem:
        detail = signs.mpesa_problem.removeprefix("refused_")
        yield Finding("mpesa_refused", "broken", detail=detail)
        return
    outcomes = [
        (outcome_of(p["code"], p["text"] or ""), p["code"]) for p in signs.prompts if p["code"]
    ]
    ours = [(o, code) for o, code in outcomes if o.kind is Kind.OURS_TO_MEND]
    if ours and outcomes[0][0].kind is not Kind.PAID:  # nobody has paid since
        setting = ours[0][0].setting
        codes = tuple(dict.fromkeys(str(code) for _, code in ours))
        yield Finding(
            "mpesa_refused", "broken", len(ours), codes, setting.value if setting else None
        )
    unanswered = [p for p in signs.prompts if p["status"] == "needs_review" or p["code"] is None]
    if len(signs.prompts) >= FEW_PROMPTS and len(unanswered) == len(signs.prompts):
        yield Finding("mpesa_no_answer", "broken", len(unanswered))


def _work(signs: BoutiqueSigns) -> Iterator[Finding]:
    if signs.dead_letters:
        yield Finding("dead_letters", "attention", signs.dead_letters)
    if signs.late_s >= LATE_S:
        level: Level = "broken" if signs.late_s >= STUCK_S else "attention"
        yield Finding("jobs_late", level, round(signs.late_s / 60), detail=str(signs.late_jobs))
    if signs.chats_waiting:
        yield Finding("chats_waiting", "attention", signs.chats_waiting)
    if signs.templates_stopped:
        names = tuple(signs.templates_stopped)
        yield Finding("templates_stopped", "attention", len(names), names)
    if signs.tokens_available == 0 and signs.tokens_spent:
        yield Finding("wallet_empty", "attention")
