"""What the order is after a message that counts its lines, by the rules and the second reading."""

from __future__ import annotations

import pytest

from dukani.agent.local_reader import understand
from dukani.agent.local_reader.learned.second_reading import read_again
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Option
from tests.unit.reader.shelves import lines_after, ordered, sold_from
from tests.unit.reader.written import written

SHELF = {
    "Wool Scarf": ("scarf", ("red", "grey"), ("ONE",)),
    "Knit Gloves": ("gloves", ("black", "grey"), ("ONE",)),
    "Beanie Hat": ("hat", ("black", "mustard"), ("ONE",)),
    "Pleated Skirt": ("skirt", ("black", "white", "pink"), ("S", "M", "L")),
    "Denim Skirt": ("skirt", ("blue", "black"), ("S", "M", "L")),
    "Ankle Boots": ("shoes", ("brown", "black"), ("38", "39", "40")),
    "Canvas Tote": ("bag", ("brown", "black"), ("ONE",)),
    "School Jumper": ("sweater", ("green", "navy"), ("26", "28", "30")),
    "Silk Neck Tie": ("tie", ("black", "navy", "burgundy"), ("ONE",)),
    "Polo Shirt": ("shirt", ("red", "navy"), ("M", "L", "XL", "XXL")),
}
SOLD = sold_from(SHELF)


def order(*lines: str) -> TurnContext:
    """An order of lines like `2 Knit Gloves/black/ONE`."""
    return TurnContext(
        step="cart_updated", sold=SOLD,
        cart=ordered(SHELF, *lines),
    )  # fmt: skip


def after(text: str, context: TurnContext) -> set[str]:
    acts = read_again(text, context, understand(text, context).acts)
    return lines_after(acts, context)


WINTER = order("1 Wool Scarf/red/ONE", "3 Knit Gloves/black/ONE", "2 Beanie Hat/black/ONE")
SCARF, TWO_GLOVES = {"1 Wool Scarf/red/ONE"}, {"2 Knit Gloves/black/ONE"}
BEANIES = {"2 Beanie Hat/black/ONE"}
POLOS = order("2 Polo Shirt/navy/L", "2 Polo Shirt/navy/XL", "1 Polo Shirt/navy/XXL")


@pytest.mark.parametrize(
    "text",
    [
        "just keep the scarf and one pair of the gloves",
        "just keep the scarf and one pair of the gloves, i have enough beanies at home honestly",
        "keep only the scarf and one glove",
        "bakisha scarf na glovu pea moja tu",
        "bakisha scarf na gloves pair moja tu",
        "just the scarf and one pair of the gloves please",
        "nataka tu scarf na gloves pair moja",
        "acha tu scarf na gloves moja, zingine toa",
        "leave only the scarf and one pair of gloves, remove the rest",
    ],
)
def test_of_what_stays_one_is_counted(text: str) -> None:
    assert after(text, WINTER) == {"1 Wool Scarf/red/ONE", "1 Knit Gloves/black/ONE"}


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("nibakishie scarf na gloves mbili pekee", SCARF | TWO_GLOVES),
        ("baki na beanie moja na scarf tu", SCARF | {"1 Beanie Hat/black/ONE"}),
        ("i'll keep just the beanie and 2 pairs of gloves", TWO_GLOVES | BEANIES),
        # no other line goes
        ("scarf ibaki, gloves ziwe mbili tu", SCARF | TWO_GLOVES | BEANIES),
        ("scarf ibaki, gloves mbili tu", SCARF | TWO_GLOVES | BEANIES),
        (
            "keep the scarf and add one pair of the gloves",
            SCARF | {"4 Knit Gloves/black/ONE"} | BEANIES,
        ),
    ],
)  # fmt: skip
def test_what_stays_and_how_many_of_it(text: str, lines: set[str]) -> None:
    assert after(text, WINTER) == lines


WITH_BAG = order("1 Wool Scarf/red/ONE", "3 Knit Gloves/black/ONE", "1 Canvas Tote/brown/ONE")
BAG = {"1 Canvas Tote/brown/ONE"}


