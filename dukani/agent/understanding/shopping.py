"""Looking for pieces, or asking whether one is there; what is neither picks one."""

from __future__ import annotations

import itertools

from dukani.agent.acts import ShownOption
from dukani.agent.lexicon.styles import STYLES
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.understanding.acts_of import Acts, act, with_slots
from dukani.agent.understanding.kinds_apart import kinds_apart
from dukani.agent.understanding.message import Message
from dukani.agent.understanding.picking import TAKING, picking, variants
from dukani.agent.understanding.pointing import definite, points_at, something_shown
from dukani.agent.understanding.questions import looks_elsewhere, stock_question
from dukani.agent.understanding.styles import style_words
from dukani.core.money import to_minor

SEARCHED = ("name", "category", "colour", "size", "occasion", "pattern", "embroidery", "quantity")
DESCRIBING = ("name", "category", "occasion", "pattern", "embroidery")
WHAT_IT_COMES_IN = word_set("shopping", "what_it_comes_in")
ABOUT = {("what", "about"), ("how", "about"), ("vipi", "kuhusu"), ("je", "kuhusu")}
VARIANT = ("size", "colour", "quantity")
POINTS_AT_PRICE = word_set("shopping", "points_at_price")
UP_TO = word_set("shopping", "up_to")


def shopping(message: Message) -> Acts:
    """search, ask_availability, or picking acts; nothing when no piece is spoken of."""
    if _keeps_it(message):
        return []
    if (priced := _at_its_price(message)) is not None:
        return [
            act("select_option", option=priced),
            *variants(message, message.slots.values(*VARIANT)),
        ]
    if _names_cheapest(message):
        return [act("ask_price" if message.asks else "select_option", option=_cheapest(message))]
    if _wants_again(message):
        return [with_slots("add_to_cart", message.slots.values(*VARIANT) | {"manner": "again"})]
    if _wants_search(message):
        return _searching(message)
    if _asks_stock(message):
        return stock_question(message)
    return picking(message)


def _keeps_it(message: Message) -> bool:
    """ "ok I'll keep the navy one": what is in the cart stays, and nothing is added."""
    kept = message.says("keep", "keeping", "nibaki", "nitabaki", "nabaki", "tubaki")
    return kept and any(message.fits(line) for line in message.context.cart)


def _at_its_price(message: Message) -> int | None:
    """ "the 2,800 one", "ile ya elfu mbili": the one piece shown that costs just that."""
    slots, amount = message.slots, message.slots.budget.get("budget_max")
    pointed = message.says(*POINTS_AT_PRICE) and not message.says(*UP_TO)
    if amount is None or len(slots.budget) > 1 or not pointed or message.has("cheaper", "show"):
        return None
    if slots.wanted("category") or slots.wanted("occasion"):
        return None
    minor = to_minor(amount, message.context.currency)
    costing = [o.number for o in message.context.options if o.price_minor == minor]
    return costing[0] if len(costing) == 1 else None


def _names_cheapest(message: Message) -> bool:
    priced = [option for option in message.context.options if option.price_minor]
    return message.says("cheapest") and len(priced) > 1


def _cheapest(message: Message) -> int:
    return min(message.context.options, key=lambda option: option.price_minor).number


def _wants_search(message: Message) -> bool:
    slots = message.slots
    if not something_shown(message):
        return _starts_search(message)
    if any(find.sold for find in slots.wanted("name")):
        return True  # what is not in view is found first
    if slots.wanted("option") or (slots.wanted("name") and not _looks_for_style(message)):
        return False
    if slots.budget or message.has("cheaper") or slots.wanted("occasion"):
        priced = message.has("ask_price", "ask_discount")
        return message.has("cheaper") or looks_elsewhere(message) or not priced
    categories = {find.value for find in slots.wanted("category")}
    if categories - message.shown:
        return True
    if categories:
        return _category_again(message)
    if slots.wanted("colour") or slots.wanted("pattern"):
        return _colour_search(message)
    if slots.wanted("embroidery") and not definite(message):
        return True
    refused = any(slots.unwanted(slot) for slot in ("pattern", "name", "category", "occasion"))
    excluded = bool(slots.exclusions()) and not slots.wanted("size")
    return excluded or _refused_kind(message, refused)


def _looks_for_style(message: Message) -> bool:
    """ "show me sneakers": a kind among what is shown, not one of the pieces."""
    names = message.slots.wanted("name")
    styled = all(message.tokens[find.start].text in STYLES for find in names)
    return styled and message.has("show", "have", "more_options") and not definite(message)


def _refused_kind(message: Message, refused: bool) -> bool:
    """ "stop showing me lace" while options are shown."""
    picked = any(message.slots.wanted(slot) for slot in ("size", "quantity"))
    return refused and not picked and message.context.step == "products_found"


def _starts_search(message: Message) -> bool:
    """Nothing is on the table: any word about clothes looks for them."""
    slots = message.slots
    if any(slots.wanted(slot) for slot in DESCRIBING):
        return True
    if slots.exclusions() and not message.context.cart:
        return True
    if message.context.with_image and (slots.wanted("colour") or slots.wanted("size")):
        return True  # "this, but purple"
    if message.context.cart and not slots.budget:
        return message.has("show", "have") and bool(slots.wanted("colour"))
    asked = message.has("want", "have", "show", "cheaper")
    garment = message.tagged("@garment", "@all")
    if message.says("nguo", "vazi", "mavazi", "clothes", "outfit") and not message.context.cart:
        return True
    if (asked and garment) or message.has("cheaper"):
        return True
    return bool(slots.budget or slots.wanted("colour") or slots.wanted("size"))


