"""Reads searches as `Search`, and pieces ordered without having been shown as `Add`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dukani.agent.lexicon.kinds import kind_of
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.another_kind import with_values_shared
from dukani.agent.local_reader.edits.as_before import as_before, same_again, size_as_before
from dukani.agent.local_reader.edits.besides import goes_on, says_another
from dukani.agent.local_reader.edits.groups import Group, groups
from dukani.agent.local_reader.edits.pieces import definite_colour, name_said, target
from dukani.agent.local_reader.edits.same_size import with_same_size
from dukani.agent.local_reader.edits.words import INSTEAD
from dukani.agent.local_reader.parsing.budget import find_budget
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.loose_names import unsold_style, words_of_names
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.pointing import definite, something_shown
from dukani.agent.local_reader.parsing.styles import style_words
from dukani.agent.local_reader.parsing.vocabulary import names_sold
from dukani.agent.local_reader.parsing.whom_words import whom_words
from dukani.domain import acts as a
from dukani.domain.naming import singulars, spells
from dukani.domain.steps import FILLING_A_CART

SEARCHED = (
    "name", "category", "colour", "size", "occasion", "pattern", "embroidery", "quantity", "age",
)  # fmt: skip
HEADS = ("name", "category")
BUYING = ("~take", "~buy", "~put", "~order")
POLITE = word_set("edits", "polite")
LOOKING = ("show", "have")


def searching(clause: Message, *, instead: bool = False) -> list[a.Act]:
    """A Search for each piece wished for, or an Add where the piece is ordered unseen."""
    found, shared = with_values_shared(clause.tokens, _wished(clause))
    several = len(found) > 1 and not shared
    instead = instead or clause.says_any(INSTEAD)
    unseen = [taken_unseen(clause, group, several=several) for group in found]
    if shared and not all(unseen):
        unseen = [False] * len(found)  # else only the taken one of the two would count
    acts: list[a.Act] = []
    for group, is_taken in zip(found, unseen, strict=True):
        if is_taken:
            acts.append(add_unseen(clause, group))
        else:
            alone = len(found) == 1 or _apart_by_age(found)
            acts += _searches(clause, group, alone=alone, instead=instead)
    taken = any(isinstance(act, a.Add) for act in acts)
    return acts if taken else acts + _stock_too(clause, found)


def named_only_by_the_shop(clause: Message) -> list[a.Act]:
    """A Search by words that only names of the shop tell: "do you have football kits?".

    Before anything is shown a bare "football kits for kids?" asks for them too.
    """
    bare = clause.asks and not something_shown(clause)
    if not (bare or clause.has("have", "show")) or clause.slots.finds or clause.context.cart:
        return []
    sold = words_of_names(names_sold(clause.context))
    said = [
        next((form for form in sorted(singulars(token.text)) if form in sold), None)
        for token in clause.tokens
        if token.entry is None and token.verb is None and len(token.text) > 3
    ]
    words = [word for word in dict.fromkeys(said) if word is not None]
    if len(words) < 2 or (bare and not _all_in_one(words, clause)):
        return []
    return [a.Search(name=" ".join(words), text=whom_words(clause.tokens))]


def _all_in_one(words: Sequence[str], clause: Message) -> bool:
    """Whether one piece has all the words in its name."""
    return any(all(spells(one, name) for one in words) for name in names_sold(clause.context))


def _wished(clause: Message) -> list[Group]:
    """A group for each piece wished for; several colours of one kind are several groups."""
    found = with_same_size(clause, groups(clause))
    if not found:
        return [Group((), 0, len(clause.tokens))]
    if len(found) == 1:
        return [Group(found[0].finds, 0, len(clause.tokens))]
    return _for_each_child(found)


def _for_each_child(found: list[Group]) -> list[Group]:
    """The groups without a count that equals the children's: "2 dresses for my girls 5 and 8"."""
    counts = {group.first("quantity") for group in found} - {None}
    shared = [find for find in counts if find is not None and find.value == len(found)]
    if not all("age" in group.slots for group in found) or len(shared) != len(counts):
        return found
    return [
        replace(group, finds=tuple(find for find in group.finds if find not in shared))
        for group in found
    ]


def _apart_by_age(found: Sequence[Group]) -> bool:
    """Whether the groups differ only by age: "raincoats for my three, 4, 6 and 9"."""
    heads = {tuple(sorted((f.slot, str(f.value)) for f in group.heads)) for group in found}
    return len(heads) == 1 and all("age" in group.slots for group in found)


