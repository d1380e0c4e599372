"""Makes edits of an order, each with its act, its wording and the resulting order. Pure.

The bends put edits into messages: alone, after a "yes but", several in one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from dukani.domain import acts
from dukani.domain.acts import Act, Target, Values
from dukani.evals.shoppers.describing import (
    describe_line,
    filed_colour,
    part_words,
    piece_words,
    said_name,
    value_slots,
    values_of,
)
from dukani.evals.shoppers.goals import Impossible, Item, Truth
from dukani.evals.shoppers.intentions import Told
from dukani.evals.shoppers.making import Making
from dukani.evals.shoppers.shops import ONE
from dukani.evals.shoppers.wording import Colour, Listed, Number, Size, Words


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit: `item` is the line before it, `last` the line after it; `wants` are new lines."""

    name: str
    act: Act
    words: Words
    truth: Truth
    item: Item | None = None
    last: Item | None = None
    wants: tuple[Item, ...] = ()
    told: frozenset[Told] = frozenset()


MakesEdit = Callable[[Making], Edit]


# ── edits of the line mentioned last ────────────────────────────────────────


def now_quantity(making: Making) -> Edit:
    """ "No, four": the quantity of the line said or added last."""
    item = _last(making)
    changed = replace(item, quantity=_other_count(making, item))
    act = acts.Set(values=Values(quantity=changed.quantity), change=True)
    words = Words("now_quantity", {"n": Number(changed.quantity)})
    return _changed("now_quantity", making, item, changed, act, words)


def now_size(making: Making) -> Edit:
    item = _last(making)
    changed = replace(item, variant=making.sibling(item, change="size"))
    act = acts.Set(values=Values(size=changed.size), change=True)
    words = Words("now_size", {"size": Size(changed.size)})
    return _changed("now_size", making, item, changed, act, words)


def now_colour(making: Making) -> Edit:
    item = _last(making)
    changed = replace(item, variant=making.sibling(item, change="colour"))
    act = acts.Set(values=Values(colour=filed_colour(making.shop, changed)), change=True)
    words = Words("now_colour", {"colour": Colour(changed.colour)})
    return _changed("now_colour", making, item, changed, act, words)


# ── edits of a described line ───────────────────────────────────────────────


def set_quantity(making: Making) -> Edit:
    item = making.item()
    changed = replace(item, quantity=_other_count(making, item))
    target, line = describe_line(making.rng, making.shop, making.truth, item)
    act = acts.Set(target=target, values=Values(quantity=changed.quantity), change=True)
    words = Words("set_quantity", {"line": line, "n": Number(changed.quantity)})
    return _changed("set_quantity", making, item, changed, act, words)


def set_size(making: Making) -> Edit:
    item = making.item()
    changed = replace(item, variant=making.sibling(item, change="size"))
    target, line = describe_line(making.rng, making.shop, making.truth, item)
    act = acts.Set(target=target, values=Values(size=changed.size), change=True)
    words = Words("set_size", {"line": line, "size": Size(changed.size)})
    return _changed("set_size", making, item, changed, act, words)


def set_colour(making: Making) -> Edit:
    item = making.item()
    changed = replace(item, variant=making.sibling(item, change="colour"))
    target, line = describe_line(making.rng, making.shop, making.truth, item)
    colour = filed_colour(making.shop, changed)
    act = acts.Set(target=target, values=Values(colour=colour), change=True)
    words = Words("set_colour", {"line": line, "colour": Colour(changed.colour)})
    return _changed("set_colour", making, item, changed, act, words)


def more_of(making: Making) -> Edit:
    item, by = making.item(), making.rng.choice((1, 1, 2))
    target, line = describe_line(making.rng, making.shop, making.truth, item)
    act = acts.ChangeQuantity(target=target, by=by)
    words = Words("more_of", {"line": line, "n": Number(by)})
    return _changed("more_of", making, item, _plus(item, by), act, words)


def fewer_of(making: Making) -> Edit:
    item = making.item(least=2)
    target, line = describe_line(making.rng, making.shop, making.truth, item)
    act = acts.ChangeQuantity(target=target, by=-1)
    words = Words("fewer_of", {"line": line, "n": Number(1)})
    return _changed("fewer_of", making, item, _plus(item, -1), act, words)


def double(making: Making) -> Edit:
    item = making.item()
    target, line = describe_line(making.rng, making.shop, making.truth, item)
    act = acts.ChangeQuantity(target=target, times=2)
    words = Words("double", {"line": line})
    return _changed("double", making, item, _plus(item, item.quantity), act, words)


