"""Defines a group: the words and the slot values of one piece that a clause names."""

from __future__ import annotations

from dataclasses import dataclass

from dukani.agent.local_reader.parsing.finds import Find

HEADS = ("option", "name", "category")


@dataclass(frozen=True)
class Group:
    """One piece: the words tokens[start:end], the finds in them and those shared with others."""

    finds: tuple[Find, ...]
    start: int
    end: int

    @property
    def slots(self) -> set[str]:
        return {find.slot for find in self.finds}

    @property
    def heads(self) -> list[Find]:
        return [find for find in self.finds if find.slot in HEADS]

    def first(self, slot: str) -> Find | None:
        return next((find for find in self.finds if find.slot == slot), None)
