"""Says what an advice of a size rests on, in English and Swahili."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.wording.concord import COLOUR, NOUNS
from dukani.agent.wording.markup import bold, clean, join
from dukani.agent.wording.names import category_name, size_name
from dukani.domain.sizing.basis import Basis

MOST_REASONS = 2
MEASURES_EN = {
    "bust": "bust", "waist": "waist", "hips": "hips", "foot": "foot length", "height": "height",
    "length": "length",
}  # fmt: skip
MEASURES_SW = {
    "bust": "kifua", "waist": "kiuno", "hips": "nyonga", "foot": "urefu wa mguu", "height": "kimo",
    "length": "urefu",
}  # fmt: skip
_FIT_EN = {"too_small": "was too tight", "too_large": "was too big", "right": "fit well"}
_FIT_SW = {"too_small": "ilikubana", "too_large": "ilikuwa kubwa", "right": "ilikutosha"}
_FIT_SW_THEIRS = {"too_small": "ilibana", "too_large": "ilikuwa kubwa", "right": "ilitosha"}


def reasons_en(rests_on: Sequence[Basis], size: str, *, for_her: bool) -> str:
    """ "you took M in your last 3 dress orders, and bust 92 cm"; the weightiest first."""
    told = [_reason_en(basis, size, for_her=for_her) for basis in rests_on[:MOST_REASONS]]
    return " and ".join(dict.fromkeys(told))


def reasons_sw(rests_on: Sequence[Basis], size: str, *, for_her: bool) -> str:
    told = [_reason_sw(basis, size, for_her=for_her) for basis in rests_on[:MOST_REASONS]]
    return " na ".join(dict.fromkeys(told))


def centimetres(cm: float) -> str:
    return f"{cm:g} cm"


def _reason_en(basis: Basis, size: str, *, for_her: bool) -> str:
    said = size_name(basis.size or "", "en")
    kind = category_name(basis.category, "en") if basis.category else ""
    match basis.kind:
        case "bought":
            orders = _orders_en(basis.orders, kind) if for_her else _orders_for_en(basis.orders)
            took = f"it's what you took in {orders}"
            return took if said == size else f"you took {bold(said)} in {orders}"
        case "fit":
            of = join("the", said, kind)
            return f"you said {of} {_FIT_EN[basis.fit or 'right']}"
        case "measured":
            whose = "your" if for_her else "a"
            measure = MEASURES_EN[basis.measure or "bust"]
            return f"{whose} {measure} of {centimetres(basis.cm or 0)} is our {bold(size)}" + (
                " by our size chart" if basis.shop_chart else ""
            )
        case "age":
            return f"it's for {basis.years or 0:g} years of age"
    if basis.converted:
        chart = " by our size chart" if basis.shop_chart else ""
        return f"{bold(said)} is our {bold(size)}{chart}"
    return f"you told me {'you wear' if for_her else 'it is'} {bold(said)}"


def _orders_en(orders: int, kind: str) -> str:
    if orders == 1:
        return join("your last", kind, "order", "with us")
    return join(f"your last {orders}", kind, "orders", "with us")


def _orders_for_en(orders: int) -> str:
    return "an order for them" if orders == 1 else f"{orders} orders for them"


def _reason_sw(basis: Basis, size: str, *, for_her: bool) -> str:
    said = size_name(basis.size or "", "sw")
    match basis.kind:
        case "bought":
            orders = _orders_sw(basis) if for_her else _orders_for_sw(basis.orders)
            if said == size:
                return f"ndiyo uliyochukua kwenye {orders} kwetu"
            return f"ulichukua {bold(said)} kwenye {orders} kwetu"
        case "fit":
            how = (_FIT_SW if for_her else _FIT_SW_THEIRS)[basis.fit or "right"]
            return f"ulisema saizi {said} {how}"
        case "measured":
            measure = MEASURES_SW[basis.measure or "bust"]
            chart = " kwa chati yetu ya saizi" if basis.shop_chart else ""
            return f"{measure} {centimetres(basis.cm or 0)} ni {bold(size)} yetu{chart}"
        case "age":
            return f"ni ya miaka {basis.years or 0:g}"
    if basis.converted:
        chart = " kwa chati yetu ya saizi" if basis.shop_chart else ""
        return f"{bold(said)} ni {bold(size)} yetu{chart}"
    return f"uliniambia {'unavaa' if for_her else 'anavaa'} {bold(said)}"


def _orders_sw(basis: Basis) -> str:
    many = basis.orders != 1
    orders = f"oda zako {basis.orders} zilizopita" if many else "oda yako iliyopita"
    if not basis.category:
        return orders
    noun = NOUNS.get(basis.category)
    name = clean(basis.category) if noun is None else noun.many if many else noun.one
    return f"{orders} {'za' if many else COLOUR.concord.of} {name}"


def _orders_for_sw(orders: int) -> str:
    return "oda yake" if orders == 1 else f"oda zake {orders}"
