"""Generated shoppers: the same from a seed, each with an order that can be had and be said."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from random import Random

import pytest

from dukani.domain.acts import (
    Act,
    Add,
    Confirm,
    Decline,
    PayAgain,
    Set,
    SetPayer,
    Target,
    Values,
)
from dukani.domain.changes import Change
from dukani.domain.pieces import Line
from dukani.domain.questions import Question, Reading
from dukani.evals.shoppers.bends import BENDS, combined
from dukani.evals.shoppers.describing import descriptions
from dukani.evals.shoppers.edits import Edit
from dukani.evals.shoppers.goals import Impossible, Item, Truth, can_be_met, total_units
from dukani.evals.shoppers.intentions import LATE, Choose, Happening, Intention, Plan
from dukani.evals.shoppers.malice import Malice
from dukani.evals.shoppers.plans import plan
from dukani.evals.shoppers.report import write_json
from dukani.evals.shoppers.result import Result
from dukani.evals.shoppers.served import Served
from dukani.evals.shoppers.shopper import Says, Shopper, Stops
from dukani.evals.shoppers.shops import (
    PLENTY,
    Product,
    Shop,
    Variant,
    colour_words,
    generate,
    kind_names,
)
from dukani.evals.shoppers.view import Counted, Prompt, Quote, View
from dukani.evals.shoppers.watch import Watch
from dukani.evals.shoppers.wording import (
    LANGUAGES,
    Colour,
    Kind,
    Language,
    Number,
    Size,
    Speaker,
    Words,
    templates,
)

SHOPS = [generate(7, number) for number in range(12)]
PLANS = [plan(SHOPS[index // 20], 7, index) for index in range(len(SHOPS) * 20)]


def a_shop(*products: Product) -> Shop:
    return Shop(seed=1, number=0, currency="KES", products=products)


def a_product(name: str = "Amani Wrap Dress", *, sku: str = "DR-1", kind: str = "dress") -> Product:
    stock = {"red": {"M": PLENTY, "L": PLENTY}, "blue": {"M": PLENTY, "L": 0}}
    return Product(sku, name, name.split()[0], kind, 1500, stock)


# ── shops ───────────────────────────────────────────────────────────────────


def test_a_shop_is_the_same_every_time() -> None:
    assert generate(7, 3) == SHOPS[3]
    assert generate(8, 3) != SHOPS[3]


@pytest.mark.parametrize("shop", SHOPS, ids=lambda shop: str(shop.number))
def test_a_shop_sells_eight_to_twenty_pieces_of_different_names(shop: Shop) -> None:
    assert 8 <= len(shop.products) <= 20
    assert len({frozenset(p.name.split()) - {"ya", "cha", "za"} for p in shop.products}) == len(
        shop.products
    )
    assert all(product.wanted for product in shop.products)


def test_the_shops_of_a_seed_have_all_that_makes_it_hard() -> None:
    shops = [generate(7, number) for number in range(60)]
    products = [product for shop in shops for product in shop.products]
    sizes = {size for product in products for size in product.sizes}
    colours = {colour for product in products for colour in product.colours}

    assert {shop.currency for shop in shops} == {"KES", "TZS", "UGX"}
    assert {product.kind for product in products} == set(kind_names())
    assert {"M", "38", "12", "32", "15.5", "56", "4-5Y", "34B", "ONE"} <= sizes
    assert {"nude", "emerald", "army green", "wine"} <= colours
    assert any(product.variants(least=0, most=0) for product in products)


@pytest.mark.parametrize("shop", SHOPS, ids=lambda shop: str(shop.number))
def test_a_short_name_fits_one_piece_only(shop: Shop) -> None:
    for product in shop.products:
        for short in shop.short_names(product):
            words = set(short.lower().split())
            fits = [p.name for p in shop.products if words <= set(p.name.lower().split())]
            assert fits == [product.name]


# ── plans ───────────────────────────────────────────────────────────────────


def test_a_shopper_is_the_same_every_time() -> None:
    assert plan(SHOPS[2], 7, 45) == PLANS[45]


def test_every_order_on_the_way_can_be_had() -> None:
    for planned in PLANS:
        for step in planned.steps:
            variants = [item.variant for item in step.truth.items]
            assert len(set(variants)) == len(variants), planned.index
            assert can_be_met(planned.shop, step.truth), planned.index
            units = total_units(planned.shop, step.truth.items)
            assert units <= 250_000 * 4, planned.index


def test_a_plan_ends_with_an_order_that_is_paid() -> None:
    for planned in PLANS:
        paid = [step for step in planned.steps if isinstance(step, Happening) and step.pays]

        assert paid, planned.index
        assert planned.goal.items == paid[-1].truth.items, planned.index
        assert all(step.truth.items for step in paid), planned.index
        assert planned.goal.address, planned.index


def test_the_goods_change_only_by_what_the_shopper_says() -> None:
    """A step without an edit, a wish or a new beginning leaves the order as it was."""
    for planned in PLANS:
        before = Truth()
        for step in planned.steps:
            if isinstance(step, Intention) and not (step.edit or step.wants or step.meant):
                as_before = step.truth.items == before.items
                assert as_before or not step.truth.items, planned.index
            if isinstance(step, Choose):
                chosen = set(step.truth.items) - set(before.items)
                assert chosen == {step.item}, planned.index
            before = step.truth


def test_money_that_comes_late_pays_what_was_prompted() -> None:
    late = [
        (steps, at)
        for steps in (planned.steps for planned in PLANS)
        for at, step in enumerate(steps)
        if isinstance(step, Happening) and step.code == LATE
    ]

    assert late
    for steps, at in late:
        truths = [step.truth.items for step in steps[:at]]
        assert steps[at].truth.items in truths


def test_every_bend_is_made_sooner_or_later() -> None:
    made = {bend for planned in PLANS for bend in planned.bends}

    assert len(made) > 35
    assert {"correct_now", "yes_but", "undo", "ambiguous", "several_edits", "sold_out"} <= made
    assert set(BENDS) == {"cart", "address", "total", "prompt", "failed", "paid"}


def test_edits_of_one_piece_are_not_put_into_one_message() -> None:
    item = Item(Variant("DR-1", "red", "M"), 1)
    start = Truth(items=(item,))
    two = start.with_instead(item, Item(item.variant, 2))
    edit = Edit("set_quantity", Set(), Words("undo"), two)

    with pytest.raises(Impossible):
        combined(start, [edit, edit])


# ── descriptions and words ──────────────────────────────────────────────────


def test_a_line_is_never_described_so_that_another_fits() -> None:
    """Checked against the lines' own values, one description at a time."""
    for planned in PLANS[:80]:
        for step in planned.steps:
            for item in step.truth.items:
                for target, _ in descriptions(Random(1), planned.shop, step.truth, item):
                    fits = [i for i in step.truth.items if _fits(target, planned.shop, i)]
                    assert fits == [item], target


