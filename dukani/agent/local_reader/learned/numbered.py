"""Numbers the values of a message anew, and tells features by these numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

from dukani.agent.local_reader.learned.vocabulary import COLOURS, SIZES

Weighted = list[tuple[int, float]]  # features of one place of the message, each with its weight


@dataclass(slots=True)
class Numbered:
    """The numbers of a message's pieces (by product id), colours and sizes."""

    pieces: dict[str, int] = field(default_factory=dict)
    colours: dict[str, int] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    def colour(self, value: str | None) -> int | None:
        return _number(self.colours, value, COLOURS)

    def size(self, value: str | None) -> int | None:
        return _number(self.sizes, value, SIZES)


def _number(numbers: dict[str, int], value: str | None, most: int) -> int | None:
    if value is None:
        return None
    if value not in numbers and len(numbers) < most:
        numbers[value] = len(numbers)
    return numbers.get(value)
