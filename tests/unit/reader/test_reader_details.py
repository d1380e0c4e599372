"""Raw text, language and names: what the tables of acts leave out."""

from __future__ import annotations

from typing import Any

import pytest

from dukani.agent.lexicon.tokens import tokenise
from dukani.agent.local_reader import understand
from dukani.agent.local_reader.parsing.language import told_language
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from tests.unit.reader.turns import SITUATIONS, options

RECEIPT = "SGR4XK29QT Confirmed. Ksh4,500.00 sent to DUKA on 3/5/26 at 4:12 PM."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("nataka gauni jekundu", "sw"),
        ("niaje, uko na hoodie?", "sw"),  # Sheng
        ("nataka the blue one size M", "sw"),  # a mix is answered in Swahili
        ("do you have kitenge skirts?", "en"),  # a garment's name tells no language
        ("naam", "sw"),
        ("STK haijakuja", "sw"),
        ("I want to pay with mpesa", "en"),
        ("I just got a new job 😀 looking for a suit", "en"),  # words of both languages
        ("do you have vitenge for a wedding?", "en"),  # a thing called in Swahili
        ("the kofia in white please", "en"),
        ("aki she has changed her mind, the large one", "en"),
        ("I want kofia na viatu", "sw"),
        ("niko job, nitalipa jioni", "sw"),
        ("add a kofia mbili", "sw"),
    ],
)
def test_language_follows_the_words(text: str, language: str) -> None:
    assert understand(text, TurnContext()).language == language


@pytest.mark.parametrize(
    "text", ["2", "M", "ok", "XL", "38", "yes", "ok yes", "yes please", "thanks", "Thank you"]
)
def test_a_short_answer_keeps_the_language_of_the_conversation(text: str) -> None:
    for language in ("en", "sw"):
        assert understand(text, TurnContext(language=language)).language == language


@pytest.mark.parametrize(
    "text", ["gomesi purple", "akala black 42", "kanga 2 pls", "kiondo", "kitenge?", "aki nice"]
)
def test_names_of_pieces_and_exclamations_tell_no_language(text: str) -> None:
    for language in ("en", "sw"):
        assert understand(text, TurnContext(language=language)).language == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("aah no blue in my size then leave mine as black. how much is the kiondo bag?", "en"),
        ("a kitenge dress size 12", "en"),
        ("yes send it", "en"),
        ("kofia na viatu", "sw"),
        ("price ya dera", "sw"),
        ("sawa", "sw"),
    ],
)
def test_a_word_of_one_language_tells_it(text: str, language: str) -> None:
    for usual in ("en", "sw"):
        assert understand(text, TurnContext(language=usual)).language == language


@pytest.mark.parametrize("text", ["Kilimani, Rose Apartments B4, second floor", RECEIPT])
def test_an_address_or_a_receipt_tells_no_language(text: str) -> None:
    asked = TurnContext(step="awaiting_delivery_address", language="sw")
    assert understand(text, asked).language == "sw"


@pytest.mark.parametrize("text", ["Je cherche une robe rouge", "I need a red dress for work"])
def test_a_usual_language_that_is_not_told_apart_stays(text: str) -> None:
    usual: Any = "fr"  # none of ours yet

    assert told_language(tokenise(text), usual) == usual


@pytest.mark.parametrize("text", ["bei ya mwisho?", "any discount?", "punguza bei kidogo"])
def test_bargaining_is_a_price_question_about_a_discount(text: str) -> None:
    acts = understand(text, SITUATIONS["options"]).acts

    assert acts == (a.AskPrice(discount=True),)


@pytest.mark.parametrize("text", ["cheaper ones please", "za bei nafuu"])
def test_cheaper_is_kept_as_a_word_of_the_search(text: str) -> None:
    acts = understand(text, SITUATIONS["options"]).acts

    assert acts == (a.Search(cheaper=True),)


def test_a_pasted_receipt_is_kept_whole() -> None:
    (paid,) = understand(RECEIPT, SITUATIONS["paying"]).acts

    assert paid == a.ClaimPaid(text=RECEIPT, receipt="SGR4XK29QT")


@pytest.mark.parametrize(
    "text", ["the malkia one", "ile ya malkia", "Malkya please", "nataka malkia"]
)
def test_names_come_from_what_is_shown(text: str) -> None:
    # given
    renamed = options("wrap", "ankara")[1].model_copy(update={"name": "Malkia Evening Dress"})
    context = TurnContext(step="products_found", options=(options("wrap")[0], renamed))

    # when
    (picked,) = understand(text, context).acts

    # then
    assert isinstance(picked, a.Add)
    assert (picked.target.name or "").startswith("malk")


@pytest.mark.parametrize(
    "text",
    ["stop showing me blue ones", "don't stop", "I can't stop looking at it", "bus stop"],
)
def test_stop_inside_other_talk_is_no_opt_out(text: str) -> None:
    kinds = {act.kind for act in understand(text, SITUATIONS["options"]).acts}

    assert "opt_out" not in kinds


@pytest.mark.parametrize(
    "step", ["start", "options", "piece", "cart", "address", "confirm", "paying"]
)
@pytest.mark.parametrize("text", ["STOP", "acha", "Unsubscribe", "stop sending me messages"])
def test_opt_out_is_heard_at_every_step(step: str, text: str) -> None:
    assert [act.kind for act in understand(text, SITUATIONS[step]).acts] == ["opt_out"]


def test_a_photo_without_words_is_a_search() -> None:
    (act,) = understand("", TurnContext(with_image=True)).acts

    assert act.kind == "search"


def test_several_sizes_are_several_variants() -> None:
    acts = understand("mbili M na moja L", SITUATIONS["piece"]).acts

    assert acts == (
        a.Add(values=a.Values(size="M", quantity=2)),
        a.Add(values=a.Values(size="L", quantity=1)),
    )
