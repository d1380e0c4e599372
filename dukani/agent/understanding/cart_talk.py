"""Looking at and changing what is in the cart."""

from __future__ import annotations

from dukani.agent.acts import Act, CartLine
from dukani.agent.steps import CHOOSING
from dukani.agent.understanding.acts_of import Acts, act, with_slots
from dukani.agent.understanding.finds import Find
from dukani.agent.understanding.message import Message
from dukani.agent.understanding.pointing import definite

LINE_SLOTS = ("option", "name", "category", "colour", "size")
MORE = frozenset(("more", "ingine", "nyingine", "zaidi", "another", "tena", "extra", "ongeza"))
OUT = ("out", "off", "away", "back", "rid")
LIMITING = ("only", "tu", "just", "pekee", "instead", "badala")
SET_TO = frozenset(
    (
        "iwe",
        "ziwe",
        "viwe",
        "yawe",
        "liwe",
        "kiwe",
        "wawe",
        "to",
        "make",
        "ikuwe",
        "zikuwe",
        "kuwa",
        "fanya",
        "only",
    )
)


def cart_talk(message: Message) -> Acts:
    """Acts on the cart, or nothing."""
    if message.has("clear_cart") and _clears(message):
        return [act("clear_cart")]
    one_of_it = message.has("clear_cart") and _matches_cart(message)  # "toa viatu kwenye kikapu"
    shown = [act("view_cart")] if message.has("view_cart") and message.tagged("~show") else []
    if (message.has("remove_item") or one_of_it) and _removes(message):
        return [_takes_some(message) or _removal(message), *shown]
    if _adds_another_colour(message):
        return [with_slots("add_to_cart", message.slots.values("colour", "size", "quantity"))]
    if _recounts(message) or (message.has("change_quantity") and _changes_quantity(message)):
        return [_new_quantity(message), *shown]
    if message.has("view_cart") and _views(message):
        return [act("view_cart")]
    return []


def _clears(message: Message) -> bool:
    cue = message.cues["clear_cart"]
    if len(message.tokens) <= 2 and message.context.cart:
        return True
    partial = any(find.slot in ("category", "option", "name") for find in message.slots.finds)
    return (cue.length > 1 and not partial) or (cue.length == 1 and message.tagged("@cart"))


def _removes(message: Message) -> bool:
    """Something is taken out: it needs a cart, or words that only fit one."""
    if not message.context.cart:
        return message.tagged("~remove") and message.tagged("@cart")
    if message.context.step in CHOOSING and not message.tagged("@cart"):
        return message.tagged("~remove") and _matches_cart(message)
    if message.tagged("~remove") or _takes_out(message):
        return _matches_cart(message) or _points_out(message) or not message.has("ask_discount")
    return _matches_cart(message) and not corrects(message)


def _points_out(message: Message) -> bool:
    """ "too expensive, remove it": the piece goes, not a part of its price."""
    cue = message.cues["remove_item"]
    return cue.length > 1 and message.tokens[cue.end - 1].text in ("it", "that", "this", "them")


def _takes_out(message: Message) -> bool:
    """ "take out the second item", "put the bag back"."""
    return message.cues["remove_item"].length > 1 and message.says(*OUT)


def corrects(message: Message) -> bool:
    """ "I don't want M, I want L" changes the piece, it does not take it out."""
    return any(message.slots.wanted(slot) for slot in ("size", "quantity", "colour"))


def _matches_cart(message: Message) -> bool:
    said = [f for f in message.slots.finds if f.slot in ("category", "name", "colour")]
    return bool(said) and any(message.fits(line) for line in message.context.cart)


def _removal(message: Message) -> Act:
    slots = {f.slot: f.value for f in reversed(message.slots.finds) if f.slot in LINE_SLOTS}
    number = message.slots.first("quantity")
    if not slots and isinstance(number, int) and 0 < number <= len(message.context.cart):
        slots = {"option": number}  # "toa 1": the first line
    return with_slots("remove_item", slots)


