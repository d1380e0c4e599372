"""Finds errors in the order shown, and makes the shopper's correction, one error at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dukani.domain import acts
from dukani.domain.acts import Target
from dukani.evals.shoppers.answering import address
from dukani.evals.shoppers.describing import (
    describe_line,
    piece_words,
    value_slots,
    values_of,
)
from dukani.evals.shoppers.goals import Item, Truth
from dukani.evals.shoppers.intentions import Told
from dukani.evals.shoppers.mindset import Mindset, Reply
from dukani.evals.shoppers.shops import ONE
from dukani.evals.shoppers.view import Counted, View
from dukani.evals.shoppers.wording import Words

EVERYTHING: frozenset[Told] = frozenset(("colour", "size", "quantity"))


def same_goods(mind: Mindset, truth: Truth, lines: Sequence[Counted]) -> bool:
    wanted = sorted((str(mind.as_filed(i)), i.quantity) for i in truth.items)
    return wanted == sorted((str(line.variant), line.quantity) for line in lines)


def goods_said(lines: Sequence[Counted]) -> str:
    told = (f"{x.quantity}× {x.variant.sku} {x.variant.colour} {x.variant.size}" for x in lines)
    return " + ".join(told) or "nothing"


def goods_meant(truth: Truth) -> str:
    return " + ".join(str(item) for item in truth.items) or "nothing"


def is_there(where: str | None, written: str) -> bool:
    """Whether a written address has the words of the address said, and few others."""
    said, there = _words(where or ""), _words(written)
    return said <= there and len(there - said) <= 3


def _words(text: str) -> set[str]:
    return set("".join(c if c.isalnum() else " " for c in text.lower()).split())


def mend(mind: Mindset, view: View) -> Reply | None:
    """The correction of the first error in the order shown; None when it is right."""
    shown = view.quote.lines if view.quote else view.lines
    there = tuple(mind.as_called(line) for line in shown)
    known = Truth(items=there)
    variants = {item.variant: item for item in mind.truth.items}
    for item in there:
        wanted = variants.get(item.variant)
        if wanted is None:
            return _not_that(mind, known, item)
        if wanted.quantity != item.quantity:
            return _not_so_many(mind, known, item, wanted)
    for item in mind.truth.items:
        if item.variant not in {one.variant for one in there}:
            return want_again(mind, item)
    return _elsewhere(mind, view)


def _not_that(mind: Mindset, known: Truth, item: Item) -> Reply:
    """Ask for the wanted colour or size of the piece, or else remove the item."""
    target, line = describe_line(mind.rng, mind.shop, known, item)
    there = {one.variant for one in known.items}
    instead = [w for w in mind.truth.of_product(item.sku) if w.variant not in there]
    if not instead or len(known.items) == 0:
        return Reply((acts.Remove(target=target),), Words("remove", {"line": line}), "mend")
    wanted = instead[0]
    field: Told = "colour" if wanted.colour != item.colour else "size"
    told: frozenset[Told] = frozenset((field,))
    act = acts.Set(target=target, values=values_of(mind.shop, wanted, told), change=True)
    return Reply((act,), Words(f"set_{field}", {"line": line, **value_slots(wanted, told)}), "mend")


def _not_so_many(mind: Mindset, known: Truth, item: Item, wanted: Item) -> Reply:
    target, line = describe_line(mind.rng, mind.shop, known, item)
    told: frozenset[Told] = frozenset(("quantity",))
    values = values_of(mind.shop, wanted, told)
    slots = {"line": line, **value_slots(wanted, told)}
    return Reply(
        (acts.Set(target=target, values=values, change=True),), Words("set_quantity", slots), "mend"
    )


def want_again(mind: Mindset, item: Item) -> Reply:
    """The whole item once more, with the piece's full name."""
    product = mind.shop.product(item.sku)
    told = EVERYTHING if item.size != ONE else EVERYTHING - {"size"}
    act = acts.Add(target=Target(name=product.name), values=values_of(mind.shop, item, told))
    mind.told[item.variant] = EVERYTHING
    piece = piece_words(product.name, item, told)
    return Reply((act,), Words("take_also", {"piece": piece}), "mend")


def _elsewhere(mind: Mindset, view: View) -> Reply | None:
    if view.quote is None:
        return None
    if not is_there(mind.truth.address, view.quote.address):
        return replace(address(mind), bend="mend")
    wanted = mind.truth.payer or mind.plan.own_phone
    if wanted is not None and view.quote.phone != wanted:
        return _right_payer(mind, wanted)
    return None


def _right_payer(mind: Mindset, wanted: str) -> Reply:
    said = f"0{wanted.removeprefix('+254')}"
    act = acts.SetPayer(phone=said)
    return Reply((act,), Words("payer", {"phone": said}), "mend", exact=True)
