"""What customers say of their sizes, in English, Swahili and the mix; and what is none of it."""

from __future__ import annotations

import pytest

from dukani.agent.local_reader import understand
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Line, Option
from tests.unit.reader.written import written

DRESS = Option(
    number=1, product_id="p1", sku="A", name="Amani Dress", category="dress",
    colours=("red", "blue"), sizes=("S", "M", "L", "XL"), price_minor=100,
)  # fmt: skip
LINE = Line(
    number=1, name="Amani Dress", colour="red", size="S", quantity=1, unit_price_minor=100,
    variant_id="v", product_id="p1", category="dress",
)  # fmt: skip
START = TurnContext()
ASKED = TurnContext(
    step="size_recommended", options=(DRESS,), focus=DRESS, question="size", choices=("S", "M", "L")
)
CART = TurnContext(step="cart_updated", cart=(LINE,), last_line=1)

TOLD = [
    # a size that is worn
    ("I wear 14", "14, mine"),
    ("I wear a size 14", "14, mine"),
    ("I'm a UK 12", "UK 12, mine"),
    ("I'm a US 10", "US 10, mine"),
    ("I am a 12", "12, mine"),
    ("I'm usually a medium", "M, mine"),
    ("my size is M", "M, mine"),
    ("my dress size is 14", "dress, 14, mine"),
    ("I usually take a large", "L, mine"),
    ("navaa 14", "14, mine"),
    ("ninavaa M", "M, mine"),
    ("huwa navaa size L", "L, mine"),
    ("kawaida navaa 50", "50, mine"),
    ("size yangu ni 12", "12, mine"),
    ("saizi yangu ni XL", "XL, mine"),
    ("mimi ni size 40", "40, mine"),
    ("mimi ni L", "L, mine"),
    ("viatu navaa 38", "shoes, 38, mine"),
    ("my shoe size is 38", "shoes, 38, mine"),
    ("I wear 34B", "34B, mine"),
    ("my bra size is 36C", "bra, 36C, mine"),
    ("she wears 14", "14, theirs"),
    ("anavaa 14", "14, theirs"),
    ("my sister wears size 10", "10, theirs"),
    ("her size is M", "M, theirs"),
    # measures, in centimetres and inches
    ("bust 92 waist 74", "bust 92, waist 74"),
    ("bust 36 waist 28 hips 40", "bust 91.4, waist 71.1, hips 101.6"),
    ("my bust is 92cm", "bust 92, mine"),
    ("bust: 92.5, waist: 74", "bust 92.5, waist 74"),
    ("kifua 92, kiuno 74", "bust 92, waist 74"),
    ("kifua ni 92 na kiuno ni 74", "bust 92, waist 74"),
    ("nyonga inchi 40", "hips 101.6"),
    ("kiuno changu ni 30 inches", "waist 76.2, mine"),
    ("nina kiuno 30 na hips 40", "waist 76.2, hips 101.6, mine"),
    ("nikipima bust ni 94", "bust 94"),
    ("my measurements are 36-28-38", "bust 91.4, waist 71.1, hips 96.5, mine"),
    ("I'm 165 cm tall", "height 165"),
    ("foot length 24 cm", "foot 24"),
    ("waist 30 inches", "waist 76.2"),
    # how a piece fitted
    ("the last one was too tight", "too_small, before"),
    ("it was too big last time", "too_large, before"),
    ("ile dress ya mwisho ilinibana", "dress, too_small, before"),
    ("viatu vya mwisho vilinibana", "shoes, too_small, before"),
    ("ilikuwa kubwa", "too_large, before"),
    ("ilikuwa ndogo sana", "too_small, before"),
    ("ilinipwaya", "too_large, before"),
    ("M is too big on me", "M, too_large"),
    ("the M was too small", "M, too_small, before"),
    ("the dress I bought was too loose", "dress, too_large, before"),
    ("the shoes were too big", "shoes, too_large, before"),
    ("the last dress fit me perfectly", "dress, right, before"),
    ("ilinitosha vizuri", "right, before"),
    ("hiyo M ilinibana", "M, too_small, before"),
    ("last time M ilikuwa ndogo", "M, too_small, before"),
    ("M inanibana", "M, too_small"),
    ("L ni kubwa kwangu", "L, too_large"),
]

