"""Holds the lines of the draft order while a message's edits are applied.

A line's id is the variant it had when the message was read, so that "the black one white and
the white one black" exchanges two lines. Lines that become the same variant are merged on output.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dukani.core.store.products import Variant
from dukani.domain.pieces import Line

Amounts = dict[str, int]  # variant id → quantity, in the order of the lines


@dataclass(slots=True)
class Held:
    """The variant and quantity a line of the draft holds now."""

    variant_id: str
    quantity: int


class Draft:
    """The draft's lines, keyed by the variant id each had when the message was read (snapshot)."""

    def __init__(self, lines: Sequence[Line], variants: Sequence[Variant]) -> None:
        self.variants = {variant.id: variant for variant in variants}
        self.snapshot = {line.variant_id: line for line in lines}
        self._by_product: dict[str, list[Variant]] = {}
        for variant in variants:
            self._by_product.setdefault(variant.product_id, []).append(variant)
        self._held = {line.variant_id: Held(line.variant_id, line.quantity) for line in lines}
        self._new_lines = 0

    # ── reading ─────────────────────────────────────────────────────────────

    def of_product(self, product_id: str | None) -> list[Variant]:
        return self._by_product.get(product_id or "", [])

    def siblings(self, variant: Variant) -> list[Variant]:
        """The other colours and sizes of the same piece."""
        return [v for v in self.of_product(variant.product_id) if v.id != variant.id]

    def at(self, line_id: str | None) -> Held | None:
        """The present content of a line; None when the line was taken out."""
        return self._held.get(line_id or "")

    def amounts(self) -> Amounts:
        """The quantity of each variant, with lines of the same variant merged."""
        merged: Amounts = {}
        for held in self._held.values():
            merged[held.variant_id] = merged.get(held.variant_id, 0) + held.quantity
        return merged

    def of_variant(self, variant_id: str, *, besides: str | None = None) -> int:
        """The quantity of a variant in all lines but `besides`."""
        return sum(
            held.quantity
            for line_id, held in self._held.items()
            if held.variant_id == variant_id and line_id != besides
        )

    def lines(self) -> tuple[Line, ...]:
        return tuple(self.line_of(variant_id) for variant_id in self.amounts())

    def line_at(self, line_id: str) -> Line:
        held = self._held[line_id]
        return self._line(held.variant_id, held.quantity)

    def line_of(self, variant_id: str) -> Line:
        return self._line(variant_id, self.amounts()[variant_id])

    def _line(self, variant_id: str, quantity: int) -> Line:
        number = list(self.amounts()).index(variant_id) + 1
        known = self.snapshot.get(variant_id)
        if known is not None:
            return known.model_copy(update={"quantity": quantity, "number": number})
        variant = self.variants[variant_id]
        return Line(
            number=number,
            name=variant.name,
            colour=variant.colour,
            size=variant.size,
            quantity=quantity,
            unit_price_minor=variant.price_minor,
            variant_id=variant.id,
            product_id=variant.product_id,
            sku=variant.product_sku,
            category=variant.category,
        )

    # ── changing ────────────────────────────────────────────────────────────

    def put(self, variant_id: str, quantity: int) -> None:
        """Sets the whole quantity of a variant, in the line that has the variant or a new one."""
        holding = [id_ for id_, held in self._held.items() if held.variant_id == variant_id]
        for extra in holding[1:]:
            del self._held[extra]
        self._held[holding[0] if holding else self._new_id()] = Held(variant_id, quantity)

    def _new_id(self) -> str:
        """An id of a new line, to which no edit of this message can be pinned."""
        self._new_lines += 1
        return f"new line {self._new_lines}"

    def exchange(self, line_id: str, variant_id: str, quantity: int) -> None:
        """Puts `quantity` of the variant in the line's place."""
        self._held[line_id] = Held(variant_id, quantity)

    def take_out(self, line_id: str) -> Line:
        """Removes a line, and returns it as it was."""
        line = self.line_at(line_id)
        del self._held[line_id]
        return line

    def spread(self, line_id: str, parts: Mapping[str, int]) -> None:
        """Replaces a line by several, in the order the parts were said."""
        spread: dict[str, Held] = {}
        for id_, held in self._held.items():
            if id_ != line_id:
                spread[id_] = held
                continue
            for variant_id, quantity in parts.items():
                part_id = line_id if variant_id == held.variant_id else self._new_id()
                spread[part_id] = Held(variant_id, quantity)
        self._held = spread

    def restore(self, amounts: Amounts) -> None:
        """Replaces all lines by these."""
        self._held = {id_: Held(id_, quantity) for id_, quantity in amounts.items()}
