"""Extracts the customer's budget: under, over, between or about an amount."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.words import known
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.figures import CURRENCY, Figure

LEAST = word_set("budget", "least")
JOINS = word_set("budget", "joins")
DENIED = word_set("budget", "denied")
PLACES = word_set("budget", "places")
REACH, DENIED_REACH = 4, 7
MOST = 100_000_000  # a larger number is a phone's


def _words_before(tokens: Sequence[Token], start: int, reach: int = REACH) -> list[str]:
    return [token.text for token in tokens[max(0, start - reach) : start]]


def _joined(tokens: Sequence[Token], first: Figure, second: Figure) -> bool:
    between = [t.text for t in tokens[first.end : second.start] if t.text not in CURRENCY]
    return bool(between) and len(between) <= 2 and set(between) <= JOINS


def _share_thousands(low: int, high: int) -> int:
    """The lower amount, in thousands where only the higher says so: "3-5k", "3 to 5k"."""
    return low * 1000 if low < 100 and high >= 1000 else low


def find_budget(
    tokens: Sequence[Token], figures: Sequence[Figure]
) -> tuple[dict[str, int], set[int]]:
    """({budget_min, budget_max}, starts of the figures used)."""
    for first, second in itertools.pairwise(figures):
        if second.kind == "money" and first.kind != "ordinal" and _joined(tokens, first, second):
            low, high = _share_thousands(first.value, second.value), second.value
            if low >= 100 and low < high:
                return {"budget_min": low, "budget_max": high}, {first.start, second.start}
    amounts = [
        figure
        for figure in figures
        if figure.kind == "money"
        and figure.value < MOST
        and not tokens[figure.start].text.startswith("0")  # a phone begins so: "use 0772"
        and not _of_a_name(tokens, figure)
    ]
    if not amounts:
        return {}, set()
    used = {figure.start for figure in amounts}
    return {_budget_side(tokens, amount): amount.value for amount in amounts[-2:]}, used


def _of_a_name(tokens: Sequence[Token], amount: Figure) -> bool:
    """Whether a number belongs to a name or an address: "Levis 501", "house 250"."""
    before = tokens[amount.start - 1] if amount.start else None
    if before is None or before.pause or amount.word or amount.end - amount.start > 1:
        return False
    unknown = before.entry is None and before.verb is None and not known(before.text)
    after = tokens[amount.end].text if amount.end < len(tokens) else ""
    numbered = before.text in PLACES or (unknown and before.text.isalpha())
    return numbered and after not in CURRENCY and before.text not in CURRENCY


def _budget_side(tokens: Sequence[Token], amount: Figure) -> str:
    """budget_max or budget_min, by the words around the amount."""
    before = _words_before(tokens, amount.start)
    if "but" in before or "lakini" in before:
        before = before[max(before.index(w) for w in ("but", "lakini") if w in before) :]
    denied = DENIED & set(_words_before(tokens, amount.start, DENIED_REACH))
    behind = tokens[amount.end : amount.end + 3] if not tokens[amount.end - 1].pause else ()
    after = {token.text for token in behind}  # not of "chini ya elfu nne, sina zaidi"
    if "sina" in after:
        after = set()  # "lisizidi elfu nne maana sina zaidi"
    upward = bool(LEAST & set(before)) or bool({"juu", "above", "up", "zaidi"} & after)
    return "budget_min" if upward and not denied and "less" not in before else "budget_max"