def _fits(target: Target, shop: Shop, item: Item) -> bool:
    product = shop.product(item.sku)
    words = set((target.name or "").lower().split())
    return (
        words <= set(product.name.lower().split())
        and target.category in (None, product.category)
        and target.colour in (None, product.filed_colour(item.colour))
        and target.size in (None, item.size)
    )


@pytest.mark.parametrize("key", sorted(templates()))
def test_every_kind_of_message_is_worded_in_four_ways(key: str) -> None:
    by = templates()[key]

    assert set(by) == set(LANGUAGES)
    for language in LANGUAGES:
        assert len(set(by[language])) == len(by[language]) or key == "and"


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_is_planned_can_be_said(language: Language) -> None:
    speaker = Speaker(language, Random(3))
    for planned in PLANS:
        for step in planned.steps:
            if isinstance(step, Intention):
                assert speaker.write(step.message).strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_exist_for_every_colour_kind_and_number(language: Language) -> None:
    speaker = Speaker(language, Random(3))
    said = [speaker.say(Colour(name)) for name in colour_words()]
    said += [speaker.say(Kind(name, many=many)) for name in kind_names() for many in (True, False)]
    said += [speaker.say(Number(value)) for value in range(1, 12)]

    assert all(said)


def test_a_template_that_cannot_say_all_is_not_used() -> None:
    speaker = Speaker("en", Random(1))
    piece = Words("piece", {"name": "Amani", "colour": Colour("red"), "n": Number(3)})

    for _ in range(30):
        said = speaker.say(piece)
        assert "Amani" in said
        assert "red" in said
        assert "3" in said or "three" in said


def test_a_half_size_is_said_in_figures_or_words() -> None:
    speaker = Speaker("ke", Random(1))

    assert {speaker.say(Size("15.5")) for _ in range(30)} == {"15.5", "15 na nusu"}


# ── what she does next ──────────────────────────────────────────────────────