def only_one(making: Making) -> Edit:
    item = making.item(least=2)
    target, line = describe_line(making.rng, making.shop, making.truth, item)
    act = acts.Set(target=target, values=Values(quantity=1), change=True)
    words = Words("only_one", {"line": line})
    return _changed("only_one", making, item, replace(item, quantity=1), act, words)


def remove_some(making: Making) -> Edit:
    item = making.item(least=3)
    target, line = describe_line(making.rng, making.shop, making.truth, item)
    act = acts.Remove(target=target, quantity=1)
    words = Words("remove_some", {"line": line, "n": Number(1)})
    return _changed("remove_some", making, item, _plus(item, -1), act, words)


def remove(making: Making) -> Edit:
    item = _one_of_several(making)
    target, line = describe_line(making.rng, making.shop, making.truth, item)
    words = Words("remove", {"line": line})
    return Edit("remove", acts.Remove(target=target), words, making.truth.without(item), item)


def zero(making: Making) -> Edit:
    item = _one_of_several(making)
    target, line = describe_line(making.rng, making.shop, making.truth, item)
    act = acts.Set(target=target, values=Values(quantity=0), change=True)
    return Edit("zero", act, Words("zero", {"line": line}), making.truth.without(item), item)


def keep_only(making: Making) -> Edit:
    """ "Everything except the hat"."""
    if len(making.truth.items) < 3:
        raise Impossible("two lines: the other one would be named")
    item = making.item()
    target, line = describe_line(making.rng, making.shop, making.truth, item)
    act = acts.Remove(target=Target(scope="all", but=target))
    words = Words("keep_only", {"line": line})
    return Edit("keep_only", act, words, making.truth.only(item), item, last=item)


def swap(making: Making) -> Edit:
    """Another piece in a line's place, with the same quantity, and the same size if not said."""
    item = making.item()
    product = making.new_product()
    variant = making.some(product.wanted)
    new = Item(variant, item.quantity)
    target, line = describe_line(making.rng, making.shop, making.truth, item)
    told = making.necessary(new) - {"quantity"}
    if variant.size == item.size and variant.size != ONE and making.likely(0.5):
        told -= {"size"}
    name = said_name(making.rng, making.shop, product)
    act = acts.Substitute(
        target=target, piece=Target(name=name), values=values_of(making.shop, new, told)
    )
    words = Words("swap", {"line": line, "piece": piece_words(name, new, told)})
    truth = making.truth.with_instead(item, new)
    return Edit("swap", act, words, truth, item, last=new, wants=(new,), told=told)


def split(making: Making) -> Edit:
    """ "One in red": another colour or size for some of a line's units, perhaps for each."""
    item = making.item(least=2)
    change: Told = making.rng.choice(("colour", "size"))
    other = Item(making.sibling(item, change=change), 1)
    rest = _plus(item, -1)
    parts = (rest, other) if making.likely(0.5) else (other,)
    told: frozenset[Told] = frozenset((change, "quantity"))
    target, line = describe_line(making.rng, making.shop, making.truth, item)
    act = acts.Split(
        target=target, parts=tuple(values_of(making.shop, part, told) for part in parts)
    )
    spoken = Listed(tuple(part_words(part, told) for part in parts))
    words = Words("split", {"line": line, "parts": spoken})
    return Edit("split", act, words, making.truth.with_instead(item, rest, other), item)


def both_size(making: Making) -> Edit:
    """ "Both in L": two lines whose pieces come in that size."""
    items = making.truth.items
    if len(items) != 2:
        raise Impossible("both are two")
    size = making.some([s for s in _common_sizes(making) if any(i.size != s for i in items)])
    changed = [replace(i, variant=replace(i.variant, size=size)) for i in items]
    act = acts.Set(target=Target(scope="both"), values=Values(size=size), change=True)
    words = Words("both_size", {"size": Size(size)})
    return Edit("both_size", act, words, _all_changed(making, changed))


def all_colour(making: Making) -> Edit:
    """ "All of them black": two or more lines whose pieces come in that colour."""
    items = making.truth.items
    if len(items) < 2:
        raise Impossible("all are several")
    colour = making.some(_common_colours(making))
    changed = [replace(i, variant=replace(i.variant, colour=colour)) for i in items]
    filed = filed_colour(making.shop, changed[0])
    act = acts.Set(target=Target(scope="all"), values=Values(colour=filed), change=True)
    words = Words("all_colour", {"colour": Colour(colour)})
    return Edit("all_colour", act, words, _all_changed(making, changed))


