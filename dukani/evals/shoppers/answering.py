"""Makes a simulated shopper's truthful answer to a question, in one of many manners."""

from __future__ import annotations

from dukani.domain import acts
from dukani.domain.acts import Act, Target, Values
from dukani.domain.questions import Question, Reading
from dukani.domain.sizes import age_said, size_said
from dukani.evals.shoppers.describing import (
    filed_colour,
    piece_words,
    said_name,
    value_slots,
    values_of,
)
from dukani.evals.shoppers.goals import Item
from dukani.evals.shoppers.intentions import Told
from dukani.evals.shoppers.mindset import Mindset, Reply
from dukani.evals.shoppers.shops import ONE, Variant
from dukani.evals.shoppers.talk import ASKS
from dukani.evals.shoppers.view import View
from dukani.evals.shoppers.wording import Colour, Kind, Number, Size, Slot, Words


def answer(mind: Mindset, view: View, question: Question) -> Reply:
    """The shopper's answer to the last question; "no" if it is about nothing the shopper wants."""
    match question.field:
        case "colour" | "size" | "quantity":
            item = wanted_of(mind, view, question)
            return _value(mind, item, question) if item else no_thanks()
        case "which":
            return _which(mind, view, question)
        case "which_line":
            return _which_line(mind, view, question)
        case "reading":
            return _which_reading(mind, view, question)
        case "take_it":
            return _take_it(mind, view, question)
        case "last_address":
            return _last_address(mind, view)
        case "payment_phone":
            return payer(mind)
        case _:
            return no_thanks()


def wanted_of(mind: Mindset, view: View, question: Question) -> Item | None:
    """The wanted item that the question is about: of its piece, and not in the order yet."""
    sku = view.sku_of(question)
    there = {line.variant: line.quantity for line in view.lines}
    wanted = [item for item in mind.truth.items if item.sku == sku]
    open_ones = [item for item in wanted if there.get(mind.as_filed(item)) != item.quantity]
    fitting = [item for item in open_ones if _fits(mind, item, question)]
    return next(iter(fitting or open_ones), None)


def _fits(mind: Mindset, item: Item, question: Question) -> bool:
    """Whether the values that the question already has are the item's."""
    known = getattr(question.completes, "values", None) or Values()
    return known.colour in (None, filed_colour(mind.shop, item)) and known.size in (None, item.size)


# ── colour, size, how many ──────────────────────────────────────────────────


def _value(mind: Mindset, item: Item, question: Question) -> Reply:
    field: Told = "colour"
    if question.field in ("size", "quantity"):
        field = "size" if question.field == "size" else "quantity"
    if field == "quantity":
        mind.tell(item, "quantity")
        words = Words("answer_quantity", {"n": Number(item.quantity)})
        return Reply((acts.Set(values=Values(quantity=item.quantity)),), words, "answer")
    manner = mind.manners.pop(item.sku, "plain")
    match manner:
        case "both" | "more":
            return _with_more(mind, item, field, count=manner == "more")
        case "repair":
            return _repaired(mind, item, field, question)
        case "digress":
            return _and_asks(mind, _plain(mind, item, field))
        case "digress_first":
            act, key = mind.rng.choice(ASKS)
            return Reply((act,), Words(key), "asked_digress_first")
        case "repeat_first":
            return Reply((acts.Repeat(),), Words("repeat"), "asked_repeat_first")
        case "invalid_first" if field == "size":
            wrong = mind.rng.choice([s for s in ("99", "XXXL", "3") if not _is_there(s, question)])
            words = Words("answer_size", {"size": Size(wrong)})
            return Reply((acts.Set(values=Values(size=wrong)),), words, "asked_invalid_first")
        case "interrupt":
            mind.manners[item.sku] = "by_name"
            return _look_elsewhere(mind, item)
        case "by_name":
            return _by_name(mind, item, field)
        case _:
            return _plain(mind, item, field)