def at_the_total(shopper: Shopper, *, lines: tuple[Counted, ...], phone: str | None = None) -> View:
    total = sum(line.quantity * line.price_minor for line in lines)
    truth = shopper.mind.truth
    quote = Quote(lines, total, phone or shopper.plan.own_phone or "", truth.address or "")
    return View(step="awaiting_confirmation", lines=lines, quote=quote, texts=(f"{total}",))


def a_shopper() -> tuple[Shopper, Item]:
    """One who has said all she wants, and waits for the prompt."""
    shop = a_shop(a_product())
    item = Item(Variant("DR-1", "red", "M"), 2)
    truth = Truth(items=(item,), address="Kilimani, Rose Apartments B4")
    planned = Plan(shop, 0, "en", "+254720000000", "+254710000000", (Happening("0", truth),))
    shopper = Shopper(planned, seed=1)
    shopper.mind.truth = truth
    return shopper, item


def says(shopper: Shopper, view: View) -> tuple[Act, ...]:
    move = shopper.next(view)
    assert isinstance(move, Says), move
    return move.acts


def test_she_says_yes_to_a_total_that_is_right() -> None:
    shopper, _ = a_shopper()
    view = at_the_total(shopper, lines=(Counted(Variant("DR-1", "red", "M"), 2, 150000),))

    assert says(shopper, view) == (Confirm(),)


@pytest.mark.parametrize(
    "line",
    [
        Counted(Variant("DR-1", "red", "M"), 3, 150000),  # too many
        Counted(Variant("DR-1", "blue", "M"), 2, 150000),  # another colour
        Counted(Variant("DR-1", "red", "L"), 2, 150000),  # another size
    ],
)
def test_she_says_what_is_wrong_with_a_total(line: Counted) -> None:
    shopper, _ = a_shopper()

    (act,) = says(shopper, at_the_total(shopper, lines=(line,)))

    assert isinstance(act, Set)
    assert act.change


def test_she_does_not_say_yes_to_another_payer() -> None:
    shopper, _ = a_shopper()
    lines = (Counted(Variant("DR-1", "red", "M"), 2, 150000),)

    view = at_the_total(shopper, lines=lines, phone="+254799999999")

    assert says(shopper, view) == (SetPayer(phone="0720000000"),)


def test_she_answers_a_question_with_what_she_wants() -> None:
    shopper, _ = a_shopper()
    question = Question(field="size", product_id="p1", choices=("M", "L"))
    view = View(step="size_recommended", questions=(question,), skus={"p1": "DR-1"})

    assert says(shopper, view) == (Set(values=Values(size="M")),)


@pytest.mark.parametrize(
    ("counts", "answer"), [((1, 2), Add(target=Target(option=2))), ((1, 4), Decline())]
)
def test_asked_what_she_meant_she_says_after_which_the_order_is_right(
    counts: tuple[int, ...], answer: Act
) -> None:
    # given three pieces, of which she wants two, and a question how many she meant
    shopper, _ = a_shopper()
    red = (Counted(Variant("DR-1", "red", "M"), 3, 150000),)
    line = Line(
        number=1, name="Amani Wrap Dress", colour="red", size="M", quantity=3,
        unit_price_minor=150000, variant_id="v1", product_id="p1",
    )  # fmt: skip
    readings = tuple(
        Reading(
            edits=(Set(target=Target(variant_id="v1"), values=Values(quantity=count)),),
            changes=(
                Change(
                    what="changed", line=line.model_copy(update={"quantity": count}), before=line
                ),
            ),
        )
        for count in counts
    )
    question = Question(field="reading", readings=readings)
    view = View(step="cart_updated", questions=(question,), lines=red, skus={"p1": "DR-1"})

    # then she tells the number of the right one, else that it is none
    assert says(shopper, view) == (answer,)


def test_a_prompt_she_did_not_expect_ends_it() -> None:
    shopper, _ = a_shopper()
    shopper.next(View(step="payment_initiated"))

    assert isinstance(shopper.next(View(step="human_handoff")), Stops)


# ── the watch over the money ────────────────────────────────────────────────

RED = (Counted(Variant("DR-1", "red", "M"), 2, 150000),)
PHONE = "+254720000000"
SHOWN = View(
    step="awaiting_confirmation",
    quote=Quote(RED, 300000, PHONE, "Kilimani"),
    texts=("Total: KES 3,000",),
)


