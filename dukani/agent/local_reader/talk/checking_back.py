"""Hears an order only checked: "3 black na 2 white sio?", "you put the grey one, right?"."""

from __future__ import annotations

import re

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.ops import op_at
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.steps import SHOWN_A_TOTAL

TAGS = word_set("moods", "asking_back")  # "…, sio?", "… right?"
SUMMING_UP = frozenset(("so", "its", "it", "ni", "basi", "kwahiyo", "kwa_hiyo", "just", "order"))
COMMANDS = ("add", "remove", "set", "fewer", "take", "keep")
OF_ORDER = word_set("moods", "of_the_order")
TOLD = ("quantity", "category", "name", "colour", "size")
SURE_TAGS = word_set("moods", "sure_tags")  # "…, right?" but not "…, sawa?", which may wish it
# "umeniwekea", "uliandika": what the shop did, told back
HAS_PUT = re.compile(
    r"(?:u|m|mu)(?:me|li)(?:ni|tu|i|zi|ki|li)?"
    r"(?:wek|andik|ongez|add|pati|pea|pe|pa$|chang|badilish|chagu|hesab|tia|put|pick|includ)\w*"
)
# "you put", "did you add", "you've given": the verb behind "you"
PUTTING = word_set("moods", "putting")
IN_IT = word_set("moods", "in_it")  # "imeingia kwa order", "is it in the order"
VALUES = ("colour", "size")
FOR_ME = re.compile("(?:u|m|mu)(?:me|li)(?:ni|tu)|me$|us$|my$|mine$")
OF_THE_SHOP = word_set("moods", "of_the_shop")  # "mmeongeza stock", "the price": not the order
WISHED = word_set("moods", "wished")  # "nilisema mbili": it is wrong


def checks_the_order(message: Message) -> list[a.Act]:
    """ViewOrder where what is ordered is told and asked back, and nothing is to change."""
    if not message.context.cart or not message.tokens or _corrects(message):
        return []
    if _asks_what_was_put(message) or _asks_back_at_a_total(message):
        return [a.ViewOrder()]
    last = message.tokens[-1]
    if last.text not in TAGS or not ("?" in message.raw or last.asked or message.asks):
        return []
    told = any(f.slot in ("quantity", "category", "name", "colour") for f in message.slots.finds)
    if any(op_at(message, at) in COMMANDS for at in range(len(message.tokens))):
        return []
    if any(not t.tags.isdisjoint(("~want", "~give", "~have")) for t in message.tokens):
        return []
    counted = any(find.slot == "quantity" for find in message.slots.finds)
    summed_up = message.tokens[0].text in SUMMING_UP and bool(message.lines_said())
    ordered = told and (counted or summed_up) and _are_ordered(message)
    return [a.ViewOrder()] if ordered or message.says_any(OF_ORDER) else []


def _corrects(message: Message) -> bool:
    """Whether a value stands for one denied, and is not so yet: "belt 36 sio 34, sio?"."""
    denied = {find.slot for find in message.slots.finds if find.denied and find.slot in VALUES}
    wanted = [find for slot in sorted(denied) for find in message.slots.wanted(slot)]
    cart = message.context.cart
    return any(all(getattr(x, find.slot) != find.value for x in cart) for find in wanted)


def _is_so_not_else(message: Message) -> bool:
    """Whether a value that a line has is told beside one denied: "grey sio black"."""
    denied = {find.slot for find in message.slots.finds if find.denied and find.slot in VALUES}
    return any(message.slots.wanted(slot) for slot in denied) and not _corrects(message)


def _are_ordered(message: Message) -> bool:
    """Whether each count that is told is that of a line or of all."""
    lines = message.context.cart
    counts = {line.quantity for line in lines} | {sum(line.quantity for line in lines)}
    return all(f.value in counts for f in message.slots.finds if f.slot == "quantity")


def _asks_what_was_put(message: Message) -> bool:
    """Whether it is asked what the shop put in: "umeniwekea la kijivu sio?", "did you add it?"."""
    if not _is_asked(message) or message.says_any(WISHED):
        return False
    said = _put_said(message)
    told = any(find.slot in TOLD for find in message.slots.finds) or message.tagged("@this")
    if not said or not told or message.says_any(OF_THE_SHOP) or _is_not_ordered(message):
        return False
    return not any(
        op_at(message, at) in COMMANDS for at in range(len(message.tokens)) if at not in said
    )


def _is_not_ordered(message: Message) -> bool:
    """Whether a piece is named that is no line: "have you added black belts?" asks the shop."""
    if any(FOR_ME.match(token.text) for token in message.tokens):
        return False
    if not any(message.slots.wanted(slot) for slot in ("category", "name")):
        return False
    told = [find for slot in VALUES for find in message.slots.wanted(slot)]
    lines = message.lines_said()
    return not any(all(getattr(x, f.slot) == f.value for f in told) for x in lines)


def _put_said(message: Message) -> set[int]:
    """Where it is said that the shop put something in; empty: nowhere."""
    texts = [token.text for token in message.tokens]
    said = {at for at, text in enumerate(texts) if HAS_PUT.fullmatch(text)}
    for at, text in enumerate(texts[:-1]):
        wished = at > 0 and texts[at - 1] in ("can", "could", "will", "would", "should", "if")
        if text in ("you", "u", "youve") and texts[at + 1] in PUTTING and not wished:
            said |= {at, at + 1}
        if text in IN_IT and any("@order" in t.tags or "@cart" in t.tags for t in message.tokens):
            said |= {at}
    return said


def _asks_back_at_a_total(message: Message) -> bool:
    """Whether a value is told back at a total, and surely asked: "hoodie ni ya grey, si ndio?".

    Or anywhere, where another is denied: "hoodie ni ya grey sio black, sio?".
    """
    at_a_total = message.context.step in SHOWN_A_TOTAL or _is_so_not_else(message)
    if not at_a_total or message.says_any(WISHED):
        return False
    told = any(find.slot in TOLD for find in message.slots.finds)
    ends = message.tokens[-1].text in SURE_TAGS or _ends_in_is_it_not(message)
    looks = message.tagged("~have", "~want", "~give") or message.has("have")
    commands = any(op_at(message, at) in COMMANDS for at in range(len(message.tokens)))
    return told and ends and not looks and not commands


def _is_asked(message: Message) -> bool:
    first, last = message.tokens[0].text, message.tokens[-1].text
    opened = first in ("si", "je", "did", "have", "has", "is", "are")
    return "?" in message.raw or opened or last in SURE_TAGS or _ends_in_is_it_not(message)


def _ends_in_is_it_not(message: Message) -> bool:
    texts = " ".join(token.text for token in message.tokens)
    return texts.endswith((" si ndio", " si ndiyo", " sio ndio"))
