"""Reads "saa" as a watch and "kikapu" as a basket, where such are sold.

"Nataka saa ya dhahabu" names a watch, "saa ngapi" an hour; "kikapu changu" is the cart.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token, words_of
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.vocabulary import names_in_view, names_sold
from dukani.domain.context import TurnContext
from dukani.domain.naming import singulars

WATCH = ("watch", "watches", "saa")
HOURS = word_set("slots", "hours")
OF = ("ya", "za")
IN_CART = word_set("slots", "in_cart")
MY_CART = word_set("slots", "my_cart")
WORK = "office"
WISHING = word_set("slots", "wishing")
TAKEN = ("~want", "~give", "~take", "~buy", "~show", "~remove", "~add")


def watches(tokens: Sequence[Token], finds: list[Find], context: TurnContext) -> list[Find]:
    """The name find for "saa" as a watch, if one is sold; "saa ngapi" and "saa mbili" are hours."""
    if not any(token.text == "saa" for token in tokens):
        return []
    sold = {word for sold_name in names_sold(context) for word in words_of(sold_name)}
    name = next((word for word in WATCH if word in sold), None)
    if name is None or any(find.slot == "name" for find in finds):
        return []
    seen = {word for one in names_in_view(context) for word in words_of(one)}
    for at, token in enumerate(tokens):
        before, after = tokens[max(0, at - 2) : at], tokens[at + 1 : at + 2]
        if token.text != "saa":
            continue
        purposed = _for_purpose(tokens, at) or _of_a_colour(tokens, at)
        if not purposed and any(t.text in HOURS or t.text.isdigit() for t in after):
            continue
        coloured = any(find.slot == "colour" for find in finds)
        counted = any("@number" in t.tags or t.kind == "number" for t in after)
        wished = any(t.text in WISHING or not t.tags.isdisjoint(TAKEN) for t in before)
        if (wished or coloured or len(tokens) == 1) and (coloured or not counted):
            return [Find("name", name, at, at + 1, sold=name not in seen)]
    return []


def baskets(tokens: Sequence[Token], finds: list[Find], context: TurnContext) -> list[Find]:
    """The name finds for "kikapu" as a basket, if one is sold; "kikapu changu" is the cart."""
    if not any("@cart" in token.tags for token in tokens):
        return []
    sold = {word for name in names_sold(context) for word in words_of(name)}
    seen = {word for one in names_in_view(context) for word in words_of(one)}
    taken = {at for find in finds for at in range(find.start, find.end)}
    found = []
    for at, token in enumerate(tokens):
        word = next((one for one in sorted(singulars(token.text)) if one in sold), None)
        before = tokens[at - 1].text if at else ""
        after = tokens[at + 1].text if at + 1 < len(tokens) else ""
        cart = before in IN_CART or after in MY_CART
        if "@cart" in token.tags and word and not cart and at not in taken:
            found.append(Find("name", word, at, at + 1, sold=word not in seen))
    return found


def _for_purpose(tokens: Sequence[Token], at: int) -> bool:
    """Whether "saa" is a watch for an occasion: "nataka saa ya kazi"; "saa za kazi" are hours."""
    occasion = tokens[at + 2] if at + 2 < len(tokens) and tokens[at + 1].text in OF else None
    if occasion is None or occasion.kind != "occasion":
        return False
    taken = any(not token.tags.isdisjoint(TAKEN) for token in tokens[max(0, at - 2) : at])
    return taken or occasion.value != WORK


def _of_a_colour(tokens: Sequence[Token], at: int) -> bool:
    """Whether "saa" is a watch of a colour: "nataka saa ya dhahabu"."""
    behind = tokens[at + 1 : at + 3]
    return len(behind) > 1 and behind[0].text in OF and behind[1].kind == "colour"