NOT_TOLD = [
    "too expensive",
    "bei ni kubwa sana",
    "the dress you sent is torn",
    "is it too tight?",
    "should I wear 14?",
    "I don't wear 14",
    "do you have it in UK 14",
    "waist 32",
    "I want two dresses",
    "I'll take a large",
    "nataka kubwa",
    "I'm 5 months pregnant",
    "show me size 14",
    "urefu 56",
]


@pytest.mark.parametrize("context", [START, ASKED, CART], ids=["start", "asked", "cart"])
@pytest.mark.parametrize(("text", "told"), TOLD, ids=[text for text, _ in TOLD])
def test_what_is_told_of_a_size_is_heard(text: str, told: str, context: TurnContext) -> None:
    acts = [act for act in understand(text, context).acts if isinstance(act, a.TellSize)]

    assert written(acts[:1]) == f"tell_size({told})"


@pytest.mark.parametrize("context", [START, ASKED, CART], ids=["start", "asked", "cart"])
@pytest.mark.parametrize("text", NOT_TOLD)
def test_what_tells_no_size_of_a_person_is_not_taken_for_it(
    text: str, context: TurnContext
) -> None:
    assert not any(isinstance(act, a.TellSize) for act in understand(text, context).acts)


@pytest.mark.parametrize(
    ("text", "context", "acts"),
    [
        # It answers the question that is open, in the words of its own system.
        ("I wear 14", ASKED, "tell_size(14, mine) + set(; 14)"),
        ("I'm a UK 14", ASKED, "tell_size(UK 14, mine) + set(; UK 14)"),
        ("huwa navaa size L", ASKED, "tell_size(L, mine) + set(; L)"),
        # It tells the fit and what is wanted instead.
        ("too small, I want L", CART, "tell_size(too_small) + set(; L)"),
        ("ilinibana, nipe L", ASKED, "tell_size(too_small, before) + set(; L)"),
        # It is told beside a question, which names no size of its own.
        ("bust 92, which size?", ASKED, "tell_size(bust 92) + ask_size()"),
        ("I wear 14, what size should I take?", ASKED, "tell_size(14, mine) + ask_size()"),
        # What only tells orders nothing and takes nothing out.
        ("viatu vya mwisho vilinibana", CART, "tell_size(shoes, too_small, before)"),
        ("ilikuwa kubwa", CART, "tell_size(too_large, before)"),
        ("bust 92 waist 74", CART, "tell_size(bust 92, waist 74)"),
    ],
)
def test_the_rest_of_the_message_is_read_too(text: str, context: TurnContext, acts: str) -> None:
    assert written(understand(text, context).acts) == acts


@pytest.mark.parametrize("text", ["will M fit me?", "will a medium fit?", "M itanitosha?"])
def test_a_question_may_name_the_size(text: str) -> None:
    assert understand(text, ASKED).acts == (a.AskSize(size="M"),)


@pytest.mark.parametrize(
    "text", ["I wear 39 in shoes", "mimi navaa viatu 39", "I wear shoes 39", "navaa kiatu 39"]
)
def test_the_kind_a_size_is_worn_in_is_kept_with_it(text: str) -> None:
    told = [act for act in understand(text, START).acts if isinstance(act, a.TellSize)]
    assert [(act.size, act.target.category) for act in told] == [("39", "shoes")]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("what size shoe do i wear?", a.Target(category="shoes")),
    ],
)
def test_a_size_is_asked_of_the_kind_that_is_named(text: str, target: a.Target) -> None:
    [asked] = [act for act in understand(text, START).acts if isinstance(act, a.AskSize)]
    assert asked.target == target
