"""Whatever a mind says: each edit is pinned, asked about, unknown or taken back, and no more."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dukani.domain.acts import Add, Edit, Remove, Set, Target, Values
from dukani.domain.editing import apply
from dukani.domain.naming import names
from dukani.domain.pieces import Focus, Line
from dukani.domain.questions import Question
from dukani.domain.resolution import Resolution, resolve
from dukani.domain.resolver import lines_meant, pieces_meant
from dukani.domain.view import View
from tests.examples import examples
from tests.unit.domain.shops import (
    NAMES,
    Shop,
    held,
    orders,
    pieces_of,
    questions,
    said_edits,
    shops,
    stock_of,
    targets,
    values,
    views,
)

EXAMPLES = examples(60)
Talk = tuple[Shop, View, list[Edit], list[Question]]


@st.composite
def talks(draw: st.DrawFn, *, most: int = 3, asked: int = 2) -> Talk:
    shop = draw(shops())
    lines = draw(orders(shop))
    view = draw(views(shop, lines))
    edits = draw(st.lists(said_edits(), min_size=1, max_size=most))
    open_ones = draw(st.lists(questions(shop, lines), max_size=asked))
    return shop, view, edits, open_ones


def outcomes(found: Resolution) -> int:
    return len(found.pinned) + len(found.asked) + len(found.unknown) + len(found.dropped)


@given(talks(most=1))
@EXAMPLES
def test_an_edit_always_comes_to_something(talk: Talk) -> None:
    _, view, edits, open_ones = talk
    assert outcomes(resolve(edits, view, open_ones)) >= 1


@given(talks())
@EXAMPLES
def test_a_question_is_answered_asked_again_dropped_or_still_open(talk: Talk) -> None:
    _, view, edits, open_ones = talk
    assume(all(edit.kind != "clear" for edit in edits))
    found = resolve(edits, view, open_ones)
    left = len(found.open) + outcomes(found)
    assert left >= len(open_ones)
    assert all(question in open_ones for question in found.open)


@given(talks())
@EXAMPLES
def test_what_is_pinned_is_a_line_of_the_order_or_a_piece_of_the_shop(talk: Talk) -> None:
    shop, view, edits, open_ones = talk
    ids = {piece.product_id for piece in shop.pieces}
    lines = {x.variant_id for x in view.lines}
    for edit in resolve(edits, view, open_ones).pinned:
        if isinstance(edit, Add):
            assert edit.target == Target(product_id=edit.target.product_id)
            assert edit.target.product_id in ids
        elif edit.kind == "substitute":
            assert edit.target.variant_id in lines and edit.piece.product_id in ids
        elif edit.kind not in ("clear", "undo"):
            assert edit.target.variant_id in lines


@given(talks())
@EXAMPLES
def test_a_message_from_words_to_lines_is_sound(talk: Talk) -> None:
    shop, view, edits, open_ones = talk
    found = resolve(edits, view, open_ones)
    applied = apply(view.lines, found.pinned, shop.variants)
    for after in applied.lines:
        before = dict(held(view.lines)).get(after.variant_id, 0)
        assert 1 <= after.quantity <= max(before, shop.variant(after.variant_id).available)
    if found.pinned:
        assert applied.changes or applied.questions


@given(talks())
@EXAMPLES
def test_the_same_words_in_the_same_view_mean_the_same(talk: Talk) -> None:
    _, view, edits, open_ones = talk
    assert resolve(edits, view, open_ones) == resolve(edits, view, open_ones)


@given(shops(), st.data())
@EXAMPLES
def test_a_piece_that_merely_resembles_the_name_is_never_meant(
    shop: Shop, data: st.DataObject
) -> None:
    view = data.draw(views(shop, data.draw(orders(shop))))
    pointing = {"option": None, "line": None, "but": None}
    name = data.draw(st.sampled_from((*NAMES, "Malaika", "malika", "star tee", "hoodie")))
    target = data.draw(targets()).model_copy(update={**pointing, "name": name})
    for piece in pieces_meant(target, view):
        assert names(name, piece.name)
    for meant in lines_meant(target, view):
        assert names(name, meant.name)


@given(shops(), st.data())
@EXAMPLES
def test_a_whole_name_means_that_piece_and_no_other(shop: Shop, data: st.DataObject) -> None:
    view = data.draw(views(shop, ()))
    piece = data.draw(st.sampled_from(shop.pieces))
    assert pieces_meant(Target(name=piece.name), view) == [piece]


@given(shops(), st.data())
@EXAMPLES
def test_a_tapped_option_is_always_that_option(shop: Shop, data: st.DataObject) -> None:
    lines = data.draw(orders(shop))
    view = data.draw(views(shop, lines))
    assume(view.lists)
    option = data.draw(st.sampled_from(view.newest))
    open_ones = data.draw(
        st.lists(questions(shop, lines).filter(lambda q: q.field != "which_line"), max_size=2)
    )
    found = resolve([Add(target=Target(option=option.number))], view, open_ones)
    # Of a piece for several children one is taken for each age.
    taken = {edit.target.product_id for edit in found.pinned if isinstance(edit, Add)}
    assert taken == {option.product_id}
    assert not found.asked and not found.unknown


@given(shops(), st.data())
@EXAMPLES
def test_all_except_keeps_those_and_removes_the_others(shop: Shop, data: st.DataObject) -> None:
    lines: tuple[Line, ...] = data.draw(orders(shop))
    assume(len(lines) > 1)
    view = data.draw(views(shop, lines))
    kept = data.draw(st.sampled_from(lines))
    but = data.draw(
        st.sampled_from((Target(line=kept.number), Target(name=kept.name, colour=kept.colour)))
    )
    stay = {x.variant_id for x in lines_meant(but, view)}
    assume(stay)
    found = resolve([Remove(target=Target(scope="all", but=but))], view)
    after = apply(lines, found.pinned, shop.variants)
    if len(stay) == len(lines):
        assert found.unknown
    assert {x.variant_id for x in after.lines} == stay
    assert kept.variant_id in stay


@given(shops(), st.data())
@EXAMPLES
def test_a_value_completes_the_wish_that_asked_and_no_other(
    shop: Shop, data: st.DataObject
) -> None:
    lines = data.draw(orders(shop))
    view = data.draw(views(shop, lines))
    several = [p for p in shop.pieces if len(p.sizes) > 1]
    assume(several)
    piece, other = data.draw(st.sampled_from(several)), data.draw(st.sampled_from(shop.pieces))
    asked = _wish("size", piece.product_id, Values(colour=piece.colours[0]), piece.sizes)
    waits = _wish("colour", other.product_id, Values(), other.colours)
    size = data.draw(st.sampled_from(piece.sizes))
    found = resolve([Set(values=Values(size=size))], view, [waits, asked])
    assert found.open == [waits]
    assert found.pinned and found.pinned[0].target.product_id == piece.product_id
    assert found.pinned[0].values.size == size
    assert found.pinned[0].values.colour == piece.colours[0]


@pytest.mark.parametrize(
    "searched",
    [
        {"ages": (1, 4)},  # of these children the piece fits the one of 4
        {"wished": Values(size="4-5Y"), "focus": Focus(product_id="Malaika Wrap Dress")},
    ],
)
def test_a_bare_quantity_takes_no_size_from_the_search(searched: dict[str, Any]) -> None:
    # given a dress asked for in black, whose size is asked
    name = "Malaika Wrap Dress"
    variants = [*stock_of(name, ["black"], ["4-5Y", "5-6Y"]), *stock_of(name, ["white"], ["S"])]
    view = View(pieces=pieces_of(variants), **searched)
    asked = _wish("size", name, Values(colour="black"), view.pieces[0].sizes)

    # when only a number is said
    found = resolve([Set(values=Values(quantity=1))], view, [asked])

    # then the size is asked again, and the number is kept
    assert apply((), found.pinned, variants).lines == ()
    assert [question.field for question in found.asked] == ["size"]
    assert found.asked[0].completes == Add(
        target=Target(product_id=name), values=Values(colour="black", quantity=1)
    )


@given(shops(), st.integers(1, 40), st.data())
@EXAMPLES
def test_a_bare_quantity_never_buys_another_colour_or_size(
    shop: Shop, quantity: int, data: st.DataObject
) -> None:
    view = data.draw(views(shop, ()))
    piece = data.draw(st.sampled_from(shop.pieces))
    field = data.draw(st.sampled_from(("colour", "size", "take_it")))
    choices = piece.sizes if field == "size" else piece.colours
    said = Values(colour=piece.colours[0]) if field == "size" else Values(size=piece.sizes[0])
    if field == "size" and len(piece.sizes) == 1:
        return  # is never asked
    found = resolve(
        [Set(values=Values(quantity=quantity))],
        view,
        [_wish(field, piece.product_id, said, choices)],
    )
    assert apply((), found.pinned, shop.variants).lines == ()


def _wish(field: str, product_id: str, said: Values, choices: tuple[str, ...]) -> Question:
    return Question(
        field=field,
        completes=Add(target=Target(product_id=product_id), values=said),
        product_id=product_id,
        name=product_id,
        choices=choices,
    )


@given(shops(), values(), st.data())
@EXAMPLES
def test_nothing_said_of_which_line_touches_one_line_or_asks(
    shop: Shop, said: Values, data: st.DataObject
) -> None:
    lines = data.draw(orders(shop))
    view = data.draw(views(shop, lines))
    found = resolve([Set(values=said, change=True)], view)
    assert len(found.pinned) <= 1
