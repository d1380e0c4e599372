"""Questions about a piece (price, size, stock) and about the shop."""

from __future__ import annotations

from typing import get_args

from dukani.agent.acts import Topic
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.understanding.acts_of import Acts, act, with_slots
from dukani.agent.understanding.message import Message

PIECE = ("option", "name", "colour", "category", "size")
TOPICS = tuple(topic for topic in get_args(Topic) if topic not in ("assistant", "other"))
ORDER = ("delivery", "returns", "hours", "payment", "location")


# "anything below 4000?" looks for another piece, "naweza pata kwa 4000?" asks for a lower price
OTHER_PIECES = word_set("questions", "other_pieces")


SET_TO = word_set("questions", "set_to")


def _replied(message: Message) -> dict[str, object]:
    """The option of the picture she replies to, when she names none."""
    option = message.context.replied_to_option
    return {"option": option} if option and not message.slots.wanted("option") else {}


def _piece(message: Message) -> dict[str, object]:
    return _replied(message) | message.slots.values(*PIECE)


def shop_question(message: Message) -> Acts:
    """ask_shop with its topic, for the topic that explains most of the message."""
    topics = [topic for topic in ORDER if message.has(f"topic.{topic}")]
    if not topics:
        return []
    topic = max(topics, key=lambda name: message.cues[f"topic.{name}"].length)
    cue = message.cues[f"topic.{topic}"]
    if topic == "delivery" and _awaits_parcel(message):
        return [act("order_status")]
    brief = len(message.tokens) <= 3  # "naomba location"
    if cue.length == 1 and not (message.asks or brief or topic in ("returns", "delivery", "hours")):
        return []
    return [act("ask_shop", topic=topic)]


def price_question(message: Message) -> Acts:
    if message.has("ask_discount") and not looks_elsewhere(message):
        return [with_slots("ask_price", _piece(message) | {"manner": "discount"})]
    if _totals_options(message) or (message.has("ask_price") and not _names_budget(message)):
        return [with_slots("ask_price", _piece(message)), *_stock_too(message)]
    return []


def _stock_too(message: Message) -> Acts:
    """ "how much is it, and is it there in M?" """
    sized = message.slots.wanted("size") and message.says("na", "and", "also", "pia", "je")
    return stock_question(message) if sized and message.has("ask_availability", "have") else []


def looks_elsewhere(message: Message) -> bool:
    """ "too expensive, anything below 4000?": not a lower price but another piece."""
    cheaper = bool(message.slots.budget) or message.has("cheaper")
    other = message.says(*OTHER_PIECES) or message.has("show", "more_options")
    return cheaper and other


def _names_budget(message: Message) -> bool:
    """ "bei isizidi 2500": the price word belongs to what she would spend."""
    return bool(message.slots.budget) and message.cues["ask_price"].length == 1


def _totals_options(message: Message) -> bool:
    """ "how much for all three?" before anything is in the cart."""
    context = message.context
    return message.has("view_cart") and message.says("much", "ngapi") and not context.cart


def size_question(message: Message) -> Acts:
    sizes = message.slots.wanted("size")
    unsure = len(sizes) == 2 and message.asks and message.says("or", "au", "ama")  # "M ama L?"
    if not unsure and (not message.has("ask_size") or _enough(message) or _tells_size(message)):
        return []
    return [with_slots("ask_size", _replied(message) | message.slots.values("option", "name"))]


def _tells_size(message: Message) -> bool:
    """ "size yangu ni 12", "itanibana, iwe 39": said, not asked."""
    marked = any(token.kind == "mark" for token in message.tokens) or message.says(*SET_TO)
    return marked and bool(message.slots.wanted("size")) and not message.asks


def stock_question(message: Message) -> Acts:
    """ "is it there in M?" about what is shown."""
    return [with_slots("ask_availability", _piece(message))]


def _enough(message: Message) -> bool:
    """ "inatosha" with a cart says that will do; with a piece in hand it is about its fit."""
    context = message.context
    return message.has("checkout") and bool(context.cart) and context.step == "cart_updated"


def _awaits_parcel(message: Message) -> bool:
    """After the order "mnaleta leo?" asks for hers, not for where the shop delivers to."""
    general = message.tagged("@place") or message.says(
        "ngapi", "bei", "free", "much", "fee", "bure"
    )
    return message.context.step == "order_completed" and not general