def _is_there(size: str, question: Question) -> bool:
    """Whether the size is among the question's; "3" is an age among children's sizes."""
    choices = question.choices
    return size_said(size, choices) is not None or age_said(size, choices) is not None


def _plain(mind: Mindset, item: Item, field: Told) -> Reply:
    mind.tell(item, field)
    told: frozenset[Told] = frozenset((field,))
    words = Words(f"answer_{field}", value_slots(item, told))
    return Reply((acts.Set(values=values_of(mind.shop, item, told)),), words, "answer")


def _with_more(mind: Mindset, item: Item, field: Told, *, count: bool) -> Reply:
    """An answer with colour and size, and the quantity if `count`."""
    told: set[Told] = {field}
    unsaid = set[Told](("colour", "size")) - mind.told.get(item.variant, frozenset()) - {field}
    if item.size == ONE or len(mind.shop.product(item.sku).colours) == 1:
        unsaid.clear()
    words = Words(f"answer_{field}", value_slots(item, frozenset(told)))
    if unsaid:
        told |= unsaid
        words = Words("answer_colour_size", value_slots(item, frozenset(told)))
    if count:
        told.add("quantity")
        words = Words("answer_more", {"answer": words, "n": Number(item.quantity)})
    mind.tell(item, *told)
    act = acts.Set(values=values_of(mind.shop, item, frozenset(told)))
    return Reply((act,), words, "asked_more" if count else "asked_both")


def _repaired(mind: Mindset, item: Item, field: Told, question: Question) -> Reply:
    """A self-repair: "L, no wait, M"."""
    others = [c for c in question.choices if c not in (item.size, filed_colour(mind.shop, item))]
    if not others:
        return _plain(mind, item, field)
    mind.tell(item, field)
    wrong = mind.rng.choice(others)
    slot: Slot = Size(wrong) if field == "size" else Colour(wrong)
    slots = {"wrong": slot, **value_slots(item, frozenset((field,)))}
    right = values_of(mind.shop, item, frozenset((field,)))
    said: tuple[Act, ...] = (acts.Set(values=right),)
    if mind.rng.random() < 0.5:  # an understanding may have both values; the last one counts
        first = Values(size=wrong) if field == "size" else Values(colour=wrong)
        said = (acts.Set(values=first), acts.Set(values=right, change=True))
    return Reply(said, Words(f"answer_repair_{field}", slots), "asked_repair")


def _and_asks(mind: Mindset, plain: Reply) -> Reply:
    act, key = mind.rng.choice(ASKS)
    assert isinstance(plain.message, Words)  # an answer is one sentence
    words = Words("beside", {"answer": plain.message, "ask": Words(key)})
    return Reply((*plain.acts, act), words, "asked_digress")


def _look_elsewhere(mind: Mindset, item: Item) -> Reply:
    others = [p for p in mind.shop.products if p.category != mind.shop.product(item.sku).category]
    product = mind.rng.choice(others)
    look = Words("look_kind", {"kinds": Kind(product.kind, many=True)})
    act = acts.Search(category=product.category)
    return Reply((act,), Words("wait", {"edit": look}), "asked_interrupt")


def _by_name(mind: Mindset, item: Item, field: Told) -> Reply:
    """The piece's name again, with the value asked for."""
    told: frozenset[Told] = frozenset((field,))
    mind.tell(item, field)
    name = said_name(mind.rng, mind.shop, mind.shop.product(item.sku))
    act = acts.Add(target=Target(name=name), values=values_of(mind.shop, item, told))
    return Reply((act,), Words("take", {"piece": piece_words(name, item, told)}), "asked_by_name")


# ── which piece, which line ─────────────────────────────────────────────────


def _which(mind: Mindset, view: View, question: Question) -> Reply:
    offered = view.offered(question)
    numbers = {sku: number for number, sku in view.options}
    there = {line.variant for line in view.lines}
    for item in mind.truth.items:
        if item.sku in offered and mind.as_filed(item) not in there:
            return pick(numbers.get(item.sku, offered.index(item.sku) + 1))
    return no_thanks()


