"""Which open questions a change of the order settles."""

from __future__ import annotations

from dukani.domain.acts import Add, Target, Values
from dukani.domain.changes import Change
from dukani.domain.moot_wishes import without_picked
from dukani.domain.pieces import Line
from dukani.domain.questions import Question


def which(*choices: str, wanted: int | None = None) -> Question:
    wish = Add(target=Target(category="scarf"), values=Values(quantity=wanted))
    return Question(field="which", completes=wish, choices=choices)


def added(product_id: str, quantity: int = 1) -> Change:
    line = Line(
        number=1, name=product_id, colour="red", size="ONE", quantity=quantity,
        unit_price_minor=500_00, variant_id=f"{product_id}-red", product_id=product_id,
    )  # fmt: skip
    return Change(what="added", line=line)


def test_which_of_them_is_settled_once_as_many_were_put_in() -> None:
    asked = which("silk", "wool", wanted=2)

    assert without_picked([asked], [added("silk"), added("silk")]) == []
    assert without_picked([asked], [added("silk", 2)]) == []


def test_which_of_them_stays_open_while_some_are_lacking_or_another_piece_came() -> None:
    asked = which("silk", "wool", wanted=2)

    assert without_picked([asked], [added("silk")]) == [asked]
    assert without_picked([asked], [added("hat", 2)]) == [asked]
