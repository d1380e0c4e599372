"""Ways of ordering an item: outright, in part, from a list, after a question. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dukani.domain import acts
from dukani.domain.acts import Act, Target, Values
from dukani.evals.shoppers.describing import (
    filed_colour,
    part_words,
    piece_words,
    said_name,
    value_slots,
    values_of,
)
from dukani.evals.shoppers.goals import Impossible, Item
from dukani.evals.shoppers.intentions import Choose, Intention, Manner, Told
from dukani.evals.shoppers.making import Making
from dukani.evals.shoppers.shops import ONE
from dukani.evals.shoppers.wording import (
    Colour,
    Kind,
    Listed,
    Message,
    Number,
    Sentences,
    Size,
    Slot,
    Words,
)

Way = Callable[[Making], bool]

_MANNERS: tuple[Manner, ...] = (
    "plain", "plain", "both", "repair", "digress", "digress_first", "repeat_first",
    "invalid_first", "interrupt",
)  # fmt: skip


def outright(making: Making) -> bool:
    """Name all values at once: "two of the red one, size M"."""
    item = making.new_item()
    told = making.necessary(item)
    name = said_name(making.rng, making.shop, making.shop.product(item.sku))
    act = acts.Add(target=Target(name=name), values=values_of(making.shop, item, told))
    words = Words(_key(making), {"piece": piece_words(name, item, told)})
    return _wish(making, "outright", act, words, item, told)


def all_in_one(making: Making) -> bool:
    """Items, address and checkout in one message."""
    item = making.new_item()
    told = making.necessary(item)
    name = said_name(making.rng, making.shop, making.shop.product(item.sku))
    where = making.truth.address or ""
    said: tuple[Act, ...] = (
        acts.Add(target=Target(name=name), values=values_of(making.shop, item, told)),
        acts.SetAddress(text=where),
        acts.Checkout(),
    )
    words = Sentences(
        (
            Words(_key(making), {"piece": piece_words(name, item, told)}),
            Words("deliver", {"address": where}),
            Words("checkout"),
        )
    )
    _wish(making, "all_in_one", said, words, item, told)
    if len(making.truth.items) > 1:
        making.last = None  # the total shows all lines: "make it two" is ambiguous
    return True


def in_part(making: Making) -> bool:
    """Leave the colour, the size or both out, perhaps the quantity too."""
    item = making.new_item()
    needed = making.necessary(item)
    unsaid = _left_open(making, needed)
    manner = making.rng.choice(_MANNERS)
    if item.quantity > 1 and making.likely(0.5):
        if not _is_asked(making, item, unsaid):
            raise Impossible("nothing is asked, so how many is never said")
        unsaid.add("quantity")
        manner = "more"
    told: frozenset[Told] = frozenset(t for t in needed if t not in unsaid)
    name = said_name(making.rng, making.shop, making.shop.product(item.sku))
    act = acts.Add(target=Target(name=name), values=values_of(making.shop, item, told))
    words = Words(_key(making), {"piece": piece_words(name, item, told)})
    return _wish(making, f"asked_{manner}", act, words, item, told, manner=manner)


def _left_open(making: Making, needed: frozenset[Told]) -> set[Told]:
    may: list[Told] = [told for told in needed if told != "quantity"]
    if not may:
        raise Impossible("nothing of it can be left open")
    return set(making.rng.sample(sorted(may), k=making.rng.randint(1, len(may))))


def _is_asked(making: Making, item: Item, unsaid: set[Told]) -> bool:
    """Whether the assistant asks: for a colour only if the said size comes in several."""
    if "size" in unsaid:
        return True
    there = making.shop.product(item.sku).variants(least=1)
    return len({variant.colour for variant in there if variant.size == item.size}) > 1


def from_a_list(making: Making) -> bool:
    """Search for a kind, then choose from the list."""
    item = making.new_item()
    search, words = _look(making, item)
    making.add(Intention("look", "cart", (search,), words, making.truth))
    told = making.necessary(item)
    if making.likely(0.5):
        told &= frozenset(("quantity",))
    before = frozenset[Told](t for t in ("colour", "size") if getattr(search, t) is not None)
    manner = making.rng.choice(_MANNERS)
    truth = making.truth.with_item(item)
    step = Choose("from_a_list", "cart", item, told, truth, manner, said_before=before)
    making.add(step, last=item)
    return True


def _look(making: Making, item: Item) -> tuple[acts.Search, Words]:
    product = making.shop.product(item.sku)
    kinds: dict[str, Slot] = {"kinds": Kind(product.kind, many=True)}
    category = product.category
    match making.rng.choice(("kind", "kind", "colour", "size", "budget")):
        case "colour":
            colour = filed_colour(making.shop, item)
            search = acts.Search(category=category, colour=colour)
            return search, Words("look_colour", {**kinds, "colour": Colour(item.colour)})
        case "size" if item.size != ONE:
            search = acts.Search(category=category, size=item.size)
            return search, Words("look_size", {**kinds, "size": Size(item.size)})
        case "budget":
            most = -(-product.price_units // 500) * 500 + 500
            search = acts.Search(category=category, budget_max=most)
            return search, Words("look_budget", {**kinds, "budget": str(most)})
        case _:
            return acts.Search(category=category), Words("look_kind", kinds)


def after_a_question(making: Making) -> bool:
    """Ask for availability or price, then take the item."""
    item = making.new_item(quantity=1)
    told = making.necessary(item)
    name = said_name(making.rng, making.shop, making.shop.product(item.sku))
    before: frozenset[Told] = frozenset()
    act: Act = acts.AskPrice(target=Target(name=name))
    words = Words("ask_price", {"name": name})
    if making.likely(0.5):
        values, before = values_of(making.shop, item, told), told
        act = acts.AskStock(target=Target(name=name), values=values)
        words = Words("ask_stock", {"piece": piece_words(name, item, told)})
    making.add(Intention("after_a_question", "cart", (act,), words, making.truth))
    truth = making.truth.with_item(item)
    step = Choose("after_a_question", "cart", item, told, truth, said_before=before)
    making.add(step, last=item)
    return True


def several_at_once(making: Making) -> bool:
    """Two or three pieces in one message."""
    count = making.rng.choice((2, 2, 3))
    items: list[Item] = []
    for _ in range(count):
        item = making.new_item()
        making.truth = making.truth.with_item(item)
        items.append(item)
    told = [making.necessary(item) for item in items]
    names = [said_name(making.rng, making.shop, making.shop.product(i.sku)) for i in items]
    adds = tuple(
        acts.Add(target=Target(name=name), values=values_of(making.shop, item, of))
        for name, item, of in zip(names, items, told, strict=True)
    )
    pieces = zip(names, items, told, strict=True)
    listed = Listed(tuple(piece_words(name, item, of) for name, item, of in pieces))
    step = Intention(
        "several_at_once", "cart", adds, Words("take_several", {"pieces": listed}), making.truth,
        wants=tuple(items), told=frozenset(("colour", "size", "quantity")),
    )  # fmt: skip
    making.add(step)
    return True


def told_apart(making: Making) -> bool:
    """One piece in several colours or sizes: "one blue, one green"."""
    product = making.new_product()
    first = making.some(product.wanted)
    change: Told = making.rng.choice(("colour", "size"))
    other = making.sibling(Item(first, 1), change=change)
    items = [Item(first, making.rng.choice((1, 1, 2))), Item(other, 1)]
    told: frozenset[Told] = making.necessary(items[0]) | {"quantity"}
    name = said_name(making.rng, making.shop, product)
    adds = tuple(
        acts.Add(target=Target(name=name), values=values_of(making.shop, item, told))
        for item in items
    )
    parts = Listed(tuple(part_words(item, told) for item in items))
    truth = making.truth
    for item in items:
        truth = truth.with_item(item)
    words = Words("take_parts", {"name": name, "parts": parts})
    step = Intention("told_apart", "cart", adds, words, truth, wants=tuple(items), told=told)
    making.add(step)
    return True


def with_a_slip(making: Making) -> bool:
    """A self-repair: in "two, no, three" the last value counts."""
    item = making.new_item(quantity=making.rng.choice((2, 3, 4)))
    slip = replace(item, quantity=item.quantity - 1)
    values_told = making.necessary(item) - {"quantity"}
    told: frozenset[Told] = values_told | {"quantity"}
    name = said_name(making.rng, making.shop, making.shop.product(item.sku))
    add = acts.Add(target=Target(name=name), values=values_of(making.shop, slip, told))
    said: tuple[Act, ...] = (
        add, acts.Set(values=Values(quantity=item.quantity), change=True),
    )  # fmt: skip
    if making.likely(0.5):  # an understanding may leave the repaired value out
        said = (acts.Add(target=Target(name=name), values=values_of(making.shop, item, told)),)
    words = Words(
        "take_repair", {"first": piece_words(name, slip, told), "n": Number(item.quantity)}
    )
    if making.likely(0.5):
        piece = piece_words(name, item, values_told)
        counts: dict[str, Slot] = {"wrong": Number(slip.quantity), "n": Number(item.quantity)}
        words = Words("take_repair_before", {**counts, "piece": piece})
    return _wish(making, "with_a_slip", said, words, item, told)


def for_a_child(making: Making) -> bool:
    """The age instead of the size."""
    aged = [p for p in making.shop.products if p.sizes[0].endswith("Y") and p.wanted]
    there = {item.sku for item in making.truth.items}
    product = making.some([p for p in aged if p.sku not in there])
    item = Item(making.some(product.wanted), 1)
    low, high = item.size.removesuffix("Y").split("-")
    age = making.rng.randint(int(low), int(high))
    told = making.necessary(item)
    name = said_name(making.rng, making.shop, product)
    values = values_of(making.shop, item, told).model_copy(update={"size": None, "age": age})
    slots = {"name": name, "age": str(age)} | value_slots(item, told - {"size"})
    act = acts.Add(target=Target(name=name), values=values)
    return _wish(making, "for_a_child", act, Words("for_child", slots), item, told)


WAYS: tuple[Way, ...] = (
    outright, outright, in_part, in_part, in_part, from_a_list, from_a_list, after_a_question,
    several_at_once, several_at_once, told_apart, with_a_slip, for_a_child, all_in_one,
)  # fmt: skip


def _wish(
    making: Making,
    bend: str,
    act: Act | tuple[Act, ...],
    words: Message,
    item: Item,
    told: frozenset[Told],
    *,
    manner: Manner = "plain",
) -> bool:
    said = act if isinstance(act, tuple) else (act,)
    truth = making.truth.with_item(item)
    step = Intention(bend, "cart", said, words, truth, wants=(item,), told=told, manner=manner)
    making.add(step, last=item)
    return True


def _key(making: Making) -> str:
    return "take_also" if making.truth.items and making.likely(0.7) else "take"
