"""Whose the lines of an order are, through every edit of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from dukani.core.store.wearers import Audience, Relation, WornBy
from dukani.domain.acts import (
    Add,
    ChangeQuantity,
    Edit,
    Remove,
    Set,
    Split,
    Substitute,
    Target,
    Undo,
    Values,
)
from dukani.domain.editing import Applied, apply
from dukani.domain.pieces import Share
from dukani.domain.wearers import audience_of
from dukani.domain.whose import HER_OWN, SEVERAL, Whose
from tests.unit.domain.shops import line, numbered, stock_of

DRESS = "Amani"
BLACK, RED, SMALL = f"{DRESS}/black/M", f"{DRESS}/red/M", f"{DRESS}/black/S"
SOLD = stock_of(DRESS, ("black", "red"), ("S", "M"))


def several(*shares: tuple[Whose, int]) -> Whose:
    return Whose(
        for_several=True,
        shares=tuple(Share(worn_by=whose.worn_by, units=units) for whose, units in shares),
    )


SISTER = Whose(WornBy("1", "sister"))
SON = Whose(WornBy("2", "son", "Juma"))
HERS_AND_SISTERS = several((SISTER, 1), (HER_OWN, 1))
AT, OF = Target(variant_id=BLACK), Target(product_id=DRESS)
M_BLACK = Values(colour="black", size="M")


def edited(*edits: Edit, lines: Sequence[tuple[str, Whose]] = ()) -> Applied:
    there = numbered(
        [
            line(id_).model_copy(
                update={
                    "worn_by": whose.worn_by,
                    "for_several": whose.for_several,
                    "shares": whose.shares,
                    "quantity": sum(share.units for share in whose.shares) or 1,
                }
            )
            for id_, whose in lines
        ]
    )
    return apply(there, edits, SOLD)


def whose(applied: Applied) -> Mapping[str, Whose]:
    return {line.variant_id: Whose.of(line) for line in applied.lines}


@pytest.mark.parametrize(
    ("lines", "edit", "after"),
    [
        # a new line is of whom it is put in for
        ([], Add(target=OF, values=M_BLACK), {BLACK: HER_OWN}),
        ([], Add(target=OF, values=M_BLACK, for_whom=SISTER), {BLACK: SISTER}),
        # said again without a person, it stays whose it is; with one, it is that one's
        ([(BLACK, SISTER)], Add(target=OF, values=M_BLACK), {BLACK: SISTER}),
        ([(BLACK, HER_OWN)], Add(target=OF, values=M_BLACK, for_whom=SON), {BLACK: SON}),
        (
            [(BLACK, SISTER)],
            Add(target=OF, values=M_BLACK.model_copy(update={"quantity": 2})),
            {BLACK: SISTER},
        ),
        # another one for somebody else makes the line several people's
        (
            [(BLACK, SISTER)],
            Add(target=OF, values=M_BLACK, another=True, for_whom=SON),
            {BLACK: several((SISTER, 1), (SON, 1))},
        ),
        (
            [(BLACK, SISTER)],
            Add(target=OF, values=M_BLACK, another=True),
            {BLACK: HERS_AND_SISTERS},
        ),
        ([(BLACK, SEVERAL)], Add(target=OF, values=M_BLACK, another=True), {BLACK: SEVERAL}),
        (
            [(BLACK, SISTER)],
            Add(target=OF, values=M_BLACK, another=True, for_whom=SISTER),
            {BLACK: SISTER},
        ),
        ([(BLACK, SISTER)], ChangeQuantity(target=AT, by=1), {BLACK: SISTER}),
        # a line that becomes another piece, colour or size stays whose it is
        ([(BLACK, SISTER)], Set(target=AT, values=Values(size="S")), {SMALL: SISTER}),
        (
            [(BLACK, SON)],
            Substitute(target=AT, piece=OF, values=Values(colour="red", size="M")),
            {RED: SON},
        ),
        (
            [(BLACK, SISTER)],
            Split(target=AT, parts=(Values(colour="black"), Values(colour="red"))),
            {BLACK: SISTER, RED: SISTER},
        ),
        # and if another line holds that already, it is several people's
        (
            [(BLACK, SISTER), (SMALL, HER_OWN)],
            Set(target=AT, values=Values(size="S")),
            {SMALL: HERS_AND_SISTERS},
        ),
        # what is only said of a line
        ([(BLACK, HER_OWN)], Set(target=AT, for_whom=SISTER), {BLACK: SISTER}),
        ([(BLACK, SISTER)], Set(target=AT, for_whom=HER_OWN), {BLACK: HER_OWN}),
        (
            [(BLACK, HER_OWN)],
            Set(target=AT, values=Values(size="S"), for_whom=SISTER),
            {SMALL: SISTER},
        ),
    ],
)
def test_each_line_is_of_whom_it_is_for(
    lines: Sequence[tuple[str, Whose]], edit: Edit, after: Mapping[str, Whose]
) -> None:
    assert whose(edited(edit, lines=lines)) == after


@pytest.mark.parametrize(
    ("before", "edit", "after"),
    [
        # more of a line for somebody: the first unit stays whose it was
        (
            HER_OWN,
            Set(target=AT, values=Values(quantity=2), for_whom=SISTER),
            {BLACK: several((HER_OWN, 1), (SISTER, 1))},
        ),
        (
            SON,
            ChangeQuantity(target=AT, by=2, for_whom=SISTER),
            {BLACK: several((SON, 1), (SISTER, 2))},
        ),
        (SISTER, ChangeQuantity(target=AT, by=1, for_whom=SISTER), {BLACK: SISTER}),
        # of the units that are there one is for somebody, said twice or not
        (
            several((HER_OWN, 2)),
            Set(target=AT, for_whom=SISTER, for_units=1),
            {BLACK: several((HER_OWN, 1), (SISTER, 1))},
        ),
        (HERS_AND_SISTERS, Set(target=AT, for_whom=SISTER, for_units=1), {BLACK: HERS_AND_SISTERS}),
        (
            HERS_AND_SISTERS,
            Set(target=AT, for_whom=SON, for_units=1),
            {BLACK: several((SISTER, 1), (SON, 1))},
        ),
        # her units in another colour: one line is hers, and the other is as it was
        (
            HERS_AND_SISTERS,
            Split(target=AT, parts=(Values(colour="red"),), units_of=SISTER),
            {BLACK: HER_OWN, RED: SISTER},
        ),
        (
            several((SON, 1), (SISTER, 2), (HER_OWN, 1)),
            Split(target=AT, parts=(Values(colour="red", quantity=2),), units_of=SISTER),
            {BLACK: several((SON, 1), (HER_OWN, 1)), RED: SISTER},
        ),
        # her units taken out
        (HERS_AND_SISTERS, Remove(target=AT, quantity=1, units_of=SISTER), {BLACK: HER_OWN}),
        (HERS_AND_SISTERS, Remove(target=AT, quantity=1, units_of=HER_OWN), {BLACK: SISTER}),
        # whose is taken out or changed is not told: no more is known
        (HERS_AND_SISTERS, Remove(target=AT, quantity=1), {BLACK: SEVERAL}),
        (
            HERS_AND_SISTERS,
            Split(target=AT, parts=(Values(colour="red"),)),
            {BLACK: SEVERAL, RED: SEVERAL},
        ),
        (HERS_AND_SISTERS, ChangeQuantity(target=AT, by=1), {BLACK: SEVERAL}),
        # all units in another colour stay whose they were
        (HERS_AND_SISTERS, Set(target=AT, values=Values(colour="red")), {RED: HERS_AND_SISTERS}),
    ],
)
def test_of_a_line_for_several_it_is_known_how_many_are_whose(
    before: Whose, edit: Edit, after: Mapping[str, Whose]
) -> None:
    assert whose(edited(edit, lines=[(BLACK, before)])) == after


def test_units_that_become_alike_again_are_still_told_apart() -> None:
    # given hers in black and her sister's in red
    there = [(BLACK, HER_OWN), (RED, SISTER)]
    # when the sister's shall be black too
    alike = edited(Set(target=Target(variant_id=RED), values=Values(colour="black")), lines=there)
    # then one line has a unit of each
    assert whose(alike) == {BLACK: several((HER_OWN, 1), (SISTER, 1))}


def test_an_undo_knows_again_how_many_were_whose() -> None:
    [now] = numbered([line(BLACK)])
    before = {BLACK: HERS_AND_SISTERS}

    applied = apply([now], [Undo()], SOLD, before=[(BLACK, 2)], whose_before=before)

    assert whose(applied) == before


def test_saying_whose_a_line_is_changes_the_line_and_nothing_else() -> None:
    [change] = edited(Set(target=AT, for_whom=SISTER), lines=[(BLACK, HER_OWN)]).changes

    assert (change.what, change.line and change.line.quantity) == ("changed", 1)


@pytest.mark.parametrize(
    ("now", "before"),
    [
        # the sister's line was taken out
        ([], {BLACK: SISTER}),
        # it was given to another
        ([(BLACK, SON)], {BLACK: SISTER}),
    ],
)
def test_an_undo_gives_a_line_back_to_whom_it_was_for(
    now: Sequence[tuple[str, Whose]], before: Mapping[str, Whose]
) -> None:
    there = [line(id_).model_copy(update={"worn_by": one.worn_by}) for id_, one in now]

    applied = apply(numbered(there), [Undo()], SOLD, before=[(BLACK, 1)], whose_before=before)

    assert whose(applied) == before
    assert all(change.what != "refused" for change in applied.changes)


@pytest.mark.parametrize(
    ("relation", "age", "audience"),
    [
        ("sister", None, "women"),
        ("husband", None, "men"),
        ("child", None, "children"),
        ("son", 7, "children"),
        ("sister", 9, "children"),
        ("son", 20, "men"),
        ("daughter", 17, "women"),
        # of any age
        ("daughter", None, None),
        ("nephew", None, None),
        ("friend", None, None),
        ("someone", 30, None),
    ],
)
def test_whose_sizes_a_person_wears_is_told_from_relation_and_age(
    relation: Relation, age: int | None, audience: Audience | None
) -> None:
    assert audience_of(relation, age) == audience
