"""What the order is after a message that counts lines anew or keeps some, read by both minds."""

from __future__ import annotations

import asyncio

import pytest

from dukani.agent.local_reader import LocalReader, understand
from dukani.agent.local_reader.learned.effect import effect_of
from dukani.agent.local_reader.learned.of_acts import read_of
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Option
from tests.unit.reader.shelves import lines_after, ordered, sold_from

SHELF = {
    "Wool Scarf": ("scarf", ("red", "black", "cream"), ("ONE",)),
    "Knit Gloves": ("gloves", ("black", "grey"), ("ONE",)),
    "Beanie Hat": ("hat", ("black", "white"), ("ONE",)),
    "Pleated Skirt": ("skirt", ("black", "pink"), ("S", "M", "L")),
    "Ankle Boots": ("shoes", ("brown", "black"), ("38", "39", "40", "41")),
    "Kitten Heels": ("shoes", ("nude", "black", "red"), ("37", "38", "39")),
    "Canvas Tote": ("bag", ("brown", "black"), ("ONE",)),
    "Evening Purse": ("bag", ("gold", "silver"), ("ONE",)),
    "Polo Shirt": ("shirt", ("red", "navy"), ("M", "L", "XL", "XXL")),
    "Khaki Trouser": ("trousers", ("beige", "navy"), ("30", "32", "34")),
    "Viatu vya Darasa (Kids)": ("shoes", ("black",), ("28", "30")),
    "Sandals Laini (Kids)": ("shoes", ("pink", "blue"), ("26", "28")),
    "Thermal Vest": ("vest", ("white",), ("M", "L")),
}
SOLD = sold_from(SHELF)


def order(*lines: str, step: str = "cart_updated", last: int | None = None) -> TurnContext:
    """An order of lines like `2 Knit Gloves/black/ONE`."""
    return TurnContext.model_validate({
        "step": step, "sold": SOLD, "last_line": last,
        "cart": ordered(SHELF, *lines),
    })  # fmt: skip


def after(text: str, context: TurnContext) -> set[str]:
    acts = asyncio.run(LocalReader().read(text, context)).acts
    return lines_after(acts, context)


@pytest.mark.parametrize(
    "text",
    [
        "ah wacha black ziwe 4 na cream 1",
        "acha nyeusi ziwe nne na cream moja",
        "hebu wacha za black ziwe 4 alafu za cream 1",
        "wacha black ikuwe 4 na cream ikuwe 1",
        "let black be 4 and cream 1",
    ],
)
def test_what_is_let_be_so_many_does_not_go(text: str) -> None:
    scarves = order("3 Wool Scarf/black/ONE", "2 Wool Scarf/cream/ONE")
    assert after(text, scarves) == {"4 Wool Scarf/black/ONE", "1 Wool Scarf/cream/ONE"}


WINTER = order("1 Wool Scarf/red/ONE", "3 Knit Gloves/black/ONE", "2 Beanie Hat/black/ONE")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("wacha gloves", {"1 Wool Scarf/red/ONE", "2 Beanie Hat/black/ONE"}),
        ("wacha beanies, gloves ziwe mbili", {"1 Wool Scarf/red/ONE", "2 Knit Gloves/black/ONE"}),
    ],
)
def test_what_is_let_go_goes(text: str, lines: set[str]) -> None:
    assert after(text, WINTER) == lines


@pytest.mark.parametrize("step", ["cart_updated", "awaiting_confirmation"])
@pytest.mark.parametrize(
    "text",
    [
        "sorry nimecount vibaya, navy ni moja tu, red ndo ziwe mbili",
        "nimehesabu vibaya, navy ni moja, red ni mbili",
        "i counted wrong, navy is just one, red is two",
        "navy moja tu, red ziwe mbili",
    ],
)
def test_each_line_is_counted_anew(text: str, step: str) -> None:
    polos = order("2 Polo Shirt/navy/M", "1 Polo Shirt/red/M", step=step)
    assert after(text, polos) == {"1 Polo Shirt/navy/M", "2 Polo Shirt/red/M"}


@pytest.mark.parametrize(
    "text",
    [
        "nibakishie tu school shoes na sandals za pink",
        "budget imekataa, bakisha viatu na sandals za pink tu",
    ],
)
def test_shoes_beside_sandals_are_the_others_filed_so(text: str) -> None:
    pink, shoes = "1 Sandals Laini (Kids)/pink/26", "1 Viatu vya Darasa (Kids)/black/30"
    assert after(text, order(pink, "1 Sandals Laini (Kids)/blue/28", shoes)) == {pink, shoes}


@pytest.mark.parametrize(
    "text",
    [
        "purse nichukue moja tu, ile ya gold. nyingine toa",
        "purse nitachukua ya gold tu, ile nyingine toa",
        "purse moja inatosha, ya gold, hiyo ingine ondoa",
        "purse nabaki na ya gold, hiyo ingine toa",
        "purse moja inatosha, bakisha gold",
    ],
)
@pytest.mark.parametrize("third", ["1 Kitten Heels/nude/38", "1 Canvas Tote/brown/ONE"])
def test_the_other_of_the_kind_goes_alone(text: str, third: str) -> None:
    gold = "1 Evening Purse/gold/ONE"
    assert after(text, order(gold, "1 Evening Purse/silver/ONE", third)) == {gold, third}


@pytest.mark.parametrize(
    "text",
    [
        "zii, pair moja inatosha. baki na nude",
        "moja inatosha, niachie nude",
        "nah one is enough, stay with the nude",
    ],
)
@pytest.mark.parametrize("other", ["1 Kitten Heels/black/38", "1 Ankle Boots/brown/38"])
def test_one_is_enough(text: str, other: str) -> None:
    nude = "1 Kitten Heels/nude/38"
    assert after(text, order(nude, other)) == {nude}