def _briefly(message: Message) -> bool:
    """ "in red?" """
    return len(message.tokens) <= 3 and not message.has("want")


def _wonders(message: Message) -> bool:
    """ "what about pink, same size?", "vipi kuhusu ya blue"."""
    said = [token.text for token in message.tokens]
    about = any(pair in ABOUT for pair in itertools.pairwise(said))
    return about and not message.has("want", "add_to_cart")


def _wants_again(message: Message) -> bool:
    """After an order: "another one, same size"."""
    context = message.context
    ordered = context.step == "order_completed" and not something_shown(message)
    another_kind = any(message.slots.wanted(slot) for slot in DESCRIBING)
    return ordered and message.has("again") and not another_kind and not message.asks


def _category_again(message: Message) -> bool:
    """The kind already shown is named again: a new search unless she points at one."""
    if _singles_out(message):
        return False
    if message.context.step == "size_recommended" and not message.has("show"):
        return (
            not points_at(message) and bool(message.slots.wanted("colour")) and _new_colour(message)
        )
    return not any(definite(message, find) for find in message.slots.wanted("category"))


def _singles_out(message: Message) -> bool:
    """ "sketi ya kijani saizi M": kind, colour or size fit just one of the shown pieces."""
    slots = message.slots
    mixed = len({option.category for option in message.context.options}) > 1
    said = slots.wanted("colour") or slots.wanted("size") or slots.wanted("quantity")
    if (
        not (said or mixed or message.tagged("~take", "~buy"))
        or message.has("show", "have", "more_options")
        or message.asks
    ):
        return False
    wanted = slots.values("category", "colour", "size")
    fitting = [option for option in message.context.options if _comes_as(option, wanted)]
    return len(fitting) == 1


def _comes_as(option: ShownOption, wanted: dict[str, object]) -> bool:
    return (
        wanted.get("category") in (None, option.category)
        and wanted.get("colour") in (None, *option.colours)
        and wanted.get("size") in (None, *option.sizes)
    )


def _new_colour(message: Message) -> bool:
    return any(find.value not in message.shown_colours for find in message.slots.wanted("colour"))


def _colour_search(message: Message) -> bool:
    """A colour or pattern alone picks what is shown; what is not shown is looked for."""
    if message.context.step == "size_recommended" and not message.has("show"):
        return False
    if points_at(message) or definite(message):
        return False
    if message.slots.wanted("colour") and not _new_colour(message):
        plural = message.says("ones", "za", "zile", "any", "zote")
        if message.says("only") and message.says("ones"):
            return True  # narrows what is shown
        return message.has("more_options", "show") or (message.has("have") and plural)
    return not (message.has("ask_availability", "have") and message.context.focus)


def _search_slots(message: Message) -> dict[str, object]:
    slots = message.slots
    found = slots.values(*SEARCHED) | slots.exclusions() | dict(slots.budget)
    if message.has("cheaper") and not slots.budget:
        return found | {"manner": "cheaper"}
    style = style_words(message.tokens, slots) if found else message.raw.strip()
    return found | ({"text": style} if style else {})


def _searching(message: Message) -> Acts:
    """A search; asked for one size, also whether it is there."""
    parts = kinds_apart(message)
    acts = [
        one
        for part in parts
        for one in (with_slots("search", _search_slots(part)), *_taken_unseen(part, message))
    ]
    size = message.slots.wanted("size")
    asked = message.has("have", "ask_availability") and not message.has("show")
    if size and asked and len(parts) == 1:
        slots = message.slots.values("category", "colour", "size")
        acts.append(with_slots("ask_availability", slots))
    return acts


def _taken_unseen(part: Message, message: Message) -> Acts:
    """ "I'll take one Savannah straw hat", "na ile kofia ya black, moja": into the cart with it."""
    if message.asks or message.has("show", "have", "more_options"):
        return []
    slots = part.slots
    taken = message.tagged(*TAKING) or slots.wanted("quantity")
    named = any(find.sold for find in slots.wanted("name"))
    counted = slots.wanted("quantity") or slots.wanted("size")
    pointed = any(definite(part, find) for find in slots.wanted("category"))
    told = pointed and bool(slots.wanted("colour")) and bool(counted)
    return [act("add_to_cart")] if taken and (named or told) else []


def _asks_stock(message: Message) -> bool:
    """Is what is shown there, perhaps in a size or colour."""
    if not something_shown(message):
        return message.has("ask_availability") and message.cues["ask_availability"].length > 1
    said = any(message.slots.wanted(slot) for slot in ("size", "colour", "option", "name"))
    if message.has("more_options") and not said and not message.says(*WHAT_IT_COMES_IN):
        return False
    marked = any(token.asked for token in message.tokens)
    coloured = bool(message.slots.wanted("colour"))
    if marked and (_new_colour(message) or (coloured and _briefly(message))):
        return True
    if _wonders(message) and (coloured or message.slots.wanted("size")):
        return True
    if message.has("ask_availability"):
        strong = message.cues["ask_availability"].length > 1 or message.asks
        return strong and not message.has("add_to_cart")
    asked = message.has("have") and (message.asks or not message.has("want"))
    return asked and (said or definite(message))