def taken_unseen(clause: Message, group: Group, *, several: bool) -> bool:
    """Whether a piece is ordered unseen, not searched for: "I'll take one Savannah hat"."""
    head = next((find for find in group.heads if find.slot in HEADS), None)
    if head is None or clause.slots.budget or clause.has("cheaper"):
        return False
    if not _findable(clause, group):
        return False
    told = bool(group.slots & {"colour", "size"})
    counted = "quantity" in group.slots
    named = any(find.sold for find in group.finds) or _named_by_use(clause, group)
    if _adds(clause) and (not clause.asks or (_asks_politely(clause) and (told or named))):
        return True
    if named and told and counted and not clause.asks:
        return True  # "I'm looking for the fish eagle caps in black, I need three of them"
    if clause.asks or clause.has(*LOOKING, "ask_availability"):
        return False
    if clause.has("more_options") and not told:
        return False
    proper = any(find.sold and kind_of(str(find.value)) != find.value for find in group.finds)
    wants = clause.has("want", "add_to_cart")
    if named and (told or counted or (wants and proper)):
        return True
    if told and (counted or clause.place is not None):
        return True
    bought = clause.tagged(*BUYING) and (told or counted)
    pointed = definite(clause, head) and told
    return (
        bought or pointed or (counted and wants and "age" not in group.slots) or (several and told)
    )


def _findable(clause: Message, group: Group) -> bool:
    """Whether a `Target` can express the words; embroidery and most occasions need a search."""
    names = names_sold(clause.context)
    category, occasion = group.first("category"), group.first("occasion")
    if "embroidery" in group.slots:
        return False
    named = name_said(clause, group) is not None  # "add the Amani dress, it's for a wedding"
    if occasion is not None and not named and str(occasion.value) not in words_of_names(names):
        return _fits_one(clause, group)
    kind = str(category.value) if category else None
    if category is not None and any(find.slot == "name" and find.sold for find in group.finds):
        places = {at for at in range(group.start, group.end) if at != category.start}
        return unsold_style(clause.tokens, sorted(places), names, kind) is None
    return unsold_style(clause.tokens, range(group.start, group.end), names, kind) is None


def _fits_one(clause: Message, group: Group) -> bool:
    """Whether kind, colour and size fit one piece of the shop, whatever it is for.

    The "shati la ofisini jeupe XL" of a shop with one white shirt.
    """
    said = {find.slot: find.value for find in group.finds}
    colour, size = said.get("colour"), said.get("size")
    if colour is None or size is None:
        return False
    fitting = [
        piece
        for piece in clause.context.sold.pieces
        if piece.category == said.get("category")
        and colour in piece.colours
        and size in piece.sizes_in((str(colour),))
    ]
    return len(fitting) == 1


def _named_by_use(clause: Message, group: Group) -> bool:
    """Whether kind and use name one piece, told in its colour and size.

    "Nataka gauni la send off gold saizi S", of a Gauni la Send-off Satin.
    """
    said = {find.slot: find.value for find in group.finds}
    use = str(said.get("occasion", "")).replace("-", " ")
    named = [
        piece
        for piece in clause.context.sold.pieces
        if use
        and piece.category == said.get("category")
        and spells(use, piece.name.replace("-", " "))
    ]
    return len(named) == 1 and "colour" in said and "size" in said and _fits_one(clause, group)


def _asks_politely(clause: Message) -> bool:
    """Whether a question is a polite request: "can I also get the tote in black"."""
    first = next((t.text for t in clause.tokens if t.tags.isdisjoint(("@hello", "@stopword"))), "")
    return first in POLITE and not any(token.asked for token in clause.tokens)


def _adds(clause: Message) -> bool:
    """Whether a piece is added: "add", "ongeza", and with a cart "also a hoodie"."""
    buying = bool(clause.context.cart) and clause.context.step in FILLING_A_CART
    return clause.tagged("~add") or (buying and says_another(clause)) or goes_on(clause)


def _besides(clause: Message) -> bool:
    ordered = bool(clause.context.cart or clause.context.has_order)
    return ordered and (says_another(clause) or goes_on(clause) or same_again(clause))


