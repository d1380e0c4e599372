"""Extracts numbers in digits or words, with money words applied.

"elfu mbili mia tano" is 2500, "3k" 3000, "soo tano" 500; "ya pili" is an ordinal, "x2" a count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.first_of_all import counts_times, says_when

CURRENCY = word_set("figures", "currency")
AFTER_DIGITS_ONLY = frozenset(("k", "g"))
LAKH = 100_000
HALF = frozenset(("nusu", "half"))
CONNECTIVES = word_set("figures", "connectives")
SWAHILI_ORDINALS = frozenset(("kwanza", "pili", "mwisho"))
IN_THOUSANDS = re.compile(r"-?\d{1,3}(?: \d{3})+(?:\.\d+)?")
NOT_LAST_PIECE = word_set("figures", "not_last_piece")


@dataclass(frozen=True, slots=True)
class Figure:
    """The number at tokens[start:end]; `kind` is number, money, ordinal or times."""

    kind: str
    value: int
    start: int
    end: int
    word: bool = False  # said as a word, not in digits


def _digits_of(token: Token) -> float | None:
    if " " in token.text and not IN_THOUSANDS.fullmatch(token.text):
        return None  # the "32 32" of trousers
    text = token.text.replace(",", "").replace(" ", "")
    digits = text.removeprefix("-").replace(".", "", 1)
    return float(text) if digits.isdigit() and text.isascii() else None


def _plain_number(token: Token) -> float | None:
    """The value of a number in digits or words."""
    if token.kind == "number":
        return float(token.value)
    return _digits_of(token)


def _multiplier(token: Token) -> int | None:
    return int(token.value) if token.kind == "money" else None


def _money_group(tokens: Sequence[Token], at: int) -> tuple[float, int] | None:
    """(amount, end) of one group: "5 thao", "elfu tano", "3 k", "mbao"."""
    number, times = _plain_number(tokens[at]), _multiplier(tokens[at])
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if number is not None:
        after = _multiplier(following) if following else None
        return (number * after, at + 2) if after and not tokens[at].pause else None
    if times is None or tokens[at].text in AFTER_DIGITS_ONLY:
        return None
    if following is not None and not tokens[at].pause and (tens := compound_at(tokens, at + 1)):
        return float(times * tens.value), tens.end  # "elfu ishirini na tano"
    count = _plain_number(following) if following and not tokens[at].pause else None
    if count is not None and count < 1000:
        return times * count, at + 2
    return float(times), at + 1


def _money_words(tokens: Sequence[Token], at: int) -> Figure | None:
    """Groups that add up: "elfu mbili [na] mia tano", "three thousand five hundred"."""
    group = _money_group(tokens, at)
    if group is None:
        return None
    total, end = group
    smallest = total
    while end < len(tokens):
        start = end + 1 if tokens[end].text in ("na", "and") and end + 1 < len(tokens) else end
        if tokens[start].text in HALF:
            return Figure("money", int(total + _unit_of(smallest) / 2), at, start + 1)
        more = _money_group(tokens, start) or _thousands_of_lakhs(tokens, start, smallest)
        if more is None or more[0] >= smallest or more[0] < 10:
            break
        total, smallest, end = total + more[0], more[0], more[1]
    return Figure("money", int(min(total, 10**9)), at, end, word=True)


def _thousands_of_lakhs(
    tokens: Sequence[Token], at: int, smallest: float
) -> tuple[float, int] | None:
    """(amount, end) of tens behind "laki", which are thousands: "laki moja na themanini"."""
    if smallest < LAKH or tokens[at - 1].text not in ("na", "and") or tokens[at - 2].pause:
        return None
    compound = compound_at(tokens, at)
    tens = float(compound.value) if compound else _plain_number(tokens[at])
    if tens is None or not 10 <= tens < 100:
        return None
    return tens * 1_000, compound.end if compound else at + 1


def _unit_of(amount: float) -> int:
    """The unit that "na nusu" halves: "laki moja na nusu" is 150,000, "elfu mbili na nusu" 2500."""
    return next((unit for unit in (LAKH, 1_000) if amount >= unit), 1_000)


def _ordinal_at(tokens: Sequence[Token], at: int) -> Figure | None:
    """An ordinal: "the second", "ya pili", "2nd"; a bare "kwanza" only means "first of all"."""
    token = tokens[at]
    before = tokens[at - 1] if at else None
    connected = before is not None and before.text in CONNECTIVES and not before.pause
    if token.kind == "ordinal":
        following = tokens[at + 1].text if at + 1 < len(tokens) else ""
        alone = len(tokens) == 1
        trailing = at + 1 == len(tokens) and at > 0 and not connected
        if token.text == "first" and trailing:  # "remove the bag first"
            return None
        if counts_times(tokens, at) or (not connected and says_when(tokens, at)):
            return None
        if token.text in SWAHILI_ORDINALS and not (connected or alone):
            return None
        pointed = at > 1 and connected and "@this" in tokens[at - 2].tags  # "ile ya mwisho, bei?"
        priced = token.text in ("last", "mwisho") and (
            (following in NOT_LAST_PIECE and not (pointed and token.swahili))
            or (at > 1 and tokens[at - 2].text == "bei")
        )
        return None if priced else Figure("ordinal", int(token.value), at, at + 1)
    number = _plain_number(token)
    ranked = connected and token.text != "moja"  # "ya kwanza", never "ya moja"
    if ranked and before is not None and before.text != "the" and number and 0 < number <= 20:
        end = at + 1 == len(tokens) or tokens[at + 1].kind not in ("category", "garment", "money")
        return Figure("ordinal", int(number), at, at + 1) if end and number % 1 == 0 else None
    return None


def _times_at(token: Token, at: int) -> Figure | None:
    """A count written "x2" or "2x"."""
    text = token.text
    if len(text) > 1 and "x" in (text[0], text[-1]) and text.strip("x").isdecimal():
        return Figure("times", int(text.strip("x")), at, at + 1)
    return None


def _beside_currency(tokens: Sequence[Token], at: int) -> bool:
    before = tokens[at - 1].text if at else ""
    after = tokens[at + 1].text if at + 1 < len(tokens) and not tokens[at].pause else ""
    return before in CURRENCY or after in CURRENCY


def compound_at(tokens: Sequence[Token], at: int) -> Figure | None:
    """A number of tens and ones in words: "thelathini na nane", "thirty eight", "kumi na nne"."""
    tens = _plain_number(tokens[at]) if tokens[at].kind == "number" else None
    if tens is None or tens % 10 or not 10 <= tens <= 90 or tokens[at].pause:
        return None
    if tens == 10 and [token.text for token in tokens[at : at + 2]] != ["kumi", "na"]:
        return None  # English has words of their own for eleven to nineteen
    ones = at + 2 if at + 2 < len(tokens) and tokens[at + 1].text in ("na", "and") else at + 1
    following = tokens[ones] if ones < len(tokens) else None
    if following is None or following.kind != "number" or not 0 < float(following.value) < 10:
        return None
    return Figure("number", int(tens + float(following.value)), at, ones + 1, word=True)


def _is_half_size(tokens: Sequence[Token], at: int, number: float) -> bool:
    """Whether a number is a half size: the 15.5 of a collar, the 7.5 of a shoe."""
    half = tokens[at].text.endswith(".5") and number < 100
    return half and not _beside_currency(tokens, at)


def _figure_at(tokens: Sequence[Token], at: int) -> Figure | None:
    figure = (
        _money_words(tokens, at)
        or _ordinal_at(tokens, at)
        or _times_at(tokens[at], at)
        or compound_at(tokens, at)
    )
    if figure is not None:
        return figure
    number = _plain_number(tokens[at])
    if number is None or abs(number) > 10**9 or _is_half_size(tokens, at, number):
        return None
    spelled = tokens[at].kind == "number"
    money = number >= 100 or "." in tokens[at].text or _beside_currency(tokens, at)
    return Figure("money" if money else "number", int(number), at, at + 1, spelled)


def find_figures(tokens: Sequence[Token]) -> list[Figure]:
    """Every number of the message, in order."""
    figures: list[Figure] = []
    at = 0
    while at < len(tokens):
        figure = _figure_at(tokens, at)
        if figure is not None:
            figures.append(figure)
        at = figure.end if figure else at + 1
    return figures
