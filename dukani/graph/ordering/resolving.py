"""What edits are resolved against: the view of the turn, and for whom they are."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.core.store.wearers import WornBy
from dukani.domain.acts import Add, Edit
from dukani.domain.pieces import Line
from dukani.domain.resolver import pieces_meant
from dukani.domain.sizes import named_for_children
from dukani.domain.view import View
from dukani.domain.wearers import GROWN_UP, audience_of, sex_of, sex_said
from dukani.domain.whose import Whose
from dukani.graph.context import Context
from dukani.graph.hearing.in_view import bought_before, swapped_in, taken_out, view_of
from dukani.graph.state import State, wearer_in


async def view_for_edits(state: State, context: Context, lines: Sequence[Line]) -> View:
    sold = await context.senses.assortments.of(context.conn, boutique_id=context.boutique.id)
    bought = await bought_before(context, lines)
    swapped = await swapped_in(state, context, lines)
    gone = await taken_out(state, context, lines)
    return view_of(state, lines, sold, bought=bought, swapped=swapped, gone=gone)


def for_the_wearer(state: State, edits: Sequence[Edit], view: View | None = None) -> list[Edit]:
    """The edits, what is added for the person spoken of last, unless another was said.

    What is in a child's age is for no grown person: "for my husband and our boys", "they are 4".
    Nor is what is named for children, or for the other sex.
    """
    worn_by = wearer_in(state)
    if worn_by is None:
        return list(edits)
    whose = Whose(worn_by)
    return [
        edit.model_copy(update={"for_whom": whose})
        if isinstance(edit, Add)
        and edit.for_whom is None
        and not _is_a_childs(edit, worn_by)
        and not _is_named_for_another(edit, worn_by, view)
        else edit
        for edit in edits
    ]


def _is_a_childs(edit: Add, worn_by: WornBy) -> bool:
    age = edit.values.age
    grown = audience_of(worn_by.relation, None) in ("women", "men")
    return grown and age is not None and age < GROWN_UP


def _is_named_for_another(edit: Add, worn_by: WornBy, view: View | None) -> bool:
    """Whether the piece is named for the other sex: "Ladies Belt", after one for her father."""
    meant = pieces_meant(edit.target, view, values=edit.values) if view else ()
    sex, grown = sex_of(worn_by.relation), audience_of(worn_by.relation, None) in ("women", "men")
    if not meant or sex is None:
        return False
    return all(
        sex_said(piece.name) not in (sex, None) or (grown and named_for_children(piece.name))
        for piece in meant
    )