def add_unseen(clause: Message, group: Group) -> a.Add:
    slots: tuple[str, ...] = ("name", "category", "pattern")
    if definite_colour(clause, group):
        slots = (*slots, "colour")
    told = target(clause, group, slots).model_copy(update={"scope": "one", "pointed": None})
    return a.Add(target=told, values=as_before(clause, group), another=_besides(clause))


def _searches(clause: Message, group: Group, *, alone: bool, instead: bool) -> list[a.Act]:
    """One search, or one for each age of "boys of 4, 7 and 10"."""
    slots = _slots(clause, group, alone=alone)
    ages = [find.value for find in group.finds if find.slot == "age"]
    if not ages:
        return [a.Search(**slots, instead=instead)]
    return [a.Search(**{**slots, "age": age}, instead=instead) for age in ages]


def _slots(clause: Message, group: Group, *, alone: bool) -> dict[str, object]:
    part = clause.only((*group.finds, *(find for find in clause.slots.finds if find.denied)))
    found = part.slots.values(*SEARCHED) | part.slots.exclusions() | dict(_budget(clause, group))
    refused = part.slots.unwanted("pattern")
    if refused and not part.slots.wanted("pattern"):
        found["exclude_pattern"] = refused[0].value
    if clause.has("cheapest"):
        found["order_by"] = "cheapest"
    elif clause.has("cheaper") and not clause.slots.budget:
        found["cheaper"] = True
    span = range(len(clause.tokens)) if alone else range(group.start, group.end)
    text = style_words(clause.tokens, part.slots, span, names_sold(clause.context))
    if "name" not in found and not text and (kind := _kind_named(clause, part.slots.finds)):
        found["name"] = kind
    if "size" not in found and (size := size_as_before(clause, group)):
        found["size"] = size
    if not text and not {"name", "category", "size"} & set(found):
        text = _whom_searched(clause, aged="age" in found)
    return found | ({"text": text} if text and not found.get("cheaper") else {})


def _whom_searched(clause: Message, *, aged: bool) -> str | None:
    """For whom, where no kind is told: of a child's age the "boy" of "anything for a boy of 7"."""
    if not aged:
        return whom_words(clause.tokens)
    wished = clause.has(*LOOKING, "want") or any(t.kind == "garment" for t in clause.tokens)
    said = whom_words(clause.tokens, aged=True)
    return said if wished and said and " " not in said else None


def _kind_named(clause: Message, finds: Sequence[Find]) -> str | None:
    """A kind said that is finer than the shop's categories and occurs in its names: "watch"."""
    sold = words_of_names(names_sold(clause.context))
    for find in finds:
        kind = _kind_at(clause, find) if find.slot == "category" else None
        filed = str(find.value)
        if kind in sold and not find.denied and kind != kind_of(filed) and filed not in str(kind):
            return kind
    return None


def _kind_at(clause: Message, find: Find) -> str | None:
    """The kind said there, by the finer of two words for one: the puffer of "puffer jackets"."""
    before = clause.tokens[find.start - 1] if find.start else None
    finer = before is not None and before.kind == "category" and not before.pause
    said = kind_of(before.text) if before is not None and finer else None
    return said or kind_of(clause.tokens[find.start].text)


def _budget(clause: Message, group: Group) -> dict[str, int]:
    """The budget for this group; a single budget said with the last piece holds for all."""
    amounts = [figure for figure in clause.slots.figures if figure.kind == "money"]
    inside = [figure for figure in amounts if group.start <= figure.start < group.end]
    if len(inside) == len(amounts) or not inside:
        last = max((figure.start for figure in amounts), default=0)
        apart = len(amounts) > 1 and not inside and len(clause.slots.budget) == 1
        return {} if apart and last else clause.slots.budget
    return find_budget(clause.tokens, inside)[0]


def _stock_too(clause: Message, found: Sequence[Group]) -> list[a.Act]:
    """A stock question beside the search, where a size or colour is asked for."""
    slots = clause.slots
    sized = slots.wanted("size") and clause.has("have", "ask_availability")
    coloured = slots.wanted("colour") and clause.has("ask_availability")
    if not (sized or coloured) or clause.has("show") or len(found) != 1:
        return []
    which, to_be = slots.values("name", "category"), slots.values("colour", "size")
    if "size" not in to_be and (size := size_as_before(clause, found[0])):
        to_be["size"] = size
    return [a.AskStock(target=a.Target(**which), values=a.Values(**to_be))]