def _takes_some(message: Message) -> Act | None:
    """ "remove one" of a line that holds more; or None."""
    count = message.slots.first("quantity")
    cart = message.context.cart
    line = message.cart_line_said() or (cart[0] if len(cart) == 1 else None)
    if not isinstance(count, int) or line is None or line.quantity <= count:
        return None
    slots = message.slots.values("name", "category", "colour", "size")
    return with_slots("change_quantity", slots | {"quantity": line.quantity - count})


def _changes_quantity(message: Message) -> bool:
    """A new count for a line; while a piece is being chosen the count belongs to it."""
    context = message.context
    if not context.cart or context.step in CHOOSING:
        return False
    cue = message.cues["change_quantity"]
    if message.slots.wanted("category") and not _matches_cart(message):
        return False
    number = message.slots.wanted("quantity") or message.slots.wanted("option")
    sized = message.slots.wanted("size") and not number
    if sized or (message.has("correction") and message.has("deny")):
        return False
    return bool(number) or cue.length > 1 or message.tagged("~reduce", "~add")


def _adds_another_colour(message: Message) -> bool:
    """ "ongeza na moja ya black pia", with none of that colour in the cart."""
    context, slots = message.context, message.slots
    if not context.cart or context.step in CHOOSING or message.asks:
        return False
    colours = {find.value for find in slots.wanted("colour")}
    another = colours - {line.colour for line in context.cart}
    kind = slots.wanted("category") or slots.wanted("name") or slots.wanted("option")
    return bool(another) and not kind and message.tagged("~add")


def _recounts(message: Message) -> bool:
    """ "I want 2 sandals, not 1", "I only need one pair of sandals", about a line of the cart."""
    context, slots = message.context, message.slots
    if not slots.wanted("quantity") or context.step in CHOOSING or message.has("show", "have"):
        return False
    categories = slots.wanted("category")
    limited = message.says(*LIMITING) or any(definite(message, find) for find in categories)
    about_it = slots.unwanted("quantity") or limited or context.step == "awaiting_confirmation"
    named = bool(categories or slots.wanted("name"))
    return bool(about_it) and named and message.cart_line_said() is not None


def _new_quantity(message: Message) -> Act:
    slots: dict[str, object] = message.slots.values("name", "category", "colour", "size")
    if message.slots.wanted("quantity"):
        slots |= message.slots.values("option")  # which line
    line = message.cart_line_said()
    slots["quantity"] = _quantity_after(message, line)
    return with_slots("change_quantity", slots)


def _quantity_after(message: Message, line: CartLine | None) -> int | None:
    """The count said, or one more or fewer than there are now."""
    said = message.slots.wanted("quantity") or message.slots.wanted("option")
    number = int((_set_to(message) or said)[-1].value) if said else None
    if (message.says(*SET_TO) and number is not None) or line is None:
        return number
    if message.tagged("~reduce"):
        return max(line.quantity - (number or 1), 0)
    if message.says(*MORE) or message.tagged("~add"):
        return line.quantity + (number or 1)
    return number


def _set_to(message: Message) -> list[Find]:
    """The count in "make it 2, his brother will want one"."""
    tokens, counts = message.tokens, message.slots.wanted("quantity")
    return [
        find
        for find in counts
        if any(token.text in SET_TO for token in tokens[max(0, find.start - 2) : find.start])
    ]


def _views(message: Message) -> bool:
    """The cart or its total; not the price of one piece."""
    slots = message.slots
    if message.has("add_to_cart") and message.tagged("~put", "~add"):
        return False
    if not message.context.cart and message.context.options and not message.tagged("@cart"):
        return False  # "how much for all?" asks about the options
    pieces = any(slots.wanted(slot) for slot in ("option", "colour", "category", "name"))
    return not pieces or message.tagged("@cart")
