"""Says whose the units of a line are: the customer's own, one other person's, or several people's.

One variant is one line, so units for two people stand in one line, and then the line tells nothing
about anybody's size.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import TypeAdapter

from dukani.core.store.wearers import WornBy
from dukani.domain.pieces import Line


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose units are; neither a person nor several: the customer's own."""

    worn_by: WornBy | None = None
    for_several: bool = False

    @classmethod
    def of(cls, line: Line) -> Whose:
        return cls(line.worn_by, line.for_several)


WHOSE = TypeAdapter(Whose)
HER_OWN = Whose()
SEVERAL = Whose(for_several=True)


def together(parts: Iterable[Whose]) -> Whose:
    """Whose a line of these units is; of none, the customer's own."""
    different = {
        (part.worn_by.id if part.worn_by else None, part.for_several): part for part in parts
    }
    if len(different) > 1:
        return SEVERAL
    return next(iter(different.values()), HER_OWN)
