"""Finds the values said in a message: colours, sizes, counts, and prices of pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dukani.agent.lexicon.tokens import Token
from dukani.agent.local_reader.learned.standing_out import priced_at
from dukani.agent.local_reader.parsing.finds import Find
from dukani.domain.context import TurnContext
from dukani.domain.pieces import SoldPiece
from dukani.domain.shades import shades_of
from dukani.domain.sizes import same_size

_TIMES = re.compile(r"x\d+|\d+x")


@dataclass(slots=True)
class ValuesSaid:
    """Colours, sizes, numbers and what costs as much as said, by the place of their token."""

    colours: dict[int, str] = field(default_factory=dict)
    sizes: dict[int, str] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)
    prices: dict[int, list[str]] = field(default_factory=dict)  # product ids

    def none_at(self, at: int) -> bool:
        return at not in self.colours and at not in self.sizes and at not in self.numbers


def by_place(finds: Sequence[Find], *slots: str) -> Iterator[tuple[int, Find]]:
    """The finds of these slots with each place they stand at."""
    for find in finds:
        if find.slot in slots:
            yield from ((at, find) for at in range(find.start, find.end))


def values_said(
    tokens: Sequence[Token],
    finds: Sequence[Find],
    context: TurnContext,
    near: Sequence[SoldPiece],
) -> ValuesSaid:
    """The values of the tokens, as the pieces near have them where they do."""
    sizes = {size.lower(): size for piece in near for size in piece.sizes}
    sizes |= {line.size.lower(): line.size for line in context.cart}
    colours = [colour for piece in near for colour in piece.colours]
    colours += [line.colour for line in context.cart]
    values = ValuesSaid()
    for at, token in enumerate(tokens):
        if token.kind == "colour":
            values.colours[at] = token.value
        elif token.text in colours:
            values.colours[at] = token.text
        if token.kind in ("size", "size_word"):
            values.sizes[at] = token.value
        plain = token.value if token.kind == "number" else token.text
        if plain.isdecimal() and len(plain) < 10:
            values.numbers[at] = int(plain)
        elif _TIMES.fullmatch(token.text):
            values.numbers[at] = int(token.text.strip("x"))
        if plain.lower() in sizes:
            values.sizes[at] = sizes[plain.lower()]
    for at, find in by_place(finds, "size", "colour"):
        if find.slot == "colour":
            values.colours[at] = str(find.value)
        elif at not in values.colours:
            values.sizes[at] = str(find.value)
    for at, colour in values.colours.items():
        if colour not in colours and (shades := shades_of(colour, colours)):
            values.colours[at] = shades[0]
    for at, size in values.sizes.items():
        if size not in sizes.values():
            alike = (one for one in sizes.values() if same_size(size, one))
            values.sizes[at] = next(alike, size)
    values.prices = priced_at(tokens, near, context.currency)
    for at in values.prices:
        values.numbers.pop(at, None)  # no count
    return values
