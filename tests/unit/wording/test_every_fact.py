"""Every fact has words in both languages, and they hold what the customer needs to know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from dukani.agent import facts as f
from dukani.agent.wording import word
from dukani.agent.wording.registry import TEMPLATES
from dukani.agent.wording.replies import MAX_REPLY
from dukani.agent.wording.wishes import wish_phrase
from dukani.core.money import format_money
from dukani.domain.acts import Language
from tests.unit.wording.samples import SAMPLES, voice

LANGUAGES: tuple[Language, ...] = ("en", "sw")
FACTS = get_args(get_args(f.AnyFact)[0])
NAMED = (  # fields whose value is said as it is
    *("name", "order_number", "receipt", "phone_masked", "wrong", "paybill", "till"),
    *("address", "last_address", "text", "similar_to", "note"),
)
# M-Pesa's till does not help where the sum, the balance, the PIN or her will is the matter.
NO_TILL = {"low_balance", "cancelled", "wrong_pin", "amount_limit"}


def needed(fact: Any) -> Iterator[str]:
    """The texts without which the words of `fact` would leave a question open."""
    if isinstance(fact, f.OrderEdited):
        yield from needed_of_order(fact)
        return
    for field, value in fact:
        if value in (None, "", ()) or isinstance(value, bool):
            continue
        if field == "address" and getattr(fact, "pickup", False):
            continue
        if field == "till" and getattr(fact, "reason", "") in NO_TILL:
            continue
        if isinstance(value, tuple) and isinstance(value[0], BaseModel):
            yield from (text for part in value for text in needed(part))
        elif isinstance(value, f.Line):
            yield from needed(value)
        elif field in NAMED:
            yield value.split()[0] if isinstance(fact, f.Greeted) else value
        elif field.endswith("_minor") and value:
            yield format_money(value, "KES")
        elif field == "size" and value != "ONE":
            yield value
        elif field in ("quantity", "number", "orders") and value > 1:
            yield str(value)


def needed_of_order(fact: f.OrderEdited) -> Iterator[str]:
    """The piece of each change and what it is now; the cart with its total, if there is one."""
    for change in fact.changes:
        if change.line is not None:
            yield change.line.name
            yield change.line.size
        yield change.name
        yield from (choice for choice in change.choices if choice.isupper())
        yield str(change.left or "")
    for line in fact.lines if fact.lines and len(fact.changes) != 1 else ():
        yield from needed(line)
    if fact.lines:
        yield format_money(fact.total_minor, "KES")


def all_text(fact: f.AnyFact, language: Language) -> str:
    return "\n".join(reply.text for reply in word([fact], voice(language)))


def test_every_fact_has_a_template_in_english_and_swahili() -> None:
    # given / when
    worded = set(TEMPLATES)

    # then a third language may have fewer, and `test_languages.py` counts them
    assert worded >= {(fact, language) for fact in FACTS for language in LANGUAGES}
    assert {fact for fact, _ in worded} == set(FACTS)


def test_there_is_a_sample_of_every_fact() -> None:
    assert {type(fact) for fact in SAMPLES} == set(FACTS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fact", SAMPLES, ids=lambda fact: fact.kind)
def test_words_hold_every_name_price_and_number_a_customer_needs(
    fact: f.AnyFact, language: Language
) -> None:
    # given
    expected = list(needed(fact))
    if isinstance(fact, f.NothingFound):
        expected = [wish_phrase(fact.wish, voice(language))]

    # when
    text = all_text(fact, language)

    # then
    assert text
    assert [value for value in expected if value not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fact", SAMPLES, ids=lambda fact: fact.kind)
def test_a_fact_leaves_no_gap_or_stray_mark_in_its_words(
    fact: f.AnyFact, language: Language
) -> None:
    # when
    text = all_text(fact, language)

    # then
    assert len(text) <= MAX_REPLY
    assert not re.search(r"None|[{}]|\*\*|  | [.,:;!?](?!\d)|\n\n\n|\.\.", text)
    assert text == text.strip()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fact", SAMPLES, ids=lambda fact: fact.kind)
def test_a_question_tells_what_to_answer(fact: f.AnyFact, language: Language) -> None:
    # when
    text = all_text(fact, language)

    # then
    answer = r"(Repl|Writ|Tell|Andika|Jibu|jibu|niambie|Niambie|nieleze|Iandike)"
    assert "?" not in text or re.search(rf"\?.*{answer}", text, re.DOTALL)


def test_the_two_languages_differ_for_every_sample() -> None:
    # ShopAnswer repeats the shop's own words in both.
    same = [
        fact.kind
        for fact in SAMPLES
        if all_text(fact, "en") == all_text(fact, "sw") and not isinstance(fact, f.ShopAnswer)
    ]
    assert same == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("out of stock", "*S* and *L*", "red", "size M")),
        ("sw", ("imeisha", "*S* na *L*", "nyekundu", "saizi M")),
    ],
)
def test_out_of_stock_says_so_and_offers_what_is_there(
    language: Language, words: tuple[str, ...]
) -> None:
    # given
    fact = f.PieceOutOfStock(name="Mtaa T-shirt", colour="red", size="M", other_sizes=("S", "L"))

    # when
    text = all_text(fact, language)

    # then
    assert [part for part in words if part not in text] == []


@pytest.mark.parametrize(("language", "stem"), [("en", "out of stock"), ("sw", "isha")])
@pytest.mark.parametrize("left", [0, 2])
def test_too_few_left_is_out_of_stock_too(language: Language, stem: str, left: int) -> None:
    # given
    fact = f.PieceOutOfStock(name="Mtaa T-shirt", wanted=5, left=left)

    # when
    text = all_text(fact, language)

    # then
    assert stem in text
    assert not left or f"*{left}*" in text


@pytest.mark.parametrize(("language", "yes"), [("en", "*YES*"), ("sw", "*NDIYO* kulipa")])
def test_confirmation_asks_for_a_yes_or_a_change(language: Language, yes: str) -> None:
    # given
    fact = next(fact for fact in SAMPLES if isinstance(fact, f.AskConfirmation))

    # when
    text = all_text(fact, language)

    # then
    assert yes in text
    assert "*KES 13,800*" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_prompt_says_that_the_pin_stays_out_of_the_chat(language: Language) -> None:
    # given
    fact = f.PaymentPrompted(order_number="DK-1", total_minor=100, phone_masked="+254 7••")

    # when
    text = all_text(fact, language)

    # then
    assert "PIN" in text
    assert ("never ask" in text) or ("Hatuombi PIN" in text)
