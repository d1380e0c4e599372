"""Makes the question that offers a piece: "do you take it?"."""

from __future__ import annotations

from dukani.domain.acts import Add, Target, Values
from dukani.domain.pieces import Focus
from dukani.domain.questions import Question


def offer_of(focus: Focus) -> Question:
    """The question "do you take it?": a yes adds the piece with the values in focus."""
    return Question(
        field="take_it",
        completes=Add(
            target=Target(product_id=focus.product_id),
            values=Values(colour=focus.colour, size=focus.size, quantity=focus.quantity),
        ),
        product_id=focus.product_id,
        name=focus.name,
    )
