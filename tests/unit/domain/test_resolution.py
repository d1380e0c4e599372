"""What a message comes to: the grid of edits by targets, answers, and several edits at once."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import pytest

from dukani.core.store.wearers import WornBy
from dukani.domain.acts import (
    Add,
    ChangeQuantity,
    Clear,
    Edit,
    Remove,
    Set,
    Split,
    Substitute,
    Target,
    Values,
)
from dukani.domain.editing import Applied, apply
from dukani.domain.pieces import Focus
from dukani.domain.questions import Question
from dukani.domain.resolution import Resolution, resolve
from dukani.domain.view import View, Worn
from dukani.domain.whose import Whose
from tests.unit.domain.shops import held, line, numbered, options, pieces_of, stock_of, variant

WRAP, MAXI, TEE, BELT, SHOES, KIDS = (
    "Malaika Wrap Dress", "Malaika Maxi Dress", "Black Star Tee", "Zawadi Belt", "Bahari Sandals",
    "Eid Kanzu",
)  # fmt: skip
SOLD = [
    *stock_of(WRAP, ("black", "red"), ("S", "M", "L")),
    *stock_of(MAXI, ("black", "army green", "bottle green"), ("M", "L")),
    *stock_of(TEE, ("white", "navy"), ("S", "M"), kind="t-shirt"),
    *stock_of(BELT, ("brown",), ("ONE",), kind="belt"),
    *stock_of(SHOES, ("black", "brown"), ("38", "39"), kind="shoes"),
    *stock_of(KIDS, ("white",), ("4-5Y", "5-6Y", "9-10Y"), kind="kanzu"),
    variant("Last One", "black", "M", 1),
]
ORDER = numbered(
    [
        line(f"{WRAP}/black/M"),
        line(f"{TEE}/white/S", 2, kind="t-shirt"),
        line(f"{BELT}/brown/ONE", kind="belt"),
    ]
)
VIEW = View(lines=ORDER, pieces=pieces_of(SOLD))
EMPTY = View(pieces=pieces_of(SOLD))


def after(
    edits: Sequence[Edit], view: View = VIEW, questions: Sequence[Question] = ()
) -> tuple[Resolution, Applied]:
    found = resolve(edits, view, questions)
    return found, apply(view.lines, found.pinned, SOLD, last_variant_id=view.last_variant_id)


def order_after(edits: Sequence[Edit], view: View = VIEW) -> dict[str, int]:
    return dict(held(after(edits, view)[1].lines))


def order_with(*changed: tuple[str, int], without: Sequence[int] = ()) -> dict[str, int]:
    kept = {x.variant_id: x.quantity for x in ORDER if x.number not in without}
    return kept | dict(changed)


# ── one edit: op × target ───────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("edit", "order"),
    [
        # add
        (
            Add(target=Target(name="malaika maxi"), values=Values(colour="black", size="L")),
            order_with((f"{MAXI}/black/L", 1)),
        ),
        (Add(target=Target(category="belt"), another=True), order_with((f"{BELT}/brown/ONE", 2))),
        (Add(target=Target(category="belt")), order_with()),  # said once more: no more of it
        (
            Add(target=Target(category="dress"), values=Values(colour="red"), another=True),
            order_with((f"{WRAP}/red/M", 1)),  # another one, in red: the size of the one before
        ),
        (
            Add(target=Target(line=2), another=True, values=Values(quantity=2)),
            order_with((f"{TEE}/white/S", 4)),
        ),
        # remove
        (Remove(target=Target(line=2)), order_with(without=[2])),
        (Remove(target=Target(name="malaika")), order_with(without=[1])),
        (Remove(target=Target(name="malaika maxi")), order_with()),
        (Remove(target=Target(colour="black")), order_with(without=[1])),
        (Remove(target=Target(name="star tee", colour="black")), order_with(without=[2])),
        (Remove(target=Target(size="S"), quantity=1), order_with((f"{TEE}/white/S", 1))),
        (Remove(target=Target(scope="all")), {}),
        (Remove(target=Target(scope="both")), order_with()),  # both of three
        (
            Remove(target=Target(scope="all", but=Target(category="belt"))),
            order_with(without=[1, 2]),
        ),
        (Remove(target=Target(scope="all", but=Target(category="hat"))), order_with()),
        (Remove(target=Target(category="belt"), quantity=-5), order_with()),
        # set
        (
            Set(target=Target(category="dress"), values=Values(size="L"), change=True),
            {f"{WRAP}/black/L": 1} | order_with(without=[1]),
        ),
        (
            Set(target=Target(line=1), values=Values(colour="red", quantity=3)),
            {f"{WRAP}/red/M": 3} | order_with(without=[1]),
        ),
        (Set(target=Target(line=3), values=Values(quantity=0)), order_with(without=[3])),
        (Set(target=Target(line=3), values=Values(quantity=-5)), order_with()),
        (Set(target=Target(line=3), values=Values(quantity=10**9)), order_with()),
        (Set(target=Target(line=9), values=Values(quantity=2)), order_with()),
        (Set(target=Target(line=1), values=Values(size="99")), order_with()),
        (
            Set(target=Target(scope="all"), values=Values(quantity=2)),
            {f"{WRAP}/black/M": 2, f"{TEE}/white/S": 2, f"{BELT}/brown/ONE": 2},
        ),
        # more, fewer
        (
            ChangeQuantity(target=Target(category="belt"), by=1),
            order_with((ORDER[2].variant_id, 2)),
        ),
        (ChangeQuantity(target=Target(line=2), by=-1), order_with((ORDER[1].variant_id, 1))),
        (ChangeQuantity(target=Target(line=2), by=-2), order_with(without=[2])),
        (ChangeQuantity(target=Target(line=2), by=-5), order_with()),  # there are only two
        (ChangeQuantity(target=Target(line=2), times=2), order_with((ORDER[1].variant_id, 4))),
        # in the place of
        (
            Substitute(
                target=Target(category="belt"),
                piece=Target(category="shoes"),
                values=Values(colour="black", size="38"),
            ),
            order_with((f"{SHOES}/black/38", 1), without=[3]),
        ),
        (
            Substitute(target=Target(line=1), piece=Target(name="maxi", colour="black")),
            order_with((f"{MAXI}/black/M", 1), without=[1]),  # the size is kept
        ),
        (
            Substitute(target=Target(colour="black"), piece=Target(colour="red")),
            order_with((f"{WRAP}/red/M", 1), without=[1]),  # the same piece in red
        ),
        (
            Substitute(target=Target(category="hat"), piece=Target(category="shoes")),
            order_with(),
        ),
        # told apart
        (
            Split(target=Target(category="t-shirt"), parts=(Values(colour="navy"),)),
            order_with((ORDER[1].variant_id, 1), (f"{TEE}/navy/S", 1)),
        ),
        (
            Split(target=Target(line=2), parts=(Values(size="S"), Values(size="M"))),
            order_with((ORDER[1].variant_id, 1), (f"{TEE}/white/M", 1)),
        ),
        (
            Split(parts=(Values(colour="white"), Values(colour="navy"))),
            order_with((ORDER[1].variant_id, 1), (f"{TEE}/navy/S", 1)),  # only the tees can be
        ),
        (Split(target=Target(line=2), parts=(Values(colour="purple"),)), order_with()),
        (Clear(), {}),
    ],
)
def test_one_edit(edit: Edit, order: dict[str, int]) -> None:
    # given the order of a dress, two tees and a belt
    # when the edit is said
    found, applied = after([edit])
    # then the lines are these, and something is told of it
    assert dict(held(applied.lines)) == order
    assert applied.changes or applied.questions or found.asked or found.unknown


def test_with_several_that_fit_it_is_asked_which() -> None:
    found, applied = after([Remove(target=Target(scope="both"))])
    assert held(applied.lines) == held(ORDER)
    assert found.asked[0].choices == tuple(x.variant_id for x in ORDER)


def test_both_of_two_lines() -> None:
    two = dataclasses.replace(VIEW, lines=ORDER[:2])
    assert order_after([Remove(target=Target(scope="both"))], two) == {}


def test_the_other_of_two_lines() -> None:
    two = dataclasses.replace(VIEW, lines=ORDER[:2], last_variant_id=ORDER[1].variant_id)
    assert order_after([Remove(target=Target(pointed="other"))], two) == dict(held(ORDER[1:2]))


def test_a_black_line_and_a_list_with_black_ones() -> None:
    view = dataclasses.replace(VIEW, lists=(options(MAXI, SHOES),), choosing=True)
    black = Target(colour="black")
    # "the black one, L" at a list that waits for a choice is of the list
    found, _ = after([Set(target=black, values=Values(size="L"))], view)
    assert found.pinned[0].kind == "add" and found.pinned[0].target.product_id == MAXI
    # "make the black one L" is of the order
    assert order_after([Set(target=black, values=Values(size="L"), change=True)], view) == {
        f"{WRAP}/black/L": 1
    } | order_with(without=[1])


def test_a_size_said_of_a_line_while_other_pieces_are_shown() -> None:
    view = dataclasses.replace(
        VIEW, lists=(options(MAXI, SHOES),), choosing=True, last_variant_id=ORDER[0].variant_id
    )
    changed = Set(target=Target(name="wrap dress"), values=Values(size="S"))
    assert order_after([changed], view) == {f"{WRAP}/black/S": 1} | order_with(without=[1])


def test_that_one_of_a_list_is_another_piece_than_the_line_that_goes() -> None:
    view = dataclasses.replace(
        VIEW, lists=(options(WRAP, MAXI),), choosing=True, last_variant_id=ORDER[0].variant_id
    )
    values = Values(colour="black", size="L")
    # "change it to that one, black L"
    that = Substitute(piece=Target(colour="black", pointed="it"), values=values)
    assert order_after([that], view) == {f"{MAXI}/black/L": 1} | order_with(without=[1])
    # "change it to black L" keeps the piece
    black = Substitute(piece=Target(colour="black"), values=values)
    assert order_after([black], view) == {f"{WRAP}/black/L": 1} | order_with(without=[1])


def test_the_piece_just_shown_is_what_comes_not_what_goes() -> None:
    # given: the maxi dress is looked at and waits for its size
    focus = Focus(product_id=MAXI, sku=MAXI, name=MAXI, category="dress")
    wish = Question(
        field="size",
        completes=Add(target=Target(product_id=MAXI)),
        choices=("S", "L"),
        product_id=MAXI,
        name=MAXI,
    )
    view = dataclasses.replace(VIEW, lines=VIEW.lines[:1], focus=focus)
    # when: "the black L instead"
    swap = Substitute(piece=Target(colour="black"), values=Values(colour="black", size="L"))
    # then: the line of the order goes
    _, applied = after([swap], view, [wish])
    assert dict(held(applied.lines)) == {f"{MAXI}/black/L": 1}


def test_a_piece_of_a_kind_for_a_child_is_one_that_comes_in_her_size() -> None:
    # given: a grown-up's kanzu in the order, and children's in the shop
    grown = variant("Omani Kanzu", "white", "58", kind="kanzu")
    sold = [*SOLD, grown]
    view = View(
        lines=numbered([line("Omani Kanzu/white/58", kind="kanzu")]), pieces=pieces_of(sold)
    )
    # when: "and a kanzu for my son of 9"
    wanted = Add(target=Target(category="kanzu"), values=Values(age=9), another=True)
    found = resolve([wanted], view, ())
    # then
    assert [edit.target.product_id for edit in found.pinned] == [KIDS]


def test_more_of_a_piece_that_is_not_ordered_puts_it_in() -> None:
    # "ongeza Bahari Sandals", of which the order has none; its colour and size are asked for
    found = resolve([ChangeQuantity(target=Target(name="bahari sandals"), by=1)], VIEW, ())
    [added] = found.pinned
    assert isinstance(added, Add) and added.target.product_id == SHOES
    assert not found.unknown


def test_all_of_so_many_are_units_of_the_piece_looked_at() -> None:
    # given: a list, and the wrap dress spoken of
    view = dataclasses.replace(
        EMPTY, lists=(options(WRAP, MAXI),), focus=Focus(product_id=WRAP, colour="red")
    )
    # when: "two, no, three, all in M"
    wanted = Add(target=Target(scope="all"), values=Values(size="M", quantity=3))
    # then
    assert order_after([wanted], view) == {f"{WRAP}/red/M": 3}


def test_the_same_order_again_is_every_line_as_it_was_bought() -> None:
    view = dataclasses.replace(EMPTY, bought=ORDER)
    again = Add(target=Target(scope="all"), another=True)
    assert order_after([again], view) == order_with()


def test_a_second_piece_of_a_list_for_a_child_is_of_that_age() -> None:
    shown = tuple(option.model_copy(update={"age": 9}) for option in options(KIDS, TEE))
    view = dataclasses.replace(VIEW, lists=(shown,))
    wanted = Add(target=Target(name="eid kanzu"), another=True)
    assert order_after([wanted], view) == order_with((f"{KIDS}/white/9-10Y", 1))


def test_both_of_two_shown_and_both_of_three() -> None:
    two = dataclasses.replace(EMPTY, lists=(options(BELT, KIDS),), choosing=True)
    found, _ = after([Add(target=Target(scope="both"))], two)
    assert [edit.target.product_id for edit in found.pinned if isinstance(edit, Add)] == [
        BELT,
        KIDS,
    ]
    three = dataclasses.replace(EMPTY, lists=(options(BELT, KIDS, TEE),), choosing=True)
    found, _ = after([Add(target=Target(scope="both"))], three)
    assert not found.pinned and found.asked[0].choices == (BELT, KIDS, TEE)


def test_a_piece_in_focus_is_wanted_by_its_values() -> None:
    view = dataclasses.replace(EMPTY, focus=Focus(product_id=WRAP, colour="red"))
    assert order_after([Set(values=Values(size="M"))], view) == {f"{WRAP}/red/M": 1}


def test_one_in_each_colour_of_a_piece_looked_at() -> None:
    view = dataclasses.replace(EMPTY, focus=Focus(product_id=WRAP, size="M"))
    parts = (Values(colour="red", quantity=1), Values(colour="black", quantity=2))
    assert order_after([Split(parts=parts)], view) == {f"{WRAP}/red/M": 1, f"{WRAP}/black/M": 2}


# ── colours and sizes as they are said ──────────────────────────────────────


@pytest.mark.parametrize(
    ("target", "values", "field", "choices"),
    [
        # a green of two: which, and not black
        ("maxi", Values(colour="green", size="M"), "colour", ("army green", "bottle green")),
        ("eid kanzu", Values(age=5), "size", ("4-5Y", "5-6Y")),
        ("eid kanzu", Values(size="5"), "size", ("4-5Y", "5-6Y")),
        ("sandals", Values(colour="black", size="L"), "size", ("38", "39")),  # sized by numbers
        ("wrap dress", Values(colour="black", exclude_size="M"), "size", ("S", "L")),
        ("zawadi belt", Values(exclude_colour="brown"), "colour", ("brown",)),  # shown, not taken
    ],
)
def test_what_is_not_clear_is_asked(
    target: str, values: Values, field: str, choices: tuple[str, ...]
) -> None:
    _, applied = after([Add(target=Target(name=target), values=values)], EMPTY)
    assert applied.lines == ()
    assert (applied.questions[0].field, applied.questions[0].choices) == (field, choices)


def test_an_age_that_one_size_is_for() -> None:
    edit = Add(target=Target(category="kanzu"), values=Values(age=10))
    assert order_after([edit], EMPTY) == {f"{KIDS}/white/9-10Y": 1}


def test_a_wrong_colour_and_a_wrong_size_are_both_told() -> None:
    _, applied = after(
        [Add(target=Target(name=WRAP), values=Values(colour="olive", size="XXXL"))], EMPTY
    )
    question = applied.questions[0]
    assert applied.changes[0].reason == "no_such_colour"
    _, applied = after([Set(values=Values(colour="red"))], EMPTY, [question])
    assert applied.changes[0].reason == "no_such_size"
    assert applied.questions[0].choices == ("S", "M", "L")


def test_which_green_keeps_how_many_and_the_line() -> None:
    order = numbered([line(f"{MAXI}/black/M")])
    view = View(lines=order, pieces=VIEW.pieces, last_variant_id=order[0].variant_id)
    # "make it 3 in green"
    _, applied = after([Set(values=Values(colour="green", quantity=3), change=True)], view)
    assert held(applied.lines) == held(order)
    question = applied.questions[0]
    # "L": of the line; which green is still open
    found, applied = after([Set(values=Values(size="L"))], view, [question])
    assert held(applied.lines) == [(f"{MAXI}/black/L", 1)]
    assert found.open == [question]
    # "the army green"
    _, applied = after([Set(values=Values(colour="army green"))], view, [question])
    assert held(applied.lines) == [(f"{MAXI}/army green/M", 3)]


def test_which_green_of_a_part() -> None:
    order = numbered([line(f"{MAXI}/black/M", 2)])
    view = View(lines=order, pieces=VIEW.pieces)
    _, applied = after([Split(parts=(Values(colour="green"),))], view)
    assert held(applied.lines) == held(order)
    _, applied = after([Set(values=Values(colour="bottle green"))], view, applied.questions)
    assert held(applied.lines) == [(f"{MAXI}/black/M", 1), (f"{MAXI}/bottle green/M", 1)]


def test_lines_change_places() -> None:
    order = numbered([line(f"{WRAP}/black/M", 1), line(f"{WRAP}/red/M", 2)])
    swap = [
        Set(target=Target(colour="black"), values=Values(colour="red")),
        Set(target=Target(colour="red"), values=Values(colour="black")),
    ]
    view = View(lines=order, pieces=VIEW.pieces)
    assert order_after(swap, view) == {f"{WRAP}/red/M": 1, f"{WRAP}/black/M": 2}


# ── answers ─────────────────────────────────────────────────────────────────


def size_of(product: str, colour: str, sizes: tuple[str, ...]) -> Question:
    return Question(
        field="size",
        completes=Add(target=Target(product_id=product), values=Values(colour=colour)),
        product_id=product,
        name=product,
        choices=sizes,
    )


def colour_of(product: str, colours: tuple[str, ...], **values: object) -> Question:
    return Question(
        field="colour",
        completes=Add(target=Target(product_id=product), values=Values(**values)),
        product_id=product,
        name=product,
        choices=colours,
    )


WRAP_SIZE = size_of(WRAP, "red", ("S", "M", "L"))
SHOE_SIZE = size_of(SHOES, "black", ("38", "39"))
TEE_COLOUR = colour_of(TEE, ("white", "navy"), size="M")


def test_an_answer_goes_to_the_question_asked_now() -> None:
    found, applied = after([Set(values=Values(size="M"))], EMPTY, [SHOE_SIZE, WRAP_SIZE])
    assert held(applied.lines) == [(f"{WRAP}/red/M", 1)]
    assert found.open == [SHOE_SIZE]


def test_an_answer_that_names_its_piece_goes_there() -> None:
    answer = Set(target=Target(category="shoes"), values=Values(size="38"))
    found, applied = after([answer], EMPTY, [SHOE_SIZE, WRAP_SIZE])
    assert held(applied.lines) == [(f"{SHOES}/black/38", 1)]
    assert found.open == [WRAP_SIZE]


def test_a_colour_goes_to_the_question_of_a_colour() -> None:
    found, applied = after([Set(values=Values(colour="navy"))], EMPTY, [TEE_COLOUR, WRAP_SIZE])
    assert held(applied.lines) == [(f"{TEE}/navy/M", 1)]
    assert found.open == [WRAP_SIZE]


def test_a_colour_may_be_said_as_the_piece_it_is() -> None:
    _, applied = after([Add(target=Target(colour="navy"))], EMPTY, [TEE_COLOUR])
    assert held(applied.lines) == [(f"{TEE}/navy/M", 1)]


def test_all_in_one_size_answers_all_that_ask_for_it() -> None:
    waiting = [size_of(MAXI, "black", ("M", "L")), WRAP_SIZE, SHOE_SIZE]
    both = Set(target=Target(scope="all", category="dress"), values=Values(size="M"))
    found, applied = after([both], EMPTY, waiting)
    assert dict(held(applied.lines)) == {f"{WRAP}/red/M": 1, f"{MAXI}/black/M": 1}
    assert found.open == [SHOE_SIZE]


def test_a_change_of_a_line_leaves_the_question_open() -> None:
    change = Set(target=Target(category="belt"), values=Values(quantity=2), change=True)
    found, applied = after([change], VIEW, [SHOE_SIZE])
    assert dict(held(applied.lines)) == order_with((ORDER[2].variant_id, 2))
    assert found.open == [SHOE_SIZE]


@pytest.mark.parametrize(("colour", "open_still"), [("red", 0), ("black", 1)])
def test_a_wished_piece_that_comes_in_the_place_of_another_is_wished_no_more(
    colour: str, open_still: int
) -> None:
    # given: her red wrap dress waits for its size
    swap = Substitute(
        target=Target(category="t-shirt"),
        piece=Target(product_id=WRAP),
        values=Values(colour=colour, size="M"),
    )
    # when: "swap the tee for the red wrap dress, M"; of another colour it may be one more
    found, applied = after([swap], VIEW, [WRAP_SIZE])
    # then
    assert f"{WRAP}/{colour}/M" in {variant_id for variant_id, _ in held(applied.lines)}
    assert len(found.open) == open_still


def test_a_colour_offered_is_taken_only_by_its_name() -> None:
    # "purple" of a dress in black and red; the nearest is offered
    offer = Question(
        field="take_it",
        completes=Add(target=Target(product_id=WRAP), values=Values(colour="red")),
        product_id=WRAP,
        name=WRAP,
        choices=("black", "red"),
    )
    # "M" is no yes to red
    found, applied = after([Set(values=Values(size="M"))], EMPTY, [offer])
    assert applied.lines == ()
    assert found.asked[0].field == "colour"
    # "black" then is wanted in M
    _, applied = after([Set(values=Values(colour="black"))], EMPTY, found.asked)
    assert held(applied.lines) == [(f"{WRAP}/black/M", 1)]


def test_two_no_three_no_two_are_two() -> None:
    counts = [Set(target=Target(name="tee"), values=Values(quantity=n)) for n in (3, 4, 3)]
    assert order_after(counts)[ORDER[1].variant_id] == 3


def test_a_part_whose_colour_is_not_there_is_offered_in_the_nearest() -> None:
    # "one in maroon"; there is burgundy, which a yes takes
    order = numbered([line("Cap/black/M", 2)])
    sold = stock_of("Cap", ("black", "burgundy"), ("M",))
    view = View(lines=order, pieces=pieces_of(sold))
    maroon = Split(parts=(Values(colour="maroon"),))
    applied = apply(order, resolve([maroon], view).pinned, sold)
    assert held(applied.lines) == held(order)
    [offer] = applied.questions
    assert (offer.field, offer.part) == ("take_it", 0)
    assert offer.completes is not None
    found = resolve([offer.completes], view, [offer])
    assert found.open == []
    taken = apply(order, found.pinned, sold)
    assert held(taken.lines) == [("Cap/black/M", 1), ("Cap/burgundy/M", 1)]


def test_an_offer_of_a_colour_that_is_a_part_already_is_not_made() -> None:
    order = numbered([line("Cap/black/M", 2)])
    sold = stock_of("Cap", ("black", "burgundy"), ("M",))
    view = View(lines=order, pieces=pieces_of(sold))
    both = Split(parts=(Values(colour="burgundy"), Values(colour="maroon")))
    applied = apply(order, resolve([both], view).pinned, sold)
    assert applied.questions == [] and applied.offers == []
    assert applied.changes[0].reason == "no_such_colour"


def test_yes_to_several_pieces_twice_is_one_wish() -> None:
    asked = which(WRAP, MAXI, size="M")
    shown = View(pieces=VIEW.pieces, lists=(options(WRAP, MAXI),), choosing=True)
    found = resolve([Add()], shown, [asked])
    assert (found.asked, found.open) == ([asked], [])


def test_of_too_few_left_another_colour_is_wanted_as_often() -> None:
    sold = [variant("Cap", "black", "M", 2), variant("Cap", "white", "M", 9)]
    view = View(pieces=pieces_of(sold))
    five = Add(target=Target(name="cap"), values=Values(colour="black", size="M", quantity=5))
    applied = apply((), resolve([five], view).pinned, sold)
    assert applied.lines == () and applied.questions[0].field == "quantity"
    white = resolve([Set(values=Values(colour="white"))], view, applied.questions)
    assert held(apply((), white.pinned, sold).lines) == [("Cap/white/M", 5)]
    two = resolve([Set(values=Values(quantity=2))], view, applied.questions)
    assert held(apply((), two.pinned, sold).lines) == [("Cap/black/M", 2)]


def which(*ids: str, **values: object) -> Question:
    wanted = Add(target=Target(name="malaika"), values=Values(**values))
    return Question(field="which", completes=wanted, choices=ids)


@pytest.mark.parametrize(
    "answer",
    [
        Add(target=Target(option=2)),
        Add(target=Target(name="maxi")),
        Add(target=Target(colour="army green")),
        Set(target=Target(option=2)),
        Add(target=Target(product_id=MAXI)),
    ],
)
def test_which_piece(answer: Edit) -> None:
    view = dataclasses.replace(EMPTY, lists=(options(WRAP, MAXI),), choosing=True)
    found, _ = after([answer], view, [which(WRAP, MAXI, quantity=2)])
    (only,) = found.pinned
    assert isinstance(only, Add) and only.target.product_id == MAXI
    assert only.values.quantity == 2
    assert not found.open


def test_an_answer_that_still_fits_several_asks_among_those() -> None:
    asked = which(WRAP, MAXI, SHOES)
    found, _ = after([Add(target=Target(category="dress"))], EMPTY, [asked])
    assert not found.open
    assert [q.choices for q in found.asked] == [(WRAP, MAXI)]


def test_a_number_is_of_the_list_shown_since() -> None:
    view = dataclasses.replace(EMPTY, lists=(options(TEE, BELT),), choosing=True)
    asked = which(WRAP, MAXI)
    found, _ = after([Add(target=Target(option=2))], view, [asked])
    assert found.pinned[0].target.product_id == BELT
    assert found.open == [asked]


def which_line(edit: Edit) -> Question:
    return Question(field="which_line", completes=edit, choices=tuple(x.variant_id for x in ORDER))


@pytest.mark.parametrize(
    ("answer", "gone"),
    [
        (Set(target=Target(option=3)), 3),
        (Remove(target=Target(line=3)), 3),
        (Add(target=Target(category="belt")), 3),
        (Set(values=Values(colour="black")), 1),
        (Remove(target=Target(name="malaika")), 1),
    ],
)
def test_which_line(answer: Edit, gone: int) -> None:
    found, applied = after([answer], VIEW, [which_line(Remove())])
    assert dict(held(applied.lines)) == order_with(without=[gone])
    assert not found.open


def test_another_edit_of_a_line_is_no_answer_to_which_line_goes() -> None:
    more = Set(target=Target(category="belt"), values=Values(quantity=2), change=True)
    found, applied = after([more], VIEW, [which_line(Remove())])
    assert dict(held(applied.lines)) == order_with((ORDER[2].variant_id, 2))
    assert len(found.open) == 1


def test_which_line_is_not_asked_twice_for_one_edit() -> None:
    found, _ = after([Remove()], VIEW, [which_line(Remove())])
    assert len(found.open) + len(found.asked) == 1


@pytest.mark.parametrize(
    "edit",
    [
        Set(target=Target(name="wrap dress"), values=Values(size="S"), change=True),
        Remove(target=Target(name="wrap dress")),
    ],
)
def test_what_a_line_was_to_become_is_not_asked_once_it_is_said_anew(edit: Edit) -> None:
    # "make the dress size 99": which size?
    asked = after([Set(target=Target(line=1), values=Values(size="99"), change=True)])[1].questions
    found, applied = after([edit], VIEW, asked)
    assert not found.open
    assert f"{WRAP}/black/M" not in dict(held(applied.lines))


# ── taking back ─────────────────────────────────────────────────────────────


def test_leave_it_takes_back_what_is_asked_now() -> None:
    found, applied = after([Remove()], VIEW, [SHOE_SIZE])
    assert found.dropped == [SHOE_SIZE] and held(applied.lines) == held(ORDER)


def test_a_wish_in_another_colour_is_not_the_one_taken_back() -> None:
    found, _ = after([Remove(target=Target(colour="brown"))], EMPTY, [SHOE_SIZE])
    assert found.open == [SHOE_SIZE] and found.unknown


def test_remove_all_takes_back_what_is_still_wanted() -> None:
    found, applied = after([Remove(target=Target(scope="all"))], VIEW, [SHOE_SIZE])
    assert applied.lines == () and found.dropped == [SHOE_SIZE]


def test_in_the_place_of_a_wish_comes_the_other_piece() -> None:
    # "the tee, not the dress", while the dress's size is asked
    instead = Substitute(
        target=Target(category="dress"),
        piece=Target(category="t-shirt"),
        values=Values(colour="navy", size="M"),
    )
    found, applied = after([instead], EMPTY, [WRAP_SIZE])
    assert held(applied.lines) == [(f"{TEE}/navy/M", 1)]
    assert found.dropped == [WRAP_SIZE] and not found.open


# ── several edits of one message ────────────────────────────────────────────


@pytest.mark.parametrize(
    ("edits", "order"),
    [
        # "two, no, three"
        (
            [
                Add(target=Target(name="sandals"), values=Values(colour="black", size="38")),
                Set(values=Values(quantity=2)),
                Set(values=Values(quantity=3), change=True),
            ],
            order_with((f"{SHOES}/black/38", 3)),
        ),
        # "make the dress red, and make it two"
        (
            [
                Set(target=Target(category="dress"), values=Values(colour="red"), change=True),
                Set(values=Values(quantity=2), change=True),
            ],
            order_with((f"{WRAP}/red/M", 2), without=[1]),
        ),
        # "remove it and add the third instead"
        (
            [
                Remove(target=Target(category="belt")),
                Add(target=Target(name="eid kanzu"), values=Values(size="4-5Y")),
            ],
            order_with((f"{KIDS}/white/4-5Y", 1), without=[3]),
        ),
        # "add the sandals … no, leave them"
        ([Add(target=Target(name="sandals")), Remove()], order_with()),
        # one bad edit fails alone
        (
            [
                Set(target=Target(line=1), values=Values(size="99"), change=True),
                Remove(target=Target(category="belt")),
            ],
            order_with(without=[3]),
        ),
        # one for each child
        (
            [
                Add(target=Target(category="kanzu"), values=Values(age=4)),
                Add(target=Target(category="kanzu"), values=Values(age=10)),
            ],
            order_with((f"{KIDS}/white/4-5Y", 1), (f"{KIDS}/white/9-10Y", 1)),
        ),
    ],
)
def test_several_edits(edits: list[Edit], order: dict[str, int]) -> None:
    assert order_after(edits) == order


def test_a_size_said_first_and_then_mended_is_told_once() -> None:
    # "L, no wait, S": there is no XL to complain of either
    edits: list[Edit] = [
        Set(target=Target(line=1), values=Values(size="XL")),
        Set(target=Target(line=1), values=Values(size="S"), change=True),
    ]
    _, applied = after(edits)
    assert [change.what for change in applied.changes] == ["changed"]
    assert (f"{WRAP}/black/S", 1) in held(applied.lines)


def test_an_edit_of_a_line_that_is_out_already_is_told() -> None:
    edits: list[Edit] = [
        Remove(target=Target(line=1)),
        Set(target=Target(line=1), values=Values(size="L")),
    ]
    _, applied = after(edits)
    assert [change.reason for change in applied.changes] == [None, "not_in_order"]


def test_adds_described_alike_are_of_the_piece_that_fits_them_all() -> None:
    # given two dresses shown, of which only one comes in red: "the malaika, one black, one red"
    shown = dataclasses.replace(EMPTY, lists=(tuple(options(WRAP, MAXI)),), choosing=True)
    malaika = Target(name="malaika")
    adds = [
        Add(target=malaika, values=Values(colour=colour, size="M")) for colour in ("black", "red")
    ]

    found, _ = after(adds, shown)

    assert [edit.target.product_id for edit in found.pinned] == [WRAP, WRAP]  # type: ignore[union-attr]
    assert not found.asked


def test_a_size_told_of_a_person_holds_for_the_pieces_for_that_person() -> None:
    brother = Whose(WornBy("bro", "brother", None))
    worn = (Worn("bro", "39"), Worn("mine", "38"))
    view = dataclasses.replace(EMPTY, worn=worn)

    found = resolve([Add(target=Target(name=SHOES), for_whom=brother)], view)

    assert [edit.values.size for edit in found.pinned if isinstance(edit, Add)] == ["39"]


TEES = numbered(
    [
        line(f"{TEE}/white/S", kind="t-shirt"),
        line(f"{TEE}/navy/S", kind="t-shirt"),
        line(f"{BELT}/brown/ONE", kind="belt"),
    ]
)
NAVY_OUT = Remove(target=Target(colour="navy"))


def test_a_line_named_besides_settles_which_of_them_goes() -> None:
    view = dataclasses.replace(VIEW, lines=TEES)
    found, applied = after([Remove(target=Target(category="t-shirt")), NAVY_OUT], view)
    assert not found.asked and len(applied.lines) == 2


def test_the_line_left_of_two_takes_the_change() -> None:
    view = dataclasses.replace(VIEW, lines=TEES)
    sized = Set(target=Target(category="t-shirt"), values=Values(size="M"), change=True)
    found, applied = after([sized, NAVY_OUT], view)
    assert not found.asked
    assert [(x.colour, x.size) for x in applied.lines] == [("white", "M"), ("brown", "ONE")]


def test_instead_of_what_was_taken_out_adds() -> None:
    watch = Substitute(target=Target(pointed="it"), piece=Target(name=WRAP))
    found = resolve([watch], dataclasses.replace(VIEW, only_taken_out=True))
    assert [edit.kind for edit in found.pinned] == ["add"]
