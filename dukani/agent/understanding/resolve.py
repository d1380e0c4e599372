"""From a message to its acts: the rules in the order they are asked."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.acts import Act, TurnContext, Understanding
from dukani.agent.understanding.acts_of import Acts, act
from dukani.agent.understanding.cart_talk import cart_talk
from dukani.agent.understanding.commands import commands
from dukani.agent.understanding.corrections import corrects, with_correction
from dukani.agent.understanding.delivery import address, early_address
from dukani.agent.understanding.language import told_language
from dukani.agent.understanding.merging import merged, tidy
from dukani.agent.understanding.message import Message, read_message
from dukani.agent.understanding.moods import (
    agreement,
    closing,
    place_said,
    pleasantries,
    without_place,
)
from dukani.agent.understanding.payments import payments
from dukani.agent.understanding.phones import is_receipt
from dukani.agent.understanding.picking import picking
from dukani.agent.understanding.pointing import something_shown
from dukani.agent.understanding.questions import (
    looks_elsewhere,
    price_question,
    shop_question,
    size_question,
)
from dukani.agent.understanding.sentences import sentences
from dukani.agent.understanding.shopping import shopping

WHOLE_MESSAGE = (commands, address, payments, early_address)
TELLING = frozenset(("na", "ya", "wa", "kwa", "ni", "karibu", "nyuma", "mbele", "nyumba", "namba"))
CURIOUS = ("know", "kujua", "nijue", "ask", "uliza", "kuuliza", "nauliza")  # "want to know"


def understand(text: str, context: TurnContext) -> Understanding:
    """The acts of a message in the order they are said, and the language to answer in."""
    message = read_message(text, context)
    acts = tuple(_acts_of(message))
    names = [find for find in message.slots.finds if find.slot == "name"]
    language = told_language(message.tokens, context.language, names)
    if _is_quoted(text, acts) and (language == "en" or not _is_told(message)):
        language = context.language
    return Understanding(acts=acts, language=language)


def _is_quoted(text: str, acts: Sequence[Act]) -> bool:
    """An address or a receipt: English words that are not her own."""
    addressed = bool(acts) and all(act.kind == "provide_address" for act in acts)
    return addressed or is_receipt(text)


def _is_told(message: Message) -> bool:
    """ "naishi Umoja, karibu na shule": said in her words; "Mama Ngina Street" is a name."""
    return any(token.verb or token.text in TELLING for token in message.tokens if token.swahili)


def _acts_of(message: Message) -> Acts:
    if not message.tokens:
        return [act("search")] if message.context.with_image else [act("unclear")]
    for rule in WHOLE_MESSAGE:
        acts = rule(message)
        if acts:
            return acts
    return tidy(merged([_sentence_acts(part) for part in sentences(message)]))


def _sentence_acts(message: Message) -> Acts:
    """The acts of one sentence."""
    if message.has("start_over"):
        return [act("start_over")]
    message = without_place(message)
    acts = cart_talk(message)
    if acts:
        return acts + closing(message)
    if message.has("cancel") and _cancels(message):
        return [act("cancel")]
    acts = _questions(message)
    if acts:
        return acts
    if _off_topic(message):
        return [act("ask_shop", topic="other")]
    acts = with_correction(message, shopping) if corrects(message) else shopping(message)
    paying = message.has("checkout") and bool(message.context.cart)
    if not acts and message.has("more_options") and not paying:
        return [act("more_options")]
    acts += closing(message)
    return acts or _moods(message)


def _cancels(message: Message) -> bool:
    """Not when the same breath says what she wants instead."""
    slots = message.slots
    if message.cues["cancel"].length == 1 and message.has("deny") and not message.tagged("~cancel"):
        return False  # "hapana, sitaki" answers a question
    wanted = any(slots.wanted(slot) for slot in WISHED)
    return not (wanted or slots.exclusions() or slots.budget)


def _questions(message: Message) -> Acts:
    asked = shop_question(message)
    if asked and not _about_piece(message) and place_said(message) is None:
        return asked
    if message.has("cheaper") and (not message.has("ask_discount") or looks_elsewhere(message)):
        return []
    priced = price_question(message)
    if priced and _picks_too(message):
        return priced + picking(message)
    return priced or size_question(message)


def _picks_too(message: Message) -> bool:
    """ "nataka ya pili, bei gani?": she takes it and asks what it costs."""
    pointed = message.slots.wanted("option") or message.slots.wanted("name")
    curious = message.has("ask_discount") or message.says(*CURIOUS)
    return bool(pointed) and something_shown(message) and message.has("want") and not curious


def _off_topic(message: Message) -> bool:
    """A question about anything but clothes."""
    cue = message.cues.get("topic.other")
    return cue is not None and cue.length > 1 and not message.slots.finds


def _about_piece(message: Message) -> bool:
    """ "bei gani?" is the piece's price even where a shop topic is near."""
    shop = max(
        (cue.length for name, cue in message.cues.items() if name.startswith("topic.")), default=0
    )
    own = max(
        (message.cues[n].length for n in ("ask_price", "ask_size") if message.has(n)), default=0
    )
    return own > shop


def _moods(message: Message) -> Acts:
    acts = agreement(message) or pleasantries(message)
    if acts:
        return acts
    if message.has("topic.other"):
        return [act("ask_shop", topic="other")]
    if message.context.with_image:
        return [act("search")]
    return _lost(message)


def _lost(message: Message) -> Acts:
    """A question nothing explains is for the shop to decline; other words are unclear."""
    looking = message.has("want", "show", "have") and message.asks
    if looking and not something_shown(message):
        return [act("search", text=message.raw.strip())]
    if message.asks and len(message.tokens) > 2:
        return [act("ask_shop", topic="other")]
    return [act("unclear")]


WISHED = ("option", "size", "category", "quantity", "name", "occasion", "pattern")
