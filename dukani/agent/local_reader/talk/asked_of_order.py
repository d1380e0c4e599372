"""Questions about an order behind its purchase: a call ahead, the delivery fee, adding to it.

"mtanipigia kabla ya kuleta?" is noted for the shop; "will it come today?" asks for no list of the
pieces; "can I add to this order?" asks whether, and names no piece yet.
"""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.message import Message, read_message
from dukani.agent.local_reader.talk.only_said import says_only
from dukani.domain import acts as a
from dukani.domain.context import TurnContext

MOST_WORDS = 12
FEES = word_set("asked_of_order", "fees")
DELIVERING = word_set("asked_of_order", "delivering")
RIDERS = word_set("asked_of_order", "riders")
ON_DELIVERY = word_set("asked_of_order", "on_delivery")
AHEAD = word_set("asked_of_order", "ahead")
CALLS_HER = word_set("asked_of_order", "calls_her")
NOT_ASKED_FOR = word_set("asked_of_order", "not_asked_for")
WHETHER = word_set("asked_of_order", "whether")
APART = word_set("asked_of_order", "apart")
SAID_OF_ADDING = word_set("asked_of_order", "said_of_adding")
TAGS_OF_ADDING = ("~add", "~pay", "@order", "@this", "@garment", "@yes", "@ok", "@thank")
DAYS = word_set("asked_of_order", "days")
NOTES = ("Call before delivery", "Piga simu kabla ya kuleta")


def asked_of_order(message: Message) -> list[a.Act]:
    """The answerable question of a short message that names no piece; else nothing."""
    context = message.context
    if not message.tokens or len(message.tokens) > MOST_WORDS or _names_a_piece(message):
        return []
    if not context.has_order and not context.cart:
        return []
    asks = message.asks or message.says_any(WHETHER)
    if not asks:
        return []
    bought = context.step == "order_completed" or (context.has_order and not context.cart)
    if _asks_of_fee(message, bought=bought):
        return [a.AskShop(topic="delivery_fee")]
    if note := _call_asked_for(message):
        return [a.SetNote(text=note)]
    if bought and _asks_to_add(message):
        return [a.AskShop(topic="add_to_order")]
    return [a.OrderStatus(brief=True)] if bought and _asks_of_day(message) else []


def asked_behind(text: str, context: TurnContext) -> tuple[str, list[a.Act]] | None:
    """(the words ahead, the question) of "add a red kiondo, can I pay for it separately?"."""
    if not context.has_order:
        return None
    ends = [text.rstrip(" ?!.").rfind(mark) for mark in (", ", ". ", "? ", "! ", "\n")]
    at = max(ends)
    if at < 1:
        return None
    asked = asked_of_order(read_message(text[at + 1 :].strip(), context))
    return (text[: at + 1].rstrip(" ,"), asked) if asked else None


def _names_a_piece(message: Message) -> bool:
    return any(message.slots.wanted(slot) for slot in ("name", "colour", "size", "quantity"))


def _asks_of_fee(message: Message, *, bought: bool) -> bool:
    """Whether when or how the delivery is paid is asked, not how much, nor paying on delivery."""
    if not message.tagged("~pay") or any(t.verb and t.verb.done for t in message.tokens):
        return False
    brought = message.says_any(DELIVERING | RIDERS)
    if message.says_any(FEES):
        return brought
    return bought and brought and not message.says_any(ON_DELIVERY)


def _call_asked_for(message: Message) -> str | None:
    """The note for the rider where she asks whether she is called ahead."""
    calls = [token for token in message.tokens if "~call" in token.tags]
    ahead = message.says_any(AHEAD | RIDERS) or message.tagged("~arrive")
    if not calls or not ahead or message.says_any(NOT_ASKED_FOR):
        return None
    swahili = any(token.swahili or (token.verb and token.verb.swahili) for token in calls)
    hers = message.says_any(CALLS_HER) or any(_calls_her(token.text) for token in calls)
    return NOTES[swahili] if hers else None


def _calls_her(verb: str) -> bool:
    """Whether she is the one called: "mtanipigia", "watatupigia", "nitapigiwa"."""
    return any(part in verb for part in ("nipig", "tupig", "pigiwa", "nical", "tucal"))


def _asks_to_add(message: Message) -> bool:
    """Whether it is asked if what is paid can be added to, or the rest be paid by itself."""
    adds = message.tagged("~add") and message.tagged("@order") and not _points_at_a_piece(message)
    apart = message.tagged("~pay") and message.says_any(APART)
    return (adds or apart) and says_only(message, SAID_OF_ADDING | WHETHER | APART, TAGS_OF_ADDING)


def _points_at_a_piece(message: Message) -> bool:
    """Whether "this" is a piece and not the order: "can I add this one to my order?"."""
    tokens = message.tokens
    near = [(*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2]) for at in range(len(tokens))]
    return any(
        "@this" in token.tags and not any("@order" in other.tags for other in others)
        for token, others in zip(tokens, near, strict=True)
    )


def _asks_of_day(message: Message) -> bool:
    comes = message.tagged("~arrive", "~bring")
    return comes and message.says_any(DAYS) and not message.tagged("@place")
