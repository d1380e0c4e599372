"""Holds the lines of the draft order while a message's edits are applied.

A line's id is the variant it had when the message was read, so that "the black one white and
the white one black" exchanges two lines. Lines that become the same variant are merged on output.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dukani.core.store.products import Variant
from dukani.domain.pieces import Line
from dukani.domain.whose import HER_OWN, Whose, together

Amounts = dict[str, int]  # variant id → quantity, in the order of the lines


@dataclass(slots=True)
class Held:
    """The variant and quantity a line of the draft holds now, and whose it is."""

    variant_id: str
    quantity: int
    whose: Whose = HER_OWN


class Draft:
    """The draft's lines, keyed by the variant id each had when the message was read (snapshot)."""

    def __init__(
        self,
        lines: Sequence[Line],
        variants: Sequence[Variant],
        *,
        whose_before: Mapping[str, Whose] | None = None,
    ) -> None:
        self.variants = {variant.id: variant for variant in variants}
        self.snapshot = {line.variant_id: line for line in lines}
        self._by_product: dict[str, list[Variant]] = {}
        for variant in variants:
            self._by_product.setdefault(variant.product_id, []).append(variant)
        self._held = {
            line.variant_id: Held(line.variant_id, line.quantity, Whose.of(line)) for line in lines
        }
        self._new_lines = 0
        self._whose_before = whose_before or {}

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

    def whose(self, variant_id: str) -> Whose:
        """Whose the units of a variant are, over all lines that hold it."""
        return together(
            (held.whose, held.quantity)
            for held in self._held.values()
            if held.variant_id == variant_id
        )

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
        known, whose = self.snapshot.get(variant_id), self.whose(variant_id)
        told = {
            "worn_by": whose.worn_by,
            "for_several": whose.for_several,
            "shares": whose.shares,
        }
        if known is not None:
            return known.model_copy(update={"quantity": quantity, "number": number, **told})
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
            worn_by=whose.worn_by,
            for_several=whose.for_several,
            shares=whose.shares,
        )

    def was_for_others(self) -> bool:
        """Whether a line was for somebody else before the last change than it is now."""
        now = self.amounts()
        return any(
            self.whose(id_) != whose for id_, whose in self._whose_before.items() if id_ in now
        )

    # ── changing ────────────────────────────────────────────────────────────

    def put(self, variant_id: str, quantity: int, whose: Whose) -> None:
        """Sets the whole quantity of a variant, in the line that has the variant or a new one."""
        holding = [id_ for id_, held in self._held.items() if held.variant_id == variant_id]
        for extra in holding[1:]:
            del self._held[extra]
        self._held[holding[0] if holding else self._new_id()] = Held(
            variant_id, quantity, whose.has(quantity)
        )

    def give_to(self, line_id: str, whose: Whose) -> None:
        """Says whose a line is."""
        self._held[line_id].whose = whose

    def _new_id(self) -> str:
        """An id of a new line, to which no edit of this message can be pinned."""
        self._new_lines += 1
        return f"new line {self._new_lines}"

    def exchange(
        self, line_id: str, variant_id: str, quantity: int, whose: Whose | None = None
    ) -> None:
        """Puts `quantity` of the variant in the line's place; whose it is stays, if not said."""
        whose = whose or self._held[line_id].whose
        self._held[line_id] = Held(variant_id, quantity, whose.has(quantity))

    def take_out(self, line_id: str) -> Line:
        """Removes a line, and returns it as it was."""
        line = self.line_at(line_id)
        del self._held[line_id]
        return line

    def spread(
        self, line_id: str, parts: Mapping[str, int], whose: Mapping[str, Whose] | None = None
    ) -> None:
        """Replaces a line by several, in the order the parts were said; `whose` each is."""
        spread: dict[str, Held] = {}
        for id_, held in self._held.items():
            if id_ != line_id:
                spread[id_] = held
                continue
            for variant_id, quantity in parts.items():
                part_id = line_id if variant_id == held.variant_id else self._new_id()
                of = (whose or {}).get(variant_id, held.whose).has(quantity)
                spread[part_id] = Held(variant_id, quantity, of)
        self._held = spread

    def restore(self, amounts: Amounts) -> None:
        """Replaces all lines by these, each whose it was before."""
        now = {held.variant_id: self.whose(held.variant_id) for held in self._held.values()}
        known = {**now, **self._whose_before}
        self._held = {
            id_: Held(id_, quantity, known.get(id_, HER_OWN).has(quantity))
            for id_, quantity in amounts.items()
        }
