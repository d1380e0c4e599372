"""Finds the line whose piece is named for the person spoken of: "give him XL" of a Shirt (His)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dukani.domain.pieces import Line
from dukani.domain.wearers import Sex, for_child, named_for


def named_for_person(lines: Sequence[Line], sexes: Collection[Sex | None]) -> list[Line]:
    """The only line named for that sex beside one for the other; none where they are no two."""
    if len(sexes) != 1:
        return []
    named = [(line, named_for(line.name)) for line in lines if not for_child(line.name)]
    own = [line for line, sex in named if sex in sexes]
    others = [line for line, sex in named if sex is not None and sex not in sexes]
    return own if len(own) == 1 and others else []
