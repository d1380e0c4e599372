"""Defines open questions: the slot asked for, and the edit that the answer completes."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Literal

from pydantic import Field

from dukani.domain.acts import Add, Edits, Remove, Set, Split, Substitute
from dukani.domain.acts import ChangeQuantity as Change
from dukani.domain.changes import Change as Changed
from dukani.domain.changes import Offer
from dukani.domain.pieces import Frozen

Asked = Literal[
    "colour", "size", "quantity",  # of a piece that is wanted
    "which",  # of several pieces shown
    "which_line",  # of the order
    "category",  # of a photo
    "take_it",  # yes or no: the piece offered
    "last_address",  # yes or no: the same place as last time
    "missing",  # yes or no: whether the order lacks what changed nothing in it
    "reading",  # which of several edits was meant (`readings`)
    "payment_phone",
    "payer",  # yes or no: the number of a contact card; of several, which (`choices` in E.164)
]  # fmt: skip

Completed = Annotated[Add | Set | Change | Remove | Substitute | Split, Field(discriminator="kind")]


class Reading(Frozen):
    """What a message may have meant: the edits, pinned, and what would come of them."""

    edits: Edits
    changes: tuple[Changed, ...]


class Question(Frozen):
    """An open question. Lists keep them in the order asked; the last is the one asked now."""

    field: Asked
    completes: Completed | None = Field(None, description="the edit that asked, as far as known")
    product_id: str | None = Field(None, description="the piece it is about")
    name: str = ""
    said: str = Field("", description="the customer's own words that it came of")
    choices: tuple[str, ...] = Field(
        (), description="as shown: colours, sizes, or product ids; of `missing`, her words"
    )
    not_had: str | None = Field(
        None, description="the size wanted that is not there in the colour: another may have it"
    )
    refused: bool = Field(
        False, description="she was told that what she wanted first is not to be had"
    )
    proposed: str | None = Field(None, description="the size that is advised: a yes takes it")
    attempts: int = 1
    offer: Offer | None = Field(None, description="the colour that stands in for the one wanted")
    part: int | None = Field(None, description="which part of a Split it is about, from 0")
    readings: tuple[Reading, ...] = Field((), description="numbered from 1, as asked")

    def is_behind(self, listed: Collection[str]) -> bool:
        """Whether a list of other pieces was shown after it, so that a bare number is that list's.

        `listed`: the product ids of the list, if that was shown last; else none.
        """
        if not listed or self.field not in ("colour", "size", "quantity", "which", "which_line"):
            return False
        return self.field != "which" or not set(listed) <= set(self.choices)

    @property
    def is_vague(self) -> bool:
        """Whether it came of a mere yes to several pieces shown, which asks for none of them."""
        wish = self.completes
        return isinstance(wish, Add) and Add() == wish.model_copy(
            update={"for_whom": None, "evidence": None}
        )

    @property
    def stands_in(self) -> bool:
        """Whether a substitute colour is offered, rather than the piece itself."""
        return self.field == "take_it" and bool(self.choices)
