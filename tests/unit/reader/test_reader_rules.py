"""Rules that hold for every number, colour, option and text, not for listed ones."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dukani.agent.lexicon.tables import WORDS
from dukani.agent.local_reader import LocalReader, understand
from dukani.agent.local_reader.parsing.cues import INDEX
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from tests.examples import examples
from tests.unit.reader.turns import DRESSES, MIXED, SITUATIONS, read_turn

UNITS = ("", "moja", "mbili", "tatu", "nne", "tano", "sita", "saba", "nane", "tisa")
SAYINGS = sorted(set(WORDS) | {tag for tag in INDEX if tag.isalpha()})
COLOURS = sorted(word for word, entry in WORDS.items() if entry.kind == "colour")
situations = st.sampled_from(sorted(SITUATIONS.values(), key=str))
anything = st.text(max_size=500)
lexicon_salad = st.lists(st.sampled_from(SAYINGS), max_size=12).map(" ".join)


@examples(400)
@given(text=st.one_of(anything, lexicon_salad), context=situations)
def test_every_text_is_read_and_gives_at_least_one_act(text: str, context: TurnContext) -> None:
    understood = understand(text, context)

    assert understood.acts
    assert understood.language in ("en", "sw")


@settings(deadline=None)
@given(text=anything, context=situations)
def test_the_same_text_is_always_read_the_same(text: str, context: TurnContext) -> None:
    assert understand(text, context) == understand(text, context)


@pytest.mark.parametrize("text", ["x❷", "②x", "x²", "٣x", "xx", "x½"])
def test_a_count_in_any_digits_is_read_or_left(text: str) -> None:
    assert understand(f"I want {text} red dresses", TurnContext()).acts


@settings(deadline=None)
@given(thousands=st.integers(1, 9), hundreds=st.integers(0, 9))
def test_swahili_money_adds_up(thousands: int, hundreds: int) -> None:
    # given
    said = f"elfu {UNITS[thousands]}" + (f" mia {UNITS[hundreds]}" if hundreds else "")

    # when
    heard = read_turn("start", f"nataka gauni chini ya {said}")

    # then
    assert heard.slots["budget_max"] == [thousands * 1000 + hundreds * 100]


@settings(deadline=None)
@given(
    amount=st.integers(1, 99), style=st.sampled_from(["{}k", "{},000", "ksh {}000", "{} thousand"])
)
def test_thousands_read_the_same_in_any_writing(amount: int, style: str) -> None:
    heard = read_turn("start", "shoes under " + style.format(amount))

    assert heard.slots["budget_max"] == [amount * 1000]


@settings(deadline=None)
@given(low=st.integers(1, 20), more=st.integers(1, 20))
def test_a_range_keeps_both_ends(low: int, more: int) -> None:
    heard = read_turn("start", f"dresses between {low}k and {low + more}k")

    assert heard.slots["budget_min"] == [low * 1000]
    assert heard.slots["budget_max"] == [(low + more) * 1000]


@settings(deadline=None)
@given(
    number=st.integers(1, 4), style=st.sampled_from(["{}", "number {}", "namba {}", "#{}", "ya {}"])
)
def test_any_shown_number_picks_its_option(number: int, style: str) -> None:
    context = TurnContext(step="products_found", options=MIXED)

    acts = understand(style.format(number), context).acts

    assert acts == (a.Add(target=a.Target(option=number)),)


@settings(deadline=None)
@given(word=st.sampled_from(COLOURS))
def test_every_colour_word_is_searched_by_its_canonical_name(word: str) -> None:
    heard = read_turn("start", f"nataka gauni {word}")

    assert heard.slots["colour"] == [WORDS[word].value]


@settings(deadline=None)
@given(old=st.sampled_from(["S", "M", "L"]), new=st.sampled_from(["XS", "XL", "XXL"]))
def test_not_this_size_but_that_one_corrects_to_that_one(old: str, new: str) -> None:
    for text in (f"not {old}, {new}", f"si {old} ni {new}", f"hapana si {old}, nataka {new}"):
        heard = read_turn("piece", text)
        assert heard.acts == (a.Set(values=a.Values(size=new), change=True),), text


@settings(deadline=None)
@given(place=st.from_regex(r"[A-Z][a-z]{3,9}, (House|Plot|Block) [A-Z]?[0-9]{1,3}", fullmatch=True))
def test_an_awaited_address_is_kept_in_the_customers_words(place: str) -> None:
    for lead in ("", "niletee ", "deliver to ", "my address is ", "niko "):
        acts = understand(lead + place, SITUATIONS["address"]).acts
        assert acts == (a.SetAddress(text=place),)


async def test_two_picks_are_two_acts_in_the_order_said() -> None:
    context = TurnContext(step="products_found", options=DRESSES)

    understood = await LocalReader().read("nichukulie 2 na 3", context)

    assert understood.acts == (
        a.Add(target=a.Target(option=2)),
        a.Add(target=a.Target(option=3)),
    )
