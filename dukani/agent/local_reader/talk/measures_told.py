"""Reads the measures of a body: "bust 92, waist 74", "kiuno inchi 30", "36-28-38"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dukani.agent.lexicon.tokens import STOP, Token
from dukani.agent.local_reader.talk.told_words import words_for
from dukani.domain import acts as a

CM_PER_INCH = 2.54
_WORDS = {
    word: measure
    for measure in ("bust", "waist", "hips", "foot", "height", "length")
    for word in words_for(measure)
}
_BETWEEN, _INCHES, _CM = words_for("between"), words_for("inches"), words_for("centimetres")
_MEASURING, _MINE = words_for("measuring"), frozenset(("my", "yangu", "wangu", "changu", "nina"))
_LENGTH = words_for("length")
_NUMBER = re.compile(r"\d{2,3}(?:\.\d+)?")
_FARTHEST = 4  # words between a measure and its number
# What a body can have, in centimetres. A smaller number of a girth is inches.
_POSSIBLE = {
    "bust": (45, 180), "waist": (40, 170), "hips": (45, 190), "foot": (8, 34),
    "height": (45, 220), "length": (40, 190),
}  # fmt: skip
_MOST_INCHES = {"bust": 60, "waist": 58, "hips": 64}


@dataclass(frozen=True, slots=True)
class MeasureTold:
    """A measure, and the tokens that tell it."""

    body: a.BodyMeasure
    start: int
    end: int
    plain: bool  # with a unit, a possessive or another measure: no size of trousers


def measures_told(tokens: Sequence[Token]) -> list[MeasureTold]:
    """Every measure that the words give, in order."""
    if (three := _three(tokens)) is not None:
        return three
    found: list[MeasureTold] = []
    taken = 0
    for at, token in enumerate(tokens):
        measure = _WORDS.get(token.text)
        if measure is None or at < taken:
            continue
        told = _behind(tokens, at, measure) or _before(tokens, at, measure, taken)
        if told is not None:
            found.append(told)
            taken = told.end
    return found


def _behind(tokens: Sequence[Token], at: int, measure: str) -> MeasureTold | None:
    """The measure whose number follows the word: "bust is about 92 cm"."""
    inches = False
    for place in range(at + 1, min(at + 2 + _FARTHEST, len(tokens))):
        if tokens[place - 1].pause == STOP:
            return None
        if _NUMBER.fullmatch(tokens[place].text):
            unit, end = _unit(tokens, place + 1)
            unit = "inches" if inches else unit
            led = at > 0 and not tokens[at - 1].pause  # not of "ya kijana wangu, kiuno 26"
            mine = any(t.text in _MINE for t in tokens[at - led : place])
            return _told(measure, tokens[place].text, unit, at, end, plain=mine)
        inches = inches or tokens[place].text in _INCHES
        of_foot = measure == "foot" and tokens[place].text in _LENGTH
        if tokens[place].text not in _BETWEEN | _CM and not of_foot:
            return None
    return None


def _before(tokens: Sequence[Token], at: int, measure: str, taken: int) -> MeasureTold | None:
    """The measure whose number stands before the word: "92 cm bust", "165 cm tall"."""
    for place in range(at - 1, max(taken, at - 3) - 1, -1):
        if _NUMBER.fullmatch(tokens[place].text):
            unit, _ = _unit(tokens, place + 1)
            near = unit is not None or place == at - 1
            told = near and not tokens[place].pause
            return _told(measure, tokens[place].text, unit, place, at + 1) if told else None
    return None


def _unit(tokens: Sequence[Token], at: int) -> tuple[str | None, int]:
    """(the unit at this place, the place behind it)."""
    if at >= len(tokens) or tokens[at - 1].pause:
        return None, at
    following = tokens[at + 1].text if at + 1 < len(tokens) else ""
    if tokens[at].text == "in" and following and following not in _WORDS and following != "and":
        return None, at  # "waist 30 in black"
    if tokens[at].text in _INCHES:
        return "inches", at + 1
    return ("cm", at + 1) if tokens[at].text in _CM else (None, at)


def _told(
    measure: str, said: str, unit: str | None, start: int, end: int, *, plain: bool = False
) -> MeasureTold | None:
    value = float(said)
    if unit is None and measure == "length" and value < 100:
        return None  # "urefu 56" is the size of an abaya
    inches = unit == "inches" or (unit is None and value < _MOST_INCHES.get(measure, 0))
    cm = round(value * CM_PER_INCH, 1) if inches else value
    low, high = _POSSIBLE[measure]
    if not low <= cm <= high:
        return None
    if measure == "length" and unit != "inches" and value >= 140:
        measure = "height"  # "urefu wangu ni 165"
    told = plain or unit is not None or not inches
    return MeasureTold(a.BodyMeasure(measure=measure, cm=cm), start, end, plain=told)


def _three(tokens: Sequence[Token]) -> list[MeasureTold] | None:
    """Bust, waist and hips in a row: "my measurements are 36-28-38"."""
    said = any(token.text in _MEASURING for token in tokens)
    for at in range(len(tokens) - 4):
        five = [token.text for token in tokens[at : at + 5]]
        dashed = five[1] in ("-", "/") and five[3] in ("-", "/")
        if dashed and all(_NUMBER.fullmatch(five[place]) for place in (0, 2, 4)):
            girths = [_told(m, five[2 * n], None, at, at + 5, plain=True)
                      for n, m in enumerate(("bust", "waist", "hips"))]  # fmt: skip
            whole = said or len(tokens) <= 7
            kept = [girth for girth in girths if girth is not None]
            return kept if whole and len(kept) == 3 else None
    return None