def _take_it(mind: Mindset, view: View, question: Question) -> Reply:
    """A yes to a piece that the shopper asked for; with a quantity above one, its number."""
    item = wanted_of(mind, view, question)
    if item is None:
        return no_thanks()
    if item.quantity == 1:
        return Reply((acts.Confirm(),), Words("take_it"), "take_it")
    return pick_wanted(mind, view, item) or no_thanks()


def pick_wanted(mind: Mindset, view: View, item: Item) -> Reply | None:
    """The piece by its number in the list shown last, with all its values."""
    number = next((number for number, sku in view.options if sku == item.sku), None)
    if number is None:
        return None
    told: frozenset[Told] = mind.told.get(item.variant, frozenset()) | {"quantity"}
    mind.tell(item, *told)
    values = values_of(mind.shop, item, told)
    slots: dict[str, Slot] = {"number": Number(number), **value_slots(item, told)}
    act = acts.Add(target=Target(option=number), values=values)
    return Reply((act,), Words("pick_with", slots), "pick")


def pick(number: int) -> Reply:
    words = Words("pick", {"number": Number(number)})
    return Reply((acts.Add(target=Target(option=number)),), words, "pick")


def _which_line(mind: Mindset, view: View, question: Question) -> Reply:
    """The meant line, by its number in the order as shown."""
    meant = mind.last.meant if mind.last else ()
    filed = {mind.as_filed(item) for item in meant}
    for number, line in enumerate(view.lines, start=1):
        if line.variant in filed:
            words = Words("pick", {"number": Number(number)})
            return Reply((acts.Set(target=Target(line=number)),), words, "which_line")
    return no_thanks()


def _which_reading(mind: Mindset, view: View, question: Question) -> Reply:
    """The number of the reading after which the order is as wanted; else none of them."""
    wanted = {mind.as_filed(item): item.quantity for item in mind.truth.items}
    for number, reading in enumerate(question.readings, start=1):
        if _after(view, reading) == wanted:
            return pick(number)
    return no_thanks()


def _after(view: View, reading: Reading) -> dict[Variant, int]:
    """The quantities that the order would have after a reading's changes, by variant."""
    skus = view.skus or {}
    after = {line.variant: line.quantity for line in view.lines}
    for change in reading.changes:
        was = change.line if change.what == "removed" else change.before
        if was is not None:
            after.pop(Variant(skus.get(was.product_id, ""), was.colour, was.size), None)
    for change in reading.changes:
        if change.line is not None and change.what != "removed":
            line = change.line
            after[Variant(skus.get(line.product_id, ""), line.colour, line.size)] = line.quantity
    return after


def no_thanks() -> Reply:
    return Reply((acts.Decline(),), Words("no_thanks"), "no_thanks")


# ── where to, and whose phone ───────────────────────────────────────────────


def _last_address(mind: Mindset, view: View) -> Reply:
    if view.offered_address == mind.truth.address:
        mind.gave_address = True
        return Reply((acts.Confirm(),), Words("same_place"), "same_place")
    return address(mind)


def address(mind: Mindset) -> Reply:
    where = mind.truth.address or ""
    act: Act = acts.SetAddress(text=where)
    words = Words("address", {"address": where})
    if mind.plan.address_manner == "digress" and not mind.gave_address:
        mind.gave_address = True
        asks, key = mind.rng.choice(ASKS)
        beside = Words("beside", {"answer": words, "ask": Words(key)})
        return Reply((act, asks), beside, "address_digress", exact=True)
    mind.gave_address = True
    return Reply((act,), words, "address", exact=True)


def payer(mind: Mindset) -> Reply:
    phone = mind.truth.payer or mind.plan.told_phone
    said = f"0{phone.removeprefix('+254')}"
    return Reply((acts.SetPayer(phone=said),), Words("phone", {"phone": said}), "phone", exact=True)