@pytest.mark.parametrize(
    "text",
    [
        "my small sister wants hers in black, so one of the 38 black please",
        "one of the 38 in black",
        "so one of the 38 black please",
    ],
)
def test_one_of_a_size_becomes_another_colour(text: str) -> None:
    heels = order("2 Kitten Heels/red/38", "1 Kitten Heels/red/39")
    assert after(text, heels) == {
        "1 Kitten Heels/red/38", "1 Kitten Heels/black/38", "1 Kitten Heels/red/39",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Just the L and XL, leave the XXL",
        "just the L and XL, leave out the XXL",
        "L na XL tu, XXL acha",
        "nichukue L na XL pekee, XXL wacha",
    ],
)
def test_the_sizes_left_out_go_and_the_others_stay(text: str) -> None:
    two = {"2 Polo Shirt/navy/L", "2 Polo Shirt/navy/XL"}
    assert after(text, order(*sorted(two), "1 Polo Shirt/navy/XXL")) == two


@pytest.mark.parametrize(
    "text",
    [
        "keep the scarf and one glove, nothing else",
        "the scarf and one pair of gloves, nothing else",
        "scarf na gloves pair moja, hakuna kingine",
        "keep the scarf and 1 gloves, that's all",
        "nabaki na scarf na gloves moja, zingine toa",
    ],
)
def test_nothing_else_stays(text: str) -> None:
    assert after(text, WINTER) == {"1 Wool Scarf/red/ONE", "1 Knit Gloves/black/ONE"}


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("39 black.. no 40! 39 hurts", "black/40"),
        ("39 brown, no 40 because 39 pinches", "brown/40"),
        ("brown 40 no 41 because i have wide feet", "brown/41"),
        ("brown 40 no 41 coz 40 hunibana", "brown/41"),
    ],
)
def test_a_size_is_taken_back_with_why(text: str, chosen: str) -> None:
    # given: boots are offered
    boots = next(piece for piece in SOLD.pieces if piece.name == "Ankle Boots")
    shown = Option(
        number=1, product_id=boots.product_id, sku=boots.sku, name=boots.name, price_minor=100_00,
        category=boots.category, colours=boots.colours, sizes=boots.sizes,
    )  # fmt: skip
    context = TurnContext(
        step="products_found", question="take_it", focus=shown, options=(shown,), sold=SOLD
    )
    # then: the last size is put in
    assert after(text, context) == {f"1 Ankle Boots/{chosen}"}


@pytest.mark.parametrize(
    "text",
    [
        "reduce the skirt to one and make it pink",
        "punguza skirt iwe moja, rangi iwe pink",
        "skirt punguza iwe moja na iwe pink",
        "bring the skirt down to one and make it pink",
    ],
)
def test_one_stays_and_that_is_pink(text: str) -> None:
    skirts = order("2 Pleated Skirt/black/M", "1 Canvas Tote/brown/ONE")
    assert after(text, skirts) == {"1 Pleated Skirt/pink/M", "1 Canvas Tote/brown/ONE"}


@pytest.mark.parametrize(
    "text", ["sawa hiyo naweza, tuma prompt", "ok that i can manage, send the prompt"]
)
def test_what_can_be_paid_is_agreed_to(text: str) -> None:
    skirt = order("1 Pleated Skirt/black/M", step="awaiting_confirmation")
    assert understand(text, skirt).acts == (a.Confirm(),)


@pytest.mark.parametrize(
    "text",
    [
        "hiyo naweza?",
        "naweza tuma prompt kesho",
        "hiyo naweza, tuma prompt?",
        "hiyo siwezi, usitume prompt",
    ],
)
def test_what_only_may_be_paid_is_no_yes(text: str) -> None:
    skirt = order("1 Pleated Skirt/black/M", step="awaiting_confirmation")
    assert a.Confirm() not in understand(text, skirt).acts


BOOTS = ("1 Ankle Boots/black/40", "1 Ankle Boots/brown/38")


@pytest.mark.parametrize(
    ("text", "stay"),
    [
        ("vesti iondoe, nimeambiwa ninazo nyumbani", {*BOOTS}),
        ("blanketi itoe, nimeambiwa ninazo nyumbani", None),
    ],
)
def test_only_the_piece_named_goes(text: str, stay: set[str] | None) -> None:
    # given: a vest is ordered, and no blanket
    context = order(*BOOTS, "1 Thermal Vest/white/L", step="awaiting_confirmation")
    # then: the vest goes; for a blanket no other piece does
    acts = asyncio.run(LocalReader().read(text, context)).acts
    done = read_of(acts, context).done
    lines = {f"{count} {'/'.join(one)}" for one, count in effect_of(done, context).items()}
    assert lines == (stay or {*BOOTS, "1 Thermal Vest/white/L"})


def test_she_keeps_the_brown_ones_in_a_size_that_does_not_pinch() -> None:
    boots = order("1 Ankle Boots/black/41", "1 Ankle Boots/brown/38")
    text = "sawa basi abaki na hiyo brown. size yake fanya 39 lakini, 38 humfinya"
    assert after(text, boots) == {"1 Ankle Boots/black/41", "1 Ankle Boots/brown/39"}


@pytest.mark.parametrize(
    "text",
    [
        "nimemuuliza anasema trouser anavaa 32 siku hizi",
        "kumbe trouser anavaa 32 siku hizi",
    ],
)
def test_the_line_is_in_the_size_he_wears_by_now(text: str) -> None:
    context = order("1 Khaki Trouser/navy/34", "1 Polo Shirt/red/L", last=2)
    assert after(text, context) == {"1 Khaki Trouser/navy/32", "1 Polo Shirt/red/L"}
