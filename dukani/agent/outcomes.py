"""Reads from a turn's facts what it came to: how far the sale is, and what could not be done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import Field

from dukani.agent import facts as f
from dukani.core.store.unmet_wishes import Kind
from dukani.domain.naming import words_of
from dukani.domain.pieces import Frozen, Wish

_SHOWS = (
    "options_shown", "options_again", "piece_described", "price_told", "sum_told",
    "sum_without_told", "available",
    "ask_variant", "ask_which_option", "size_advised", "out_of_stock",
)  # fmt: skip
_OF_ONE_PIECE = (
    "price_told", "available", "ask_variant", "size_advised", "out_of_stock", "order_edited",
)  # fmt: skip
_FILLS_THE_CART = ("added_to_cart", "order_edited", "line_changed", "ask_address", "address_noted")
_LONGEST_SUBJECT = 200
_LEAST_OF_A_NUMBER = 6
_MOST_WORDS = 8  # of a message that was not understood: longer ones are never said twice alike


class UnmetWish(Frozen):
    """What a customer asked for and did not get. Equal `kind` and `subject`: the same wish.

    `details` has what a person needs to grant it, by kind: category, colour, size, name, words;
    place for delivery; topic for a question.
    """

    kind: Kind
    subject: str = Field(min_length=1, max_length=_LONGEST_SUBJECT)
    details: Mapping[str, Any] = Field(default_factory=dict)


class Outcome(Frozen):
    """What one turn came to."""

    replied: bool = False
    shown: bool = False
    in_cart: bool = False
    quoted: bool = False
    with_person: bool = False
    misunderstood: bool = False
    of_one_piece: bool = False  # she chose one or asked about it
    unmet: tuple[UnmetWish, ...] = ()


def outcome_of(facts: Sequence[f.Fact], *, words: str = "", by_person: bool = False) -> Outcome:
    """`words` are the customer's; `by_person`: a person of the shop has the chat."""
    kinds = {fact.kind for fact in facts}
    quoted = "ask_confirmation" in kinds
    in_cart = quoted or not kinds.isdisjoint(_FILLS_THE_CART)
    misunderstood = not kinds.isdisjoint(("unclear", "ask_reading", "ask_person"))
    unmet = {(wish.kind, wish.subject): wish for fact in facts for wish in _unmet(fact, words)}
    return Outcome(
        replied=bool(facts) and not by_person,
        shown=in_cart or not kinds.isdisjoint(_SHOWS),
        in_cart=in_cart,
        quoted=quoted,
        with_person=by_person or "handed_off" in kinds,
        misunderstood=misunderstood,
        of_one_piece=any(map(_is_of_one_piece, facts)),
        unmet=tuple(unmet.values()),
    )


def _is_of_one_piece(fact: f.Fact) -> bool:
    only = isinstance(fact, f.OptionsShown) and len(fact.options) == 1
    return only or fact.kind in _OF_ONE_PIECE


def _unmet(fact: f.Fact, words: str) -> Iterator[UnmetWish]:
    match fact:
        case f.NothingFound(wish=wish):
            yield from _of_piece(wish)
        case f.OptionsShown(wish=wish, dropped=dropped):
            yield from _of_dropped(wish, dropped)
        case f.PieceOutOfStock():
            details = {"name": fact.name, "colour": fact.colour, "size": fact.size}
            yield from _wish("stock", (fact.name, fact.colour, fact.size), details)
        case f.ShopAnswer(topic="delivery", place=str(place)) if _no_fee(fact):
            yield from _wish("delivery", (place,), {"place": place})
        case f.ShopAnswer() if _says_nothing(fact):
            yield from _wish("question", (fact.topic,), {"topic": fact.topic})
        case f.OffTopic() | f.Unclear():
            yield from _of_words(words)


def _of_piece(wish: Wish) -> Iterator[UnmetWish]:
    said = (wish.colour, wish.pattern, wish.category, wish.name, wish.words)
    yield from _wish("piece", said, _asked(wish))


def _of_dropped(wish: Wish, dropped: Sequence[str]) -> Iterator[UnmetWish]:
    """What the pieces that were shown instead are not."""
    if "size" in dropped and wish.size:
        yield from _wish("size", (wish.category, wish.size), _asked(wish))
    if "colour" in dropped and wish.colour:
        yield from _wish("colour", (wish.category, wish.colour), _asked(wish))
    if "category" in dropped or "name" in dropped or "words" in dropped:
        yield from _of_piece(wish)
    if wish.budget_max_minor and not {"budget", "budget_max_minor"}.isdisjoint(dropped):
        yield from _wish("price", (wish.category, str(wish.budget_max_minor)), _asked(wish))


def _of_words(words: str) -> Iterator[UnmetWish]:
    said = words_of(words)
    if said and len(said) <= _MOST_WORDS and not any(map(_is_a_number, said)):
        yield from _wish("words", (" ".join(said),), {"words": " ".join(words.split())})


def _is_a_number(word: str) -> bool:
    """A phone's or a receipt's: nobody wishes for it, and it must not outlive its message."""
    return len(word) >= _LEAST_OF_A_NUMBER and any(map(str.isdigit, word))


def _no_fee(answer: f.ShopAnswer) -> bool:
    return answer.zone is None and answer.fee_minor is None


def _says_nothing(answer: f.ShopAnswer) -> bool:
    said = (answer.text, answer.hours, answer.returns_days, answer.fee_minor, answer.granted,
            answer.holds_days, answer.zone)  # fmt: skip
    told = answer.places or answer.zones
    return answer.topic != "assistant" and not told and all(one is None for one in said)


def _asked(wish: Wish) -> dict[str, Any]:
    return wish.model_dump(exclude_none=True, exclude={"exclude_colour", "budget_min_minor"})


def _wish(
    kind: Kind, said: Sequence[str | None], details: Mapping[str, Any]
) -> Iterator[UnmetWish]:
    subject = " ".join(" ".join(word.lower().split()) for word in said if word)
    if subject:
        kept = {name: value for name, value in details.items() if value is not None}
        yield UnmetWish(kind=kind, subject=subject[:_LONGEST_SUBJECT], details=kept)
