"""Reads a question for a sum: "nikichukua tatu itakuwa ngapi", "if I add a polo what will it be".

It is told, and nothing is ordered or changed by it.
"""

from __future__ import annotations

import itertools
from dataclasses import replace

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.ops import commands_in
from dukani.agent.local_reader.edits.pieces import target, whole
from dukani.agent.local_reader.edits.words import ALL, BOTH
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.context import TurnContext

SUPPOSED = ("~take", "~buy", "~add", "~put", "~give", "~order")
IF_I = ("niki", "tuki")
PERSONS = frozenset(("i", "we"))
IF = frozenset(("if", "kama"))
SUM = word_set("questions", "sum")
HOW_MUCH = word_set("questions", "how_much")
WITHOUT = frozenset(("without", "bila", "minus", "less", "kuondoa", "kutoa"))
IF_TAKEN_OUT = (
    "nikitoa", "tukitoa", "ukitoa", "nikiondoa", "tukiondoa", "ukiondoa", "nikiacha",
    "nikipunguza", "tukipunguza", "ukipunguza",
)  # fmt: skip
LINE = ("name", "category", "colour", "size")
ADDED = frozenset(("added",))
MOST = 50


def sum_without(message: Message) -> list[a.Act]:
    """An AskPrice of what is ordered less a piece: "bila belt itakuwa ngapi"."""
    lacking = [at for at in range(len(message.tokens)) if _leaves_out(message, at)]
    if not lacking or not message.context.cart or not _asks_sum(message):
        return []
    part = message.clause(lacking[0], len(message.tokens))
    finds = [replace(find, denied=False) for find in part.slots.finds if find.slot in LINE]
    part = part.only(finds)
    if not finds or not part.lines_said():
        return []
    told = target(part, whole(part), line=True).model_copy(update={"scope": "one", "pointed": None})
    return [a.AskPrice(target=told, without=True)]


def sum_of_the_order(context: TurnContext, acts: list[a.Act]) -> list[a.Act]:
    """The order, where the price of as many as it has is asked: "hizo mbili ni how much"."""
    if len(acts) != 1 or not isinstance(asked := acts[0], a.AskPrice):
        return acts
    units = sum(line.quantity for line in context.cart)
    counted = asked.quantity in (len(context.cart), units)
    bare = asked == a.AskPrice(target=asked.target, quantity=asked.quantity)
    ordering = context.step == "cart_updated" and len(context.cart) > 1
    if not ordering or not bare or not asked.target.says_nothing or not counted:
        return acts
    return acts if context.focus or context.replied_to_option else [a.ViewOrder()]


def _leaves_out(message: Message, at: int) -> bool:
    """Whether a piece is left out in thought only: "without", "nikitoa", "if i remove"."""
    token = message.tokens[at]
    if token.text in WITHOUT or token.text.startswith(IF_TAKEN_OUT):
        return True
    return "~remove" in token.tags and (_is_if_i(token) or _behind_if(message, at))


def sum_question(message: Message) -> list[a.Act]:
    """An AskPrice of so many, or beside what is ordered; nothing where no sum is asked for."""
    supposed = [at for at in range(len(message.tokens)) if _supposes(message, at)]
    adds = any("~add" in message.tokens[at].tags for at in supposed) or message.says_any(ADDED)
    counts = message.slots.wanted("quantity") or _option_of_named(message)
    if not (supposed or adds or counts) or len(counts) > 1 or not _asks_sum(message):
        return []
    curious = _asks_what_if(message)
    if (
        message.slots.budget
        or (message.has("ask_discount") and not curious)
        or _counts_all(message, adds=adds)
    ):
        return []
    if commands_in(message) - {"add"} or (not supposed and message.tagged("~add")):
        return []
    if not supposed and _orders_then(message):
        return []
    quantity = int(str(counts[0].value)) if counts else None
    if quantity is not None and not 0 < quantity <= MOST:
        return []
    rest = message.only(find for find in message.slots.finds if find not in counts)
    piece = target(rest, whole(rest)).model_copy(update={"scope": "one", "pointed": None})
    if quantity is None and piece.says_nothing:
        return []
    asked = a.AskPrice(target=piece, quantity=quantity, besides=adds)
    return [asked] if supposed else sum_of_the_order(message.context, [asked])


def _orders_then(message: Message) -> bool:
    """Whether a piece is ordered behind the question: "how much are they? give me one, black"."""
    asked = max((at for at, token in enumerate(message.tokens) if token.asked), default=None)
    behind = message.tokens[asked + 1 :] if asked is not None else ()
    return any(not token.tags.isdisjoint(SUPPOSED) for token in behind)


def _counts_all(message: Message, *, adds: bool) -> bool:
    """Whether "all" counts pieces; behind one that is added it is the sum: "how much for all?"."""
    heads = [*message.slots.wanted("name"), *message.slots.wanted("category")]
    at = max((find.end for find in heads), default=0) if adds else 0
    first = next((i for i, t in enumerate(message.tokens) if t.text in ALL | BOTH), None)
    return first is not None and not (heads and adds and first >= at)


def _option_of_named(message: Message) -> list[Find]:
    """The number behind a piece that is named, which is no position of the list: "zara mbili"."""
    named = message.slots.wanted("name") or message.slots.wanted("category")
    return message.slots.wanted("option") if named else []


def _supposes(message: Message, at: int) -> bool:
    """Whether the verb here only supposes: "nikichukua", "if I take"."""
    token = message.tokens[at]
    if token.tags.isdisjoint(SUPPOSED):
        return False
    return _is_if_i(token) or _behind_if(message, at)


def _is_if_i(token: Token) -> bool:
    return token.text.startswith(IF_I)


def _behind_if(message: Message, at: int) -> bool:
    before = [token.text for token in message.tokens[max(0, at - 3) : at]]
    return bool(IF & set(before)) and (bool(PERSONS & set(before)) or before[-1] in IF)


def _asks_what_if(message: Message) -> bool:
    """Whether an order is only imagined: "what if I take only the skirt", "je nikichukua moja"."""
    texts = [token.text for token in message.tokens]
    piece = message.slots.wanted("name") or message.slots.wanted("category")
    english = any(pair == ("what", "if") for pair in itertools.pairwise(texts))
    swahili = bool({"je", "vipi"} & set(texts)) and any(map(_is_if_i, message.tokens))
    of_focus = message.context.focus is not None and bool(message.slots.wanted("quantity"))
    ordered = bool(piece) and bool(message.context.cart)
    return (ordered or of_focus) and (english or swahili)


def _asks_sum(message: Message) -> bool:
    """Whether a sum is asked for, and not only how many: "zimebaki ngapi"."""
    if message.has("ask_availability"):
        return False
    if _asks_what_if(message):
        return True
    priced = message.has("ask_price") or message.says_any(SUM | ALL | BOTH)
    return (message.says_any(HOW_MUCH) and priced) or (
        message.says("what") and message.says_any(SUM)
    )