def a_prompt(**changed: object) -> Prompt:
    row: dict[str, object] = {
        "payment_id": "pay-1", "order_id": "order-1", "attempt": 1, "provider": "daraja",
        "phone": PHONE, "amount_minor": 300000, "status": "requested", "lines": RED,
        "delivery_minor": 0, "address": "Kilimani", "order_status": "open",
    }  # fmt: skip
    return Prompt(**(row | changed))  # type: ignore[arg-type]


def watched(*acts: Act, shown: View = SHOWN, **changed: object) -> list[str]:
    watch = Watch("KES")
    watch.after_words((), shown)
    watch.after_words(acts, View(step="payment_initiated", prompts=(a_prompt(**changed),)))
    return watch.wrongs


def test_a_yes_to_what_was_shown_may_be_charged() -> None:
    assert watched(Confirm()) == []


def test_a_number_named_with_the_yes_may_be_charged() -> None:
    assert watched(SetPayer(phone="0711222333"), Confirm(), phone="+254711222333") == []


@pytest.mark.parametrize(
    ("acts", "changed"),
    [
        ((), {}),  # no yes
        ((Add(),), {}),
        ((Confirm(),), {"phone": "+254711222333"}),
        ((Confirm(),), {"amount_minor": 450000}),
        ((PayAgain(),), {"lines": (Counted(Variant("DR-1", "blue", "M"), 2, 150000),)}),
    ],
)
def test_anything_else_is_a_breach(acts: tuple[Act, ...], changed: dict[str, object]) -> None:
    assert watched(*acts, **changed)


def test_a_total_that_is_remembered_but_was_not_said_is_not_shown() -> None:
    silent = View(step=SHOWN.step, quote=SHOWN.quote, texts=("Delivery is free.",))

    assert watched(Confirm(), shown=silent)


def test_a_second_prompt_while_one_is_out_is_a_breach() -> None:
    watch = Watch("KES")
    watch.after_words((), SHOWN)
    watch.after_words((Confirm(),), View(prompts=(a_prompt(),), step="payment_initiated"))
    both = (a_prompt(), a_prompt(payment_id="pay-2", order_id="order-2"))
    watch.after_words((PayAgain(),), View(prompts=both, step="payment_initiated"))

    assert "two prompts are out at once" in watch.wrongs


# ── malice, results ─────────────────────────────────────────────────────────


def test_malice_is_the_same_every_time_and_says_many_things() -> None:
    shop = SHOPS[0]
    served = Served(shop, "b1", {"p1": shop.products[0].sku}, {"v1": shop.products[0].wanted[0]})

    def said() -> list[tuple[Act, ...]]:
        malice = Malice(Random(5), served, served)
        return [malice.acts(View()) for _ in range(300)]

    assert said() == said()
    assert len({act.kind for acts in said() for act in acts}) > 20


@pytest.mark.parametrize(
    ("changed", "passed"),
    [
        ({}, True),
        ({"unfinished": "stuck"}, False),
        ({"wrong_goods": ["x"]}, False),
        ({"dropped": ["x"]}, False),
        ({"needless": ["x"]}, True),  # told of, and no failure
        ({"mends": 1}, True),
        ({"mends": 1, "mind": "perfect"}, False),  # nothing was misread, so nothing may go wrong
    ],
)
def test_what_counts_as_passed(changed: dict[str, object], passed: bool) -> None:
    row: dict[str, object] = {
        "seed": 1, "index": 1, "mind": "reader", "language": "en", "unfinished": None,
    }  # fmt: skip
    assert Result(**(row | changed)).passed is passed  # type: ignore[arg-type]


def test_results_are_written_as_lines_of_json(tmp_path: Path) -> None:
    file = tmp_path / "out.jsonl"
    write_json(file, [Result(1, 4, "reader", "en", unfinished=None)])

    assert '"index": 4' in file.read_text()


def test_lines_of_an_order_are_told_apart_in_pairs() -> None:
    """A product twice in an order is told by colour or size, whatever else is there."""
    shop = a_shop(a_product(), a_product("Zuri Skirt", sku="SK-1", kind="skirt"))
    items = tuple(
        Item(Variant(sku, colour, size), 1)
        for sku, colour, size in (("DR-1", "red", "M"), ("DR-1", "red", "L"), ("SK-1", "red", "M"))
    )
    truth = Truth(items=items)
    for one, other in combinations(items, 2):
        told = {str(t) for t, _ in descriptions(Random(2), shop, truth, one)}
        assert not told & {str(t) for t, _ in descriptions(Random(2), shop, truth, other)}
