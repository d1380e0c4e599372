"""Whatever edits come, pinned to whatever: the order stays sound and nothing passes in silence."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from dukani.domain.acts import Add, Clear, Edit, Remove, Set, Target, Undo, Values
from dukani.domain.editing import MOST_OF_ONE, Applied, apply
from dukani.domain.pieces import Line
from tests.examples import examples
from tests.unit.domain.shops import Shop, held, numbered, orders, pinned_edits, shops

Case = tuple[Shop, tuple[Line, ...], list[Edit]]
EXAMPLES = examples(80)


@st.composite
def cases(draw: st.DrawFn, *, most: int = 4, gone: bool = True) -> Case:
    shop = draw(shops())
    lines = draw(orders(shop, gone=gone))
    edits = draw(st.lists(pinned_edits(shop, lines), min_size=1, max_size=most))
    return shop, lines, edits


def reports(applied: Applied) -> int:
    return len(applied.changes) + len(applied.questions)


@given(cases())
@EXAMPLES
def test_no_line_holds_more_than_there_is_or_than_anyone_may_order(case: Case) -> None:
    shop, lines, edits = case
    had = dict(held(lines))
    for after in apply(lines, edits, shop.variants).lines:
        assert after.quantity >= 1
        if after.quantity > had.get(after.variant_id, 0):
            assert after.quantity <= min(shop.variant(after.variant_id).available, MOST_OF_ONE)


@given(cases())
@EXAMPLES
def test_lines_are_numbered_unique_and_of_real_variants(case: Case) -> None:
    shop, lines, edits = case
    applied = apply(lines, edits, shop.variants)
    assert [x.number for x in applied.lines] == list(range(1, len(applied.lines) + 1))
    assert len({x.variant_id for x in applied.lines}) == len(applied.lines)
    for after in applied.lines:
        if after.name == "Old Coat":
            continue  # no longer sold: only kept or taken out
        of = shop.variant(after.variant_id)
        told = (of.product_id, of.colour, of.size, of.price_minor)
        assert (after.product_id, after.colour, after.size, after.unit_price_minor) == told
    assert applied.last_variant_id in {None, *(x.variant_id for x in applied.lines)}


@given(cases(most=1))
@EXAMPLES
def test_an_edit_that_is_not_done_leaves_the_lines_and_says_why(case: Case) -> None:
    shop, lines, edits = case
    applied = apply(lines, edits, shop.variants)
    if not applied.changed:
        assert held(applied.lines) == held(lines)
    assert reports(applied) > 0


@given(cases())
@EXAMPLES
def test_every_edit_of_a_message_leaves_a_report(case: Case) -> None:
    shop, lines, edits = case
    told, changes = 0, 0
    for count in range(1, len(edits) + 1):
        applied = apply(lines, edits[:count], shop.variants, before=held(lines))
        again = isinstance(edits[count - 1], Remove) and _gone(applied, edits[count - 1])
        # What was asked before is moot once all is cleared, or what was asked for is put in: the
        # question goes, and the change is told in its place.
        cleared = isinstance(edits[count - 1], Clear) and not applied.lines
        settled = len(applied.changes) > changes
        assert reports(applied) > told or again or cleared or settled
        told, changes = reports(applied), len(applied.changes)


def _gone(applied: Applied, edit: Edit) -> bool:
    """Removed twice in one message: the first removal was told."""
    return isinstance(edit, Remove) and any(
        change.what == "removed"
        and change.line
        and change.line.variant_id == edit.target.variant_id
        for change in applied.changes
    )


@given(cases())
@EXAMPLES
def test_nothing_is_in_the_order_that_no_edit_named(case: Case) -> None:
    shop, lines, edits = case
    named = {line.product_id for line in lines}
    named |= {e.target.product_id for e in edits if isinstance(e, Add) and e.target.product_id}
    named |= {e.piece.product_id for e in edits if e.kind == "substitute" and e.piece.product_id}
    assert {x.product_id for x in apply(lines, edits, shop.variants).lines} <= named


@given(cases(gone=False))
@EXAMPLES
def test_one_by_one_is_the_same_as_all_at_once(case: Case) -> None:
    shop, lines, edits = case
    # A line that has become another variant is known by its old id within one message only.
    stays = ("add", "change_quantity", "remove", "clear")
    edits = [e for e in edits if e.kind in stays]
    adds_to_gone = {e.kind for e in edits} >= {"add", "remove"}
    assume(edits and not adds_to_gone and "clear" not in {e.kind for e in edits[:-1]})
    at_once = apply(lines, edits, shop.variants)
    now: tuple[Line, ...] = lines
    for edit in edits:
        now = apply(now, [edit], shop.variants).lines
    assert held(now) == held(at_once.lines)


@given(cases(gone=False))
@EXAMPLES
def test_undo_gives_back_the_very_lines_as_they_were(case: Case) -> None:
    shop, lines, edits = case
    edits = [edit for edit in edits if not isinstance(edit, Undo)]
    after = apply(lines, edits, shop.variants).lines
    back = apply(after, [Undo()], shop.variants, before=held(lines))
    assert held(back.lines) == held(lines)
    assert back.changes


@given(cases(gone=False), st.data())
@EXAMPLES
def test_said_as_it_is_already_is_kept(case: Case, data: st.DataObject) -> None:
    shop, lines, _ = case
    assume(lines)
    one = data.draw(st.sampled_from(lines))
    same = Set(
        target=Target(variant_id=one.variant_id),
        values=Values(colour=one.colour, size=one.size, quantity=one.quantity),
    )
    applied = apply(lines, [same], shop.variants)
    assert [change.what for change in applied.changes] == ["kept"]
    assert held(applied.lines) == held(lines)


@given(cases())
@EXAMPLES
def test_a_question_waits_for_an_edit_of_a_piece_that_is_sold(case: Case) -> None:
    shop, lines, edits = case
    ids = {piece.product_id for piece in shop.pieces}
    for question in apply(lines, edits, shop.variants).questions:
        assert question.completes is not None
        assert question.product_id in ids
        assert question.field == "quantity" or question.choices


@given(cases())
@EXAMPLES
def test_a_changed_line_is_told_as_it_is(case: Case) -> None:
    shop, lines, edits = case
    applied = apply(lines, edits[:1], shop.variants)
    now = {x.variant_id: x for x in applied.lines}
    for change in applied.changes:
        if change.what in ("added", "changed", "kept"):
            assert change.line and now[change.line.variant_id].quantity == change.line.quantity


def test_numbers_go_on_after_a_line_is_out() -> None:
    shop_lines = numbered(())
    assert apply(shop_lines, [], []).lines == ()