@pytest.mark.parametrize(
    ("text", "gloves"),
    [
        ("keep the scarf and bag but only 2 gloves", 2),
        ("keep bag and scarf and only one gloves", 1),
        ("keep the scarf and bag but only one pair of gloves", 1),
        ("keep the tote and scarf but only two gloves", 2),
        ("bakisha scarf na bag lakini gloves mbili tu", 2),
        ("bakisha scarf na bag, gloves moja tu", 1),
        ("scarf na bag zibaki lakini gloves ziwe mbili tu", 2),
        ("nibakishie bag na scarf na gloves mbili tu", 2),
        ("the scarf and the bag stay, only 1 pair of gloves", 1),
        # what is only counted takes nothing else out
        ("only 1 scarf and 1 gloves please", 1),
        ("scarf na gloves moja tu", 1),
        ("scarf moja tu na gloves mbili tu", 2),
        ("nataka gloves 2 tu na scarf 1", 2),
        ("scarf and gloves only one each", 1),
        ("just 1 scarf and 2 gloves", 2),
        ("only deliver the scarf and one gloves today, the rest tomorrow", 1),
    ],
)
def test_what_is_counted_takes_no_other_out(text: str, gloves: int) -> None:
    assert after(text, WITH_BAG) == SCARF | {f"{gloves} Knit Gloves/black/ONE"} | BAG


@pytest.mark.parametrize(
    "text",
    [
        "keep only the scarf and 2 gloves",
        "keep the scarf and 2 gloves only",
        "just the scarf and two pairs of the gloves",
        "only the scarf and 2 gloves, remove the rest",
        "scarf and two pairs of gloves only, nothing else",
        "scarf na gloves mbili tu, hakuna kingine",
    ],
)
def test_what_alone_is_kept_takes_the_bag_out(text: str) -> None:
    assert after(text, WITH_BAG) == SCARF | TWO_GLOVES


def test_sizes_stay_with_a_count_for_one() -> None:
    lines = after("nibaki na XL moja na XXL tu", POLOS)
    assert lines == {"1 Polo Shirt/navy/XL", "1 Polo Shirt/navy/XXL"}


@pytest.mark.parametrize("second", ["Pleated Skirt/white/M", "Denim Skirt/blue/M"])
@pytest.mark.parametrize(
    "text",
    [
        "toa skirt zote mbili",
        "aiii 4k! toa skirt zote mbili",
        "remove both skirts",
        "sitaki sketi zote mbili",
        "take out the two skirts",
        "toa skirt mbili",
        "remove 2 skirts",
    ],
)
def test_both_lines_of_a_kind_go(text: str, second: str) -> None:
    context = order("1 Ankle Boots/black/39", "1 Pleated Skirt/black/M", f"1 {second}")
    assert after(text, context) == {"1 Ankle Boots/black/39"}


@pytest.mark.parametrize(
    "text",
    [
        "zote mbili ziwe 30",
        "rudisha zote mbili ziwe 30",
        "make them both size 30",
        "put both back to size 30",
        "sweta zote mbili ziwe 30",
    ],
)
@pytest.mark.parametrize(
    "jumpers",
    [("1 School Jumper/green/30", "1 School Jumper/green/28"), ("2 School Jumper/green/28",)],
)
def test_both_become_what_only_they_are_sold_in(text: str, jumpers: tuple[str, ...]) -> None:
    context = order("1 Canvas Tote/brown/ONE", *jumpers)
    assert after(text, context) == {"1 Canvas Tote/brown/ONE", "2 School Jumper/green/30"}


@pytest.mark.parametrize(
    "text",
    [
        "leave the scarf and the gloves as they are",
        "acha scarf na gloves vile ziko",
        "scarf na gloves ziache hivyo hivyo",
        "let the gloves stay as they are",
        "keep the scarf as it is",
    ],
)
def test_what_is_left_as_it_is_stays(text: str) -> None:
    assert after(text, WINTER) == SCARF | {"3 Knit Gloves/black/ONE"} | BEANIES


def test_what_is_removed_beside_goes_alone() -> None:
    lines = after("leave the gloves as they are and remove the scarf", WINTER)
    assert lines == {"3 Knit Gloves/black/ONE"} | BEANIES


