"""Builds the `Target` (reference) and the `Values` (slots) of one piece from its words."""

from __future__ import annotations

from collections.abc import Collection

from dukani.agent.lexicon.tables import WORDS
from dukani.agent.local_reader.edits.groups import Group
from dukani.agent.local_reader.edits.words import ALL, BOTH, IT, OTHER, TWO
from dukani.agent.local_reader.parsing.figures import find_figures
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.loose_names import loose_name
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.pointing import definite
from dukani.agent.local_reader.parsing.those_counted import (
    counts_these_lines,
    counts_these_shown,
    is_chosen_from,
)
from dukani.agent.local_reader.parsing.vocabulary import names_sold
from dukani.domain import acts as a

OF_THEM = frozenset(("them", "each", "kila", "wote"))
TELLING = ("name", "category", "colour", "size", "pattern")


def whole(clause: Message) -> Group:
    """The whole clause as one group."""
    finds = tuple(find for find in clause.slots.finds if not find.denied)
    return Group(finds, 0, len(clause.tokens))


def name_said(clause: Message, group: Group) -> str | None:
    """The name said, or the words of the group that occur in names the shop sells."""
    named = group.first("name")
    if named is not None:
        return str(named.value)
    category = group.first("category")
    places = sorted({at for find in group.finds for at in range(find.start, find.end)})
    others = {
        at for find in clause.slots.finds if find.denied for at in range(find.start, find.end)
    }
    places = sorted({*places, *range(group.start, group.end)} - others)
    kind = str(category.value) if category else None
    kin = clause.context.sold.names_of_kinds.get(kind, ()) if kind else ()
    return loose_name(clause.tokens, places, names_sold(clause.context), kind, kin)


def _cloth_is_named(clause: Message, group: Group, name: str) -> bool:
    """Whether the name has the cloth by another word: "ngozi" of a Pochi ya Ngozi."""
    cloth = group.first("pattern")
    if cloth is None:
        return False
    said = clause.tokens[cloth.start].text
    if said != cloth.value and said in name.split():
        return True
    entries = (WORDS.get(word) for word in name.split() if word != cloth.value)
    return any(entry is not None and entry.value == cloth.value for entry in entries)


def target(
    clause: Message, group: Group, slots: Collection[str] = TELLING, *, line: bool = False
) -> a.Target:
    """The target by these slots; a number is a line's where `line`, else an option's."""
    told = {find.slot: find.value for find in reversed(group.finds) if find.slot in slots}
    if "name" in slots and (name := name_said(clause, group)):
        told["name"] = name
        if _cloth_is_named(clause, group, name):
            told.pop("pattern", None)
    option = group.first("option")
    if option is not None:
        told["line" if line else "option"] = option.value
    scope = scope_said(clause)
    pointed = pointed_at(clause) if not told and scope == "one" else None
    return a.Target(**told, scope=scope, pointed=pointed)


def scope_said(clause: Message) -> str:
    """ "both" ("zote mbili"), "all" ("everything") or "one"."""
    texts = [token.text for token in clause.tokens]
    for at, text in enumerate(texts):
        following = texts[at + 1] if at + 1 < len(texts) else ""
        if text in BOTH or (text in ALL and following in TWO):
            return "both"
        if text in ALL or "@all" in clause.tokens[at].tags:
            return "all"
    context = clause.context
    figures = [
        one
        for one in find_figures(clause.tokens)
        if not is_chosen_from(clause.tokens, one, context)
    ]
    shown = [one.value for one in figures if counts_these_shown(clause.tokens, one, context)]
    ordered = [one.value for one in figures if counts_these_lines(clause.tokens, one, context)]
    if shown == [len(context.options)] or ordered == [len(context.cart)]:
        return "both" if 2 in (*shown, *ordered) else "all"  # "those two"
    return "one"


def pointed_at(clause: Message) -> str | None:
    """ "it" (hiyo), "other" (the other one, ile nyingine) or None."""
    for at, token in enumerate(clause.tokens):
        before = clause.tokens[at - 1] if at else None
        pointing = before is not None and (before.text == "the" or "@this" in before.tags)
        if token.text in OTHER and pointing:
            return "other"
    pointed = any(token.text in IT or "@this" in token.tags for token in clause.tokens)
    return "it" if pointed else None


def values(
    group: Group, slots: Collection[str] = ("colour", "size", "quantity", "age")
) -> a.Values:
    """The wanted values of the piece."""
    said = {find.slot: find.value for find in reversed(group.finds) if find.slot in slots}
    return a.Values(**said)


def single(told: a.Target) -> a.Target:
    """The target as one piece called by its words: not "all", nor pointed at as "that one"."""
    return told.model_copy(update={"scope": "one", "pointed": None})


def definite_colour(clause: Message, group: Group) -> bool:
    """Whether the colour names the piece: "the black one", "hiyo nyeusi"."""
    colour = group.first("colour")
    if colour is None:
        return False
    return _stands_for_piece(clause, colour) or definite(clause, colour)


def _stands_for_piece(clause: Message, colour: Find) -> bool:
    """Whether "one" after a colour stands for a piece: "the black one", not "a white one"."""
    tokens = clause.tokens
    if colour.end >= len(tokens) or tokens[colour.end].text not in ("one", "ones"):
        return False
    following = tokens[colour.end + 1 : colour.end + 2]
    before = tokens[colour.start - 1].text if colour.start else ""
    return before not in ("a", "an", "another", "one") and not any(
        token.kind == "colour" for token in following
    )


def is_of_all(clause: Message, part: Group) -> bool:
    """Whether "all" is of this part, and not of another kind: "belt black, hoodie zote L"."""
    heads = [find for find in clause.slots.finds if find.slot in ("name", "category")]
    places = [at for at, token in enumerate(clause.tokens) if token.text in ALL]
    own = [find.start for at in places for find in heads if find.end == at]
    return not own or len(heads) < 2 or any(find.start in own for find in part.heads)
