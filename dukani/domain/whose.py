"""Says whose the units of a line are: the customer's own, one other person's, or several people's.

One variant is one line, so units for two people stand in one line, and then the line tells nothing
about anybody's size. How many of them are whose is kept beside it, while it is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pydantic import TypeAdapter

from dukani.core.store.wearers import WornBy
from dukani.domain.pieces import Line, Share


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose units are; neither a person nor several: the customer's own.

    `shares`: of several people's units how many are whose; empty where that is not known.
    """

    worn_by: WornBy | None = None
    for_several: bool = False
    shares: tuple[Share, ...] = ()

    @classmethod
    def of(cls, line: Line) -> Whose:
        return cls(line.worn_by, line.for_several, line.shares)

    def has(self, units: int) -> Whose:
        """Whose so many units are: shares that count another number are forgotten."""
        known = sum(share.units for share in self.shares) == units
        return self if known or not self.shares else replace(self, shares=())

    def without(self, part: Whose, units: int) -> Whose:
        """Whose the units are that stay when so many of a person are taken out of them."""
        if not self.shares:
            return self
        left = [
            share.less(units) if id_of(share.worn_by) == id_of(part.worn_by) else share
            for share in self.shares
        ]
        return _of_shares([share for share in left if share.units > 0])

    def giving(self, units: int, *, of: int, to: Whose) -> Whose:
        """Whose `of` units are when so many are said to be for a person: taken of her own.

        Said again of a person who has as many, nothing changes.
        """
        shares = self.shares or (Share(worn_by=self.worn_by, units=of),)
        own = [share for share in shares if len(shares) == 1 or share.worn_by is None]
        has = any(one.units >= units and id_of(one.worn_by) == id_of(to.worn_by) for one in shares)
        if has:
            return self
        if (self.for_several and not self.shares) or not own or own[0].units < units:
            return SEVERAL
        left = [(Whose(share.worn_by), share.units) for share in shares if share is not own[0]]
        rest = own[0].units - units
        kept = [(Whose(own[0].worn_by), rest)] if rest else []
        return together([*kept, *left, (to, units)])


WHOSE = TypeAdapter(Whose)
HER_OWN = Whose()
SEVERAL = Whose(for_several=True)


def id_of(person: WornBy | None) -> str | None:
    return person.id if person else None


def together(parts: Iterable[tuple[Whose, int]]) -> Whose:
    """Whose a line of these units is, each with their number; of none, the customer's own."""
    shares: list[Share] = []
    for whose, units in parts:
        known = whose.has(units)
        if known.for_several and not known.shares:
            return SEVERAL
        shares += known.shares or [Share(worn_by=known.worn_by, units=units)]
    return _of_shares(shares)


def _of_shares(shares: Sequence[Share]) -> Whose:
    """Whose units of these shares are; a person has one share of a line."""
    merged: dict[str | None, Share] = {}
    for share in shares:
        person = id_of(share.worn_by)
        before = merged[person].units if person in merged else 0
        merged[person] = Share(worn_by=share.worn_by, units=before + share.units)
    if len(merged) < 2:
        return next((Whose(share.worn_by) for share in merged.values()), HER_OWN)
    return Whose(for_several=True, shares=tuple(merged.values()))