# ── new lines ───────────────────────────────────────────────────────────────


def add(making: Making) -> Edit:
    """A piece that is not in the order yet, with all values that must be said."""
    item = making.new_item()
    told = making.necessary(item)
    name = said_name(making.rng, making.shop, making.shop.product(item.sku))
    act = acts.Add(target=Target(name=name), values=values_of(making.shop, item, told))
    words = Words("take_also", {"piece": piece_words(name, item, told)})
    truth = making.truth.with_item(item)
    return Edit("add", act, words, truth, last=item, wants=(item,), told=told)


def another(making: Making) -> Edit:
    """One more of a piece in the order, in another colour or size."""
    item = making.some([i for i in making.truth.items if len(making.truth.of_product(i.sku)) == 1])
    change: Told = making.rng.choice(("colour", "size"))
    new = Item(making.sibling(item, change=change), 1)
    told: frozenset[Told] = frozenset((change,))
    if making.likely(0.5):
        told = making.necessary(new) - {"quantity"}
    name = said_name(making.rng, making.shop, making.shop.product(item.sku))
    values = values_of(making.shop, new, told)
    act = acts.Add(target=Target(name=name), values=values, another=True)
    words = Words("another", {"name": name, **value_slots(new, told)})
    truth = making.truth.with_item(new)
    return Edit("another", act, words, truth, last=new, wants=(new,), told=told)


OF_THE_LAST: tuple[MakesEdit, ...] = (now_quantity, now_size, now_colour)
OF_A_LINE: tuple[MakesEdit, ...] = (
    set_quantity, set_size, set_colour, more_of, fewer_of, double, only_one, remove_some, remove,
    zero, keep_only, swap, split, both_size, all_colour,
)  # fmt: skip
NEW: tuple[MakesEdit, ...] = (add, another)
ANY: tuple[MakesEdit, ...] = (*OF_A_LINE, *NEW, add)
# Edits of a single line, which may be combined with others in a message.
APART: tuple[MakesEdit, ...] = (
    set_quantity, set_size, set_colour, more_of, fewer_of, only_one, remove, remove, swap, split,
    add, add,
)  # fmt: skip


def an_edit(making: Making, among: tuple[MakesEdit, ...], tries: int = 8) -> Edit:
    """An edit of `among` that fits the order. Raises Impossible."""
    for _ in range(tries):
        try:
            return making.some(among)(making)
        except Impossible:
            continue
    raise Impossible("none of the edits fits the order")


# ── parts of them ───────────────────────────────────────────────────────────


def _changed(name: str, making: Making, item: Item, changed: Item, act: Act, words: Words) -> Edit:
    truth = making.truth.with_instead(item, changed)
    return Edit(name, act, words, truth, item=item, last=changed)


def _last(making: Making) -> Item:
    if making.last is None:
        raise Impossible("nothing was spoken of last")
    return making.last


def _one_of_several(making: Making) -> Item:
    if len(making.truth.items) < 2:
        raise Impossible("nothing would be left")
    return making.item()


def _other_count(making: Making, item: Item) -> int:
    return making.some([n for n in (1, 2, 3, 4, 5) if n != item.quantity])


def _plus(item: Item, by: int) -> Item:
    return replace(item, quantity=item.quantity + by)


def _common_sizes(making: Making) -> list[str]:
    one, *others = making.truth.items
    sizes = [s for s in making.shop.product(one.sku).sizes if s != ONE]
    return [s for s in sizes if all(_is_sold(making, i, size=s) for i in (one, *others))]


def _common_colours(making: Making) -> list[str]:
    one, *others = making.truth.items
    colours = making.shop.product(one.sku).colours
    fits = [c for c in colours if all(_is_sold(making, i, colour=c) for i in (one, *others))]
    return [c for c in fits if any(i.colour != c for i in (one, *others))]


def _is_sold(making: Making, item: Item, **change: str) -> bool:
    return making.is_plenty(replace(item.variant, **change))


def _all_changed(making: Making, changed: list[Item]) -> Truth:
    if len({item.variant for item in changed}) < len(changed):
        raise Impossible("two lines would become one")
    return replace(making.truth, items=tuple(changed))