@pytest.mark.parametrize(
    "text",
    [
        "leave gloves, keep the rest as is",
        "leave the gloves, keep the rest as they are",
        "acha gloves, zingine zibaki vile ziko",
        "wacha gloves zingine hivyo hivyo",
        "leave the gloves, others as they are",
        "just leave the gloves, others as is",
        "acha gloves, hizo zingine ziache hivyo",
        "leave the gloves, the rest stay the same",
        "remove the gloves, keep the rest as is",
    ],
)
def test_one_goes_and_the_rest_stays_as_it_is(text: str) -> None:
    assert after(text, WITH_BAG) == SCARF | BAG


@pytest.mark.parametrize(
    "text",
    [
        "leave the gloves and the others as they are",
        "acha gloves na zingine vile ziko",
        "acha gloves vile ziko, na zingine pia",
        "leave the gloves as they are, and the rest too",
        "leave the scarf, gloves and tote as they are",
        "keep the gloves, the rest as is",
        "keep the gloves as they are, leave the others as they are",
        "bakisha gloves, zingine vile ziko",
        "leave the rest as is",
        "zingine ziache vile ziko",
    ],
)
def test_all_stay_as_they_are(text: str) -> None:
    assert after(text, WITH_BAG) == SCARF | {"3 Knit Gloves/black/ONE"} | BAG


TIES = order("1 Polo Shirt/red/M", "2 Silk Neck Tie/black/ONE")


@pytest.mark.parametrize(
    "text",
    [
        "samahani, tie iwe moja tu, na iwe ya burgundy",
        "make the tie just one, and make it burgundy",
        "make it one tie only, in burgundy",
        "tie moja tu, ya burgundy",
        "just one tie, the burgundy one",
        "only one tie please and let it be burgundy",
    ],
)
def test_one_is_left_and_that_one_is_changed(text: str) -> None:
    assert after(text, TIES) == {"1 Polo Shirt/red/M", "1 Silk Neck Tie/burgundy/ONE"}


@pytest.mark.parametrize(
    "text",
    [
        "tie moja tu iwe burgundy",
        "make just one tie burgundy",
        "change just one tie to burgundy",
        "badilisha tie moja tu iwe burgundy",
        "tie moja iwe burgundy",
        "only one of the ties should be burgundy",
    ],
)
def test_one_of_two_is_changed(text: str) -> None:
    one_each = {"1 Silk Neck Tie/burgundy/ONE", "1 Silk Neck Tie/black/ONE"}
    assert after(text, TIES) == {"1 Polo Shirt/red/M"} | one_each


@pytest.mark.parametrize(
    "text",
    [
        "black 39.. no sorry 40, 39 pinches me",
        "black 39, no sorry 40. 39 pinches me",
        "nipe black 39, ah no 40, 39 hunifinya",
        "black 39 no wait 40, the 39 is tight on me",
        "black 39 hapana 40, 39 ni ndogo",
        "black 39, sorry 40, coz 39 is small for me",
    ],
)
def test_what_is_told_of_the_size_taken_back_is_no_wish(text: str) -> None:
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
    assert after(text, context) == {"1 Ankle Boots/black/40"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nataka kuona seti za vipande viwili", "search(name two piece, category set)"),
        ("show me 2pc sets", "search(name two piece, category set)"),
        ("mko na suti za vipande vitatu?", "search(category suit)"),
        ("3pc suit iko?", "search(category suit)"),
        ("nataka suti ya vipande vitatu", "search(category suit)"),
        # these are counted
        ("nataka suti vipande vitatu", "add(suit; x3)"),
        ("3 suits please", "search(category suit, quantity 3)"),
    ],
)
def test_parts_of_a_set_are_no_count(text: str, found: str) -> None:
    shelf = {
        "Linen Two Piece": ("set", ("beige", "olive"), ("S", "M")),
        "Slim Suit": ("suit", ("navy", "grey"), ("48", "50")),
    }
    acts = understand(text, TurnContext(sold=sold_from(shelf))).acts
    assert written(acts) == found


@pytest.mark.parametrize(
    "said",
    [
        "school jumper in green: chest 26, 28 and 30",
        "school jumper in green: 26, 28 and 30",
        "school jumper ya green, kifua 26, kifua 28 na kifua 30",
    ],
)
def test_a_piece_in_three_sizes_is_put_in_in_each(said: str) -> None:
    jumpers = {f"1 School Jumper/green/{size}" for size in ("26", "28", "30")}
    assert after(said, WINTER) == jumpers | {
        f"{line.quantity} {line.variant_id}" for line in WINTER.cart
    }
