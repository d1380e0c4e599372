"""Bends with impossible wishes: missing sizes, sold-out pieces, quantities below 0. Pure."""

from __future__ import annotations

from dataclasses import replace

from dukani.domain import acts
from dukani.domain.acts import Target, Values
from dukani.domain.sizes import age_said
from dukani.evals.shoppers.describing import describe_line, piece_words, said_name, values_of
from dukani.evals.shoppers.goals import Item
from dukani.evals.shoppers.intentions import Intention
from dukani.evals.shoppers.making import Making
from dukani.evals.shoppers.shops import ONE, SCARCE, Variant
from dukani.evals.shoppers.wording import Number, Size, Words


def invalid_size(making: Making) -> bool:
    """A size that the piece does not come in, then one that it does."""
    item = making.item()
    valid = replace(item, variant=making.sibling(item, change="size"))
    wrong = making.some(_missing_sizes(making, item))
    for size, truth, told in (
        (wrong, making.truth, False), (valid.size, making.truth.with_instead(item, valid), True),
    ):  # fmt: skip
        target, line = describe_line(making.rng, making.shop, making.truth, item)
        act = acts.Set(target=target, values=Values(size=size), change=True)
        words = Words("set_size", {"line": line, "size": Size(size)})
        step = Intention(
            "invalid_size", making.stage, (act,), words, truth, at_once=told, meant=(item,),
            vain=() if told else (item,),
        )  # fmt: skip
        making.add(step, last=valid)
    return True


def _missing_sizes(making: Making, item: Item) -> list[str]:
    there = making.shop.product(item.sku).sizes
    return [
        size
        for size in ("99", "3", "XXXL", "7")
        if size not in there and age_said(size, there) is None and item.size != ONE
    ]


def below_zero(making: Making) -> bool:
    """ "Make it -5": must be refused, and the line stays unchanged."""
    item = making.item()
    target, line = describe_line(making.rng, making.shop, making.truth, item)
    act = acts.Set(target=target, values=Values(quantity=-5), change=True)
    words = Words("below_zero", {"line": line, "n": Number(5)})
    step = Intention("below_zero", making.stage, (act,), words, making.truth, meant=(item,))
    making.add(replace(step, vain=(item,)))
    return True


def sold_out(making: Making) -> bool:
    """Ask for a sold-out variant, then take another colour or size."""
    product = making.new_product()
    gone, _ = making.short_of(product)
    return _wanted_in_vain(making, "sold_out", Item(making.some(gone), 1))


def too_many(making: Making) -> bool:
    """Ask for more than are left, then take another variant."""
    product = making.new_product()
    _, few = making.short_of(product)
    return _wanted_in_vain(making, "too_many", Item(making.some(few), SCARCE + 3))


def _wanted_in_vain(making: Making, bend: str, item: Item) -> bool:
    product = making.shop.product(item.sku)
    name = said_name(making.rng, making.shop, product)
    told = making.necessary(item)
    act = acts.Add(target=Target(name=name), values=values_of(making.shop, item, told))
    words = Words("take_also", {"piece": piece_words(name, item, told)})
    making.add(Intention(bend, making.stage, (act,), words, making.truth, vain=(item,)))
    variant: Variant = making.some(product.wanted)
    instead = Item(variant, making.rng.choice((1, 2)))
    told = making.necessary(instead) | {"quantity"}
    act = acts.Add(target=Target(name=name), values=values_of(making.shop, instead, told))
    words = Words("settle_for", {"piece": piece_words(name, instead, told)})
    step = Intention(
        bend, making.stage, (act,), words, making.truth.with_item(instead), wants=(instead,),
        told=told, at_once=True,
    )  # fmt: skip
    making.add(step, last=instead)
    return True
