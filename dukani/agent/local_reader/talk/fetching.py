"""Hears that the customer fetches the order: "no delivery, nakuja kuchukua", "I'll pick it up".

The words stand as the address, as they do where an address is awaited: the shop's zones know them.
"""

from __future__ import annotations

import re

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pickup import names_the_shop, says_no_delivery, says_pickup
from dukani.domain.steps import AGREEING, PAYING

ORDERING = AGREEING | PAYING | {"cart_updated", "order_completed"}
COMING = word_set("places", "coming")  # "myself", "mwenyewe", "nakuja": the shop is meant
FOR_ELSE = word_set("places", "comes_for_else")
OF_PIECES = ("category", "name", "colour", "size", "option")
JOINED = re.compile(r"^[\s,.;]*(?:(?:na|and|then|halafu|alafu|kisha)\s+)*", re.IGNORECASE)
FETCHED = re.compile(
    r"\b(?:nili|nime|tuli|tume|wali|ali|ame|wame)\w*(?:chuku|pick)|\b(?:picked|collected|bought|took)\b",
    re.IGNORECASE,
)


def fetches(message: Message) -> list[a.Act]:
    """SetAddress where the order is fetched at the shop; "I'll pick this" picks a piece."""
    context = message.context
    ordered = bool(context.cart) or context.has_order
    if context.step not in ORDERING or not ordered or message.asks or message.tagged("~send"):
        return []
    if any(message.slots.wanted(slot) for slot in OF_PIECES):
        return []
    if FETCHED.search(message.raw) or message.says_any(FOR_ELSE):
        return []  # "nitapita dukani kesho nione kwanza"
    if says_no_delivery(message.raw):
        return [a.SetAddress(text=message.raw.strip(" ,.;!"), change=True)]
    at_the_shop = names_the_shop(message.raw) or message.says_any(COMING)
    if not (at_the_shop and says_pickup(message.raw)):
        return []
    return [a.SetAddress(text=JOINED.sub("", message.raw).strip(" ,.;!"), change=True)]
