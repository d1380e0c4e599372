"""The step where an address is awaited: nearly every text is one."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.understanding.acts_of import Acts, act
from dukani.agent.understanding.addresses import PLACE_WORDS, looks_like_place, strip_lead
from dukani.agent.understanding.message import Message

# Acts that are meant when they are all that is said; an address may hold their words too.
SHORT = ("view_cart", "greeting", "thanks", "deny", "affirm", "start_over", "cancel", "checkout")
ASKING = (
    "ask_price", "ask_discount", "ask_size", "ask_availability", "order_status", "view_cart",
    "topic.hours", "topic.delivery", "topic.returns", "topic.payment", "topic.location",
)  # fmt: skip
CHANGING = ("cancel", "start_over", "remove_item", "clear_cart", "change_quantity", "correction")
SHORT_LENGTH = 4
ABOUT_PIECES = (
    "want", "show", "have", "cheaper", "greeting", "thanks", "add_to_cart", "cancel",
    "start_over", "remove_item", "clear_cart", "change_quantity",
)  # fmt: skip
SURE_PLACES = word_set("delivery", "sure_places")  # said of nothing but places


def _awaits_address(message: Message) -> bool:
    return message.context.step == "awaiting_delivery_address"


def address(message: Message) -> Acts:
    """provide_address, or nothing when the text is clearly something else."""
    if not _awaits_address(message) or _is_question(message) or _is_command(message):
        return []
    return [act("provide_address", address=strip_lead(message.raw))]


def early_address(message: Message) -> Acts:
    """provide_address before it is asked for: "Nyali, Links Road, house 12"."""
    asking = message.asks or message.has(*ASKING, *ABOUT_PIECES)
    if asking or _awaits_address(message) or message.slots.wanted("option"):
        return []
    return [act("provide_address", address=strip_lead(message.raw))] if _is_place(message) else []


def _is_place(message: Message) -> bool:
    """Enough tells it is a place and nothing tells it is a piece."""
    words = {token.text for token in message.tokens}
    sure = len(words & SURE_PLACES) + sum("@place" in token.tags for token in message.tokens)
    digits = any(character.isdigit() for character in message.raw)
    weight = 2 * sure + len(words & PLACE_WORDS - SURE_PLACES) + digits + ("," in message.raw)
    pieces = any(message.slots.wanted(slot) for slot in ("category", "pattern", "name"))
    buying = message.context.step == "cart_updated" and bool(message.context.cart)
    return sure > 0 and weight - 3 * pieces >= (2 if buying else 3)


def _is_question(message: Message) -> bool:
    if not message.asks or not message.has(*ASKING):
        return False
    marked = any(token.asked for token in message.tokens)
    return marked or not looks_like_place(message.raw)


def _is_command(message: Message) -> bool:
    """Words of another act and nothing of a place."""
    slots = message.slots
    if _changes_piece(message) or _wants_piece(message):
        return True
    if message.has(*CHANGING) and (not looks_like_place(message.raw) or _leads(message)):
        garments = any(find.slot in ("category", "size", "colour") for find in slots.finds)
        if PLACE_WORDS & {token.text for token in message.tokens} and not message.asks:
            return _changes_piece(message)  # "Cancel Plaza, 2nd floor"
        cue_words = len(_covered_by(message, CHANGING))
        return garments or cue_words * 2 >= len(message.tokens) or message.has("cancel")
    if len(message.tokens) > SHORT_LENGTH or not message.has(*SHORT):
        return False
    fillers = {i for i, token in enumerate(message.tokens) if "@stopword" in token.tags}
    return _covered_by(message, SHORT) | fillers >= set(range(len(message.tokens)))


def _covered_by(message: Message, names: Sequence[str]) -> set[int]:
    """The places of the words these cues hold."""
    cues = [message.cues[name] for name in names if message.has(name)]
    return {at for cue in cues for at in range(cue.start, cue.end)}


def _wants_piece(message: Message) -> bool:
    """ "wait, I want to add a scarf first": a piece, and nothing of a place."""
    piece = message.slots.wanted("category") or message.slots.wanted("name")
    asked = message.has("want", "show", "add_to_cart", "have")
    digits = any(character.isdigit() for character in message.raw)
    return bool(piece) and asked and not digits and not PLACE_WORDS & _words_of(message)


def _words_of(message: Message) -> set[str]:
    return {token.text for token in message.tokens}


def _leads(message: Message) -> bool:
    """The other act's words open the message."""
    return any(message.at(name) <= 1 for name in CHANGING)


def _changes_piece(message: Message) -> bool:
    """ "badilisha dress iwe L": a change to the cart while the address is awaited."""
    piece = any(find.slot in ("category", "size", "colour") for find in message.slots.finds)
    words = {token.text for token in message.tokens}
    return piece and message.tagged("~change", "~remove") and not PLACE_WORDS & words
