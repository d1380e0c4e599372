"""Keeps of an outside mind's acts what the customer's own words bear out. Pure.

A language model can be talked into anything by the words it reads. What starts, settles or ends a
payment therefore needs a second reading of the same words by this machine's own reader. A figure,
an address or a phone number must have been said: replies and the shop repeat them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from dukani.domain.acts import (
    Act,
    AskShop,
    Cancel,
    ClaimPaid,
    Confirm,
    OrderStatus,
    PayAgain,
    Search,
    SetAddress,
    SetNote,
    SetPayer,
    TellSize,
    Understanding,
)

_A = TypeVar("_A", Search, AskShop, OrderStatus)

_OF_PAYMENT = (Confirm, PayAgain, ClaimPaid, Cancel)
_COUNTS = ("quantity", "by", "times")
_MOST_UNSAID = 20  # a count up to this may be said in words of any language: "a dozen"
_WORD = re.compile(r"\w+")
_FIGURE = re.compile(r"\d+")
_FIGURE_SAID = re.compile(r"\d+(?:[.,]\d+)*")
_CM_PER_INCH, _ROUNDED = 2.54, 0.6  # a mind may round to whole centimetres
_DIGITS_OF_A_PHONE = 9  # without country code or leading zero


def grounded(
    understood: Understanding, *, plainly: Understanding, words: str, names: str = ""
) -> Understanding:
    """The mind's acts that the words bear out; the plain reading when none is left.

    `plainly` is what this machine's reader makes of the same words in the same context. `names`
    holds the names of all pieces the mind was told of, any of which the words may mean.
    """
    said = [_in_known_words(act, _words_in(f"{words} {names}")) for act in understood.acts]
    kept = tuple(act for one in said if one and (act := _grounded(one, plainly, words)))
    return understood.model_copy(update={"acts": kept or plainly.acts})


def _grounded(act: Act, plainly: Understanding, words: str) -> Act | None:
    if isinstance(act, _OF_PAYMENT):
        # The plain act itself: the receipt a claim gives is the one that was written.
        return next((plain for plain in plainly.acts if type(plain) is type(act)), None)
    if not _has_sound_counts(act, plainly, words):
        return None
    match act:
        case SetPayer(phone=str(phone)):
            return act if _is_said_phone(phone, words) else None
        case SetAddress(text=text) | SetNote(text=text):
            return act if _words_in(text) <= _words_in(words) else None
        case TellSize():
            return act if _is_said_size(act, words) else None
        case Search():
            return _without(act, _unsaid_of_search(act, plainly, words))
        case AskShop(place=text, until=until):
            told = {"place": text, "until": until}
            return _without(act, [name for name, value in told.items() if _adds(value, words)])
        case OrderStatus(order_ref=ref, receipt=code):
            told = {"order_ref": ref, "receipt": code}
            return _without(act, [name for name, value in told.items() if _adds(value, words)])
    return act


def _in_known_words(act: Act, known: set[str]) -> Act | None:
    """The act, if a name it gives was said or is of the shop; a search goes on without it."""
    if isinstance(act, Search):
        texts = {"text": act.text, "name": act.name}
        act = _without(act, [name for name, text in texts.items() if _words_in(text) - known])
        return None if act == Search() else act
    named = _names_of(act.model_dump(exclude_none=True))
    return act if all(_words_in(name) <= known for name in named) else None


def _names_of(told: Any) -> Iterator[str]:
    if isinstance(told, dict):
        yield from (value for key, value in told.items() if key == "name")
        yield from (name for value in told.values() for name in _names_of(value))
    elif isinstance(told, list | tuple):
        yield from (name for value in told for name in _names_of(value))


def _unsaid_of_search(act: Search, plainly: Understanding, words: str) -> list[str]:
    """The fields of a search whose figures were not said."""
    said = _amounts_said(words) | set(_numbers_of(plainly.acts))
    budgets = {"budget_min": act.budget_min, "budget_max": act.budget_max}
    return [name for name, budget in budgets.items() if budget and budget not in said]


def _without(act: _A, fields: Sequence[str]) -> _A:
    return act.model_copy(update=dict.fromkeys(fields)) if fields else act


def _adds(text: str | None, words: str) -> bool:
    """Whether the text has a figure that the words have not."""
    return bool(set(_FIGURE.findall(text or "")) - set(_FIGURE.findall(words)))


def _has_sound_counts(act: Act, plainly: Understanding, words: str) -> bool:
    counts = [n for n in _counts_of(act.model_dump(exclude_none=True)) if abs(n) > _MOST_UNSAID]
    if not counts:
        return True
    said = _amounts_said(words) | {abs(n) for n in _numbers_of(plainly.acts)}
    return all(abs(n) in said for n in counts)


def _counts_of(told: Any) -> Iterator[int]:
    """Every quantity in the fields of an act, however deep."""
    if isinstance(told, dict):
        for name, value in told.items():
            if name in _COUNTS and isinstance(value, int):
                yield value
            else:
                yield from _counts_of(value)
    elif isinstance(told, list | tuple):
        for value in told:
            yield from _counts_of(value)


def _numbers_of(acts: Sequence[Act]) -> Iterator[int]:
    """Every count and budget that the plain reading found, in figures or in words."""
    for act in acts:
        yield from _counts_of(act.model_dump(exclude_none=True))
        if isinstance(act, Search):
            yield from (n for n in (act.budget_min, act.budget_max) if n is not None)


def _amounts_said(words: str) -> set[int]:
    """The words' figures, and their thousands: "3k", "5 thao", "elfu 2"."""
    figures = [re.sub(r"[.,](?=\d{3}\b)", "", said) for said in _FIGURE_SAID.findall(words)]
    amounts = [float(figure.replace(",", ".")) for figure in figures if figure.count(".") < 2]
    return {round(amount * unit) for amount in amounts for unit in (1, 1000)}


def _is_said_phone(phone: str, words: str) -> bool:
    wanted = "".join(_FIGURE.findall(phone))[-_DIGITS_OF_A_PHONE:]
    return bool(wanted) and wanted in "".join(_FIGURE.findall(words))


def _is_said_size(act: TellSize, words: str) -> bool:
    """Whether the figures of a size and of every measure were said, in centimetres or inches."""
    said = [float(figure.replace(",", ".")) for figure in re.findall(r"\d+(?:[.,]\d+)?", words)]
    spoken = [*said, *(inches * _CM_PER_INCH for inches in said)]
    measured = all(any(abs(m.cm - cm) < _ROUNDED for cm in spoken) for m in act.measures)
    return measured and not _adds(act.size, words)


def _words_in(text: str | None) -> set[str]:
    return set(_WORD.findall((text or "").lower()))
