"""Reads changes of a line of the order: "make it three", "badilisha dress iwe L".

`choosing` reads the values said of a piece that is not in the cart yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dukani.agent.lexicon.query import canonical_category
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.beside_new import counted_beside_new
from dukani.agent.local_reader.edits.besides import goes_on, says_another
from dukani.agent.local_reader.edits.changing_some import changes_some
from dukani.agent.local_reader.edits.groups import Group, groups
from dukani.agent.local_reader.edits.pieces import (
    definite_colour,
    is_of_all,
    pointed_at,
    target,
)
from dukani.agent.local_reader.edits.put_on_line import counts_line, put_on_line
from dukani.agent.local_reader.edits.recounting import recounting
from dukani.agent.local_reader.edits.set_from import (
    ENGLISH_SET,
    set_from_denied,
    set_from_to,
)
from dukani.agent.local_reader.edits.taking_back import corrects
from dukani.agent.local_reader.edits.words import (
    INSTEAD,
    IT,
    JOINERS,
    KEEP,
    ONLY,
    SET_TO,
    SET_TO_BEFORE,
)
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.pointing import definite, something_shown
from dukani.domain import acts as a
from dukani.domain.pieces import sizes_worn_at
from dukani.domain.sizes import sizes_for_age
from dukani.domain.steps import CHOOSING, PAYING

BRIEF = 4  # words of a bare "black, M" or "two pieces"
VALUES = ("colour", "size", "quantity", "age")
HEADS = ("option", "name", "category")
PAIRS = frozenset(("pair", "pairs", "jozi", "peya"))
PAIRED = frozenset(("shoes", "socks", "earrings", "gloves"))
IS = frozenset(("ndiyo",))
BESIDE_SET = word_set("edits", "beside_set")
HENCE = frozenset(("basi", "then"))
ENOUGH = word_set("edits", "enough")


def changing(clause: Message) -> list[a.Act]:
    """One Set for each line the clause is about; nothing where it is about no line of the cart."""
    if altered := _alters_ordered(clause):
        return altered
    if told := recounting(clause) or put_on_line(clause):
        return told
    if revalued := set_from_to(clause) or set_from_denied(clause):
        return revalued
    if resized := _resized(clause) or _asked_of_line(clause):
        return resized
    if not clause.context.cart or clause.asks or clause.has("show"):
        return []
    if clause.tagged("~cancel") and not clause.says_any(SET_TO):
        return []  # "cancel that, my sister has bought me one"
    parts = groups(clause)
    if not parts or not any(part.slots & set(VALUES) for part in parts):
        return []
    if _stays(clause) or changes_some(clause):
        return []
    if not _about_lines(clause, parts):
        return []
    if among := counted_beside_new(clause, parts):
        return among
    return _with_values_of_all([set_line(clause, part) for part in _counted_once(clause, parts)])


def _with_values_of_all(acts: list[a.Set]) -> list[a.Act]:
    """The acts with the values said once for several: "hoodie na belt ziwe nyeusi"."""
    told = [act for act in acts if not act.values.says_nothing]
    if len(told) != 1:
        return [*acts]
    values = told[0].values
    return [act.model_copy(update={"values": values}) for act in acts]


def _stays(clause: Message) -> bool:
    """Whether a colour only names the lines that stay as they are: "za kijani zibaki hivyo"."""
    colours = {find.slot for find in clause.slots.finds} == {"colour"}
    return colours and clause.says_any(KEEP) and not clause.says_any(SET_TO)


def _alters_ordered(clause: Message) -> list[a.Act]:
    """The change of a placed order, where the cart is empty: "naeza badilisha trao iwe black?"."""
    context = clause.context
    if context.cart or not context.has_order or not clause.tagged("~change"):
        return []
    parts = groups(clause)
    set_to = clause.says_any(SET_TO) or clause.says_any(SET_TO_BEFORE)
    told = len(parts) == 1 and parts[0].heads and parts[0].slots & {"colour", "size"}
    if not told or not set_to or clause.says("if", "kama"):
        return []
    return [set_line(clause, parts[0])]


def _resized(clause: Message) -> list[a.Act]:
    """The change from one size to another: "kumbe 30 inambana, mpe 32"."""
    finds = [find for find in clause.slots.finds if find.slot != "age" and not find.denied]
    ordered = {line.size for line in clause.context.cart}
    slots = [find.slot for find in finds]
    if slots[:2] != ["size", "size"] or clause.tagged("~add") or clause.asks:
        return []
    if slots[2:] not in ([], ["colour"], ["quantity"]):
        return []
    old, new, *more = finds
    between = clause.tokens[old.end : new.start]
    listed = any(token.text in JOINERS for token in between) or len(between) < 2
    if listed or old.value not in ordered or new.value in ordered:
        return []
    which = a.Target(size=str(old.value))
    to_be = {find.slot: find.value for find in (new, *more)}
    return [a.Set(target=which, values=a.Values(**to_be), change=True)]


def _asked_of_line(clause: Message) -> list[a.Act]:
    """The change of the one line of the piece asked about: "do you have L?" and "L then".

    "badilisha iwe L", "make it the 40" and "let's go with pink 14 instead" say so too: nothing else
    of that piece is there to change.
    """
    context = clause.context
    finds = [find for find in clause.slots.finds if not find.denied]
    lines = [x for x in context.cart if context.focus and x.product_id == context.focus.product_id]
    if len(lines) != 1 or context.question != "take_it" or clause.asks:
        return []
    if sorted(f.slot for f in finds) == ["colour", "size"] and clause.says_any(INSTEAD):
        values = a.Values(**{find.slot: find.value for find in finds})
        return [a.Set(target=a.Target(line=lines[0].number), values=values, change=True)]
    if [f.slot for f in finds] not in (["size"], ["colour"]):
        return []
    if not clause.says_any(HENCE | INSTEAD | SET_TO) and not clause.tagged("~change"):
        return []
    slot, value = finds[0].slot, str(finds[0].value)
    colour = context.spoken_colour
    elsewhere = slot == "size" and colour is not None and colour != lines[0].colour
    if elsewhere or getattr(lines[0], slot) == value or clause.tagged("~add") or goes_on(clause):
        return []
    to_be: dict[str, object] = {slot: value}
    told = a.Target(line=lines[0].number)
    return [a.Set(target=told, values=a.Values(**to_be), change=True)]


def _counted_once(clause: Message, parts: list[Group]) -> list[Group]:
    """Of several bare numbers only the one that is set: "make it 2, his brother will want one"."""
    if not all(part.slots == {"quantity"} for part in parts):
        return parts
    set_to = [part for part in parts if _is_set(clause, part.finds[0].start)]
    return (set_to or parts)[-1:]


def _is_set(clause: Message, at: int) -> bool:
    return any(token.text in SET_TO for token in clause.tokens[max(0, at - 2) : at])


def _about_lines(clause: Message, parts: list[Group]) -> bool:
    """Whether the pieces named are lines of the cart, and a change of them is said."""
    heads = [find for part in parts for find in part.heads if find.slot != "option"]
    fitting = all(clause.only([find]).lines_said() for find in heads)
    if not fitting or (clause.tagged("~add") and not _sets(clause)):
        return False
    if says_another(clause) and not _sets(clause) and not _names_other(clause):
        return False  # "also a blue one", "one more belt in black"
    if goes_on(clause):
        return False  # "and the polo navy L"
    if _is_choosing(clause, heads) or _tells_apart(parts):
        return False
    changed = _changes(clause)
    if heads:
        return (
            changed
            or _says_anew(clause, parts)
            or _recounts(clause)
            or any(definite(clause, find) for find in heads)
        )
    if clause.slots.wanted("option"):
        told = clause.slots.wanted("quantity") or _no_list_in_view(clause)
        return changed or bool(told)
    telling = [token for token in clause.tokens if "@ok" not in token.tags and token.text != "then"]
    brief = len(telling) <= BRIEF and not clause.has("want", "have", "add_to_cart")
    return changed or brief


def _no_list_in_view(clause: Message) -> bool:
    """Whether "the first" can only be a line: "ya kwanza 54, ya pili 56"."""
    context = clause.context
    numbers = {find.value for find in clause.slots.wanted("option")}
    lines = {line.number for line in context.cart}
    return not something_shown(clause) and context.step not in CHOOSING and numbers <= lines


def _names_other(clause: Message) -> bool:
    return pointed_at(clause) == "other"


def _sets(clause: Message) -> bool:
    """Whether a quantity is set, not added: "ziwe tatu", "increase to 5"."""
    counted = [find.start for find in clause.slots.wanted("quantity") if find.start]
    reached = any(clause.tokens[at - 1].text in SET_TO_BEFORE for at in counted)
    return reached or clause.says_any(SET_TO)


def _says_anew(clause: Message, parts: list[Group]) -> bool:
    """Whether each part names a piece with a size or count ("vans size 41"), and wishes nothing."""
    if clause.has("want", "show", "have", "add_to_cart"):
        return False
    return all(part.heads and part.slots & {"size", "quantity"} for part in parts)


def _tells_apart(parts: list[Group]) -> bool:
    """Whether the parts contrast pieces of one kind ("one grey XL and one black M")."""
    kinds = [(part.first("category"), part.first("name"), part.first("option")) for part in parts]
    alike = len(parts) > 1 and len({tuple(f.value if f else None for f in k) for k in kinds}) == 1
    return alike and all(part.slots & {"colour", "size"} and part.heads for part in parts)


def _states_actual_values(clause: Message) -> bool:
    """Whether "ndio" says what a line really is: "grey ndio 12 na brown ndio 16"."""
    values = {find.start for find in clause.slots.finds if find.slot in ("size", "quantity")}
    places = [at for at, token in enumerate(clause.tokens) if token.text in IS and at]
    told = {find.end for find in clause.slots.finds if find.slot in ("colour", "name", "category")}
    return any(at in told and at + 1 in values for at in places)


def _is_choosing(clause: Message, heads: list[Find]) -> bool:
    """Whether a piece is being chosen and none is named, so the words are about that piece."""
    return clause.context.step in CHOOSING and not heads


def _changes(clause: Message) -> bool:
    return (
        clause.repaired
        or clause.says_any(SET_TO)
        or clause.tagged("~change")
        or corrects(clause)
        or _recounts(clause)
        or _states_actual_values(clause)
    )


def _recounts(clause: Message) -> bool:
    """Whether a quantity is corrected: "I want 2 sandals, not 1", "just one"."""
    if not clause.slots.wanted("quantity"):
        return False
    limited = clause.says_any(ONLY | ENOUGH) or clause.says("instead", "badala")
    put = clause.has("change_quantity") or clause.context.step in PAYING | {"awaiting_confirmation"}
    return bool(clause.slots.unwanted("quantity")) or limited or put


def set_line(clause: Message, part: Group) -> a.Set:
    which, to_be = _split_finds(clause, part)
    told = target(clause, replace(part, finds=tuple(which)), line=True)
    if told.scope != "one" and not is_of_all(clause, part):
        told = told.model_copy(update={"scope": "one"})
    if told.says_nothing and (worn := _worn_in_pairs(clause)):
        told = a.Target(category=worn)
    said = {find.slot: find.value for find in reversed(to_be)}
    if told == a.Target(pointed="it") and set(said) == {"colour", "quantity"}:
        told = a.Target()  # "make it two blacks": the black ones, if there are
    if _explains_size(said):
        said.pop("age")
    if worn := _worn_at_that_age(clause, said):
        told = told.model_copy(update={"size": worn})
        said.pop("age")
    return a.Set(target=told, values=a.Values(**said), change=True)


def _explains_size(said: Mapping[str, object]) -> bool:
    """Whether the age is the reason for the new size: "he has turned 5, make the set 5-6Y"."""
    age, size = said.get("age"), said.get("size")
    return age is not None and size is not None and bool(sizes_for_age(int(str(age)), [str(size)]))


def _worn_at_that_age(clause: Message, said: Mapping[str, object]) -> str | None:
    """The size of the line for a child's age: "yule wa 9 hapendi pink, yake iwe purple"."""
    age = said.get("age")
    if age is None or not {"colour", "size"} & set(said):
        return None
    fitting = sizes_worn_at(int(str(age)), clause.context.cart)
    return fitting[0] if len(fitting) == 1 else None


def _worn_in_pairs(clause: Message) -> str | None:
    """The one kind in the cart that comes in pairs, for "one pair is okay then"."""
    paired = clause.says_any(PAIRS) and bool(clause.slots.wanted("quantity"))
    kinds = {line.category for line in clause.context.cart}
    worn = [kind for kind in kinds if canonical_category(kind) == "shoes" or kind in PAIRED]
    return worn[0] if paired and len(worn) == 1 and len(kinds) > 1 else None


def _split_finds(clause: Message, part: Group) -> tuple[list[Find], list[Find]]:
    """The finds that name the line ("the black one") and those of its new values ("two")."""
    which = [find for find in part.finds if find.slot in HEADS]
    which += _given_up(clause, part)
    to_be: list[Find] = []
    for find in part.finds:
        if find.slot not in VALUES:
            continue
        telling = _tells_line(clause, part, find) and not any(f.slot == find.slot for f in which)
        (which if telling else to_be).append(find)
    if not to_be:  # "the black one, M": nothing else is said of it
        to_be = [find for find in which if find.slot in VALUES and not find.denied]
        which = [find for find in which if find not in to_be]
    return [replace(find, denied=False) for find in which], to_be


def _given_up(clause: Message, part: Group) -> list[Find]:
    """The old values that are given up, where a line has them: "M badala ya L", "not 14"."""
    finds = []
    for find in clause.slots.finds:
        if not find.denied or find.slot not in ("colour", "size"):
            continue
        has = any(getattr(line, find.slot) == find.value for line in clause.context.cart)
        if has and find.slot in part.slots:
            finds.append(find)
    return finds


def _is_new_of_head(clause: Message, part: Group, find: Find) -> bool:
    """Whether a colour stands right behind its piece and no line has it: "the belt black 38"."""
    behind = any(head.end == find.start for head in part.heads)
    return behind and all(line.colour != find.value for line in clause.context.cart)


def _tells_line(clause: Message, part: Group, find: Find) -> bool:
    """Whether a value names the line by its present colour or size, rather than changing it."""
    if find.slot not in ("colour", "size"):
        return False
    behind = [one for one in part.finds if one.slot == "quantity" and one.start > find.start]
    if behind and counts_line(clause, find, behind[0]):
        return True
    if _is_set_to(clause, find):
        return False
    others = [one for one in part.finds if one is not find and one.slot in VALUES]
    if not others:
        return False
    if find.slot == "colour" and definite_colour(clause, replace(part, finds=(find,))):
        return not _is_new_of_head(clause, part, find)
    if _counts_some(clause, others):
        return any(getattr(line, find.slot) == find.value for line in clause.context.cart)
    later = [one for one in others if one.start > find.start]
    if not later or not any(getattr(line, find.slot) == find.value for line in clause.context.cart):
        return False
    pivot = any(
        token.text in SET_TO | IS | KEEP
        or (token.text in SET_TO_BEFORE and later[0].slot == "quantity")
        for token in clause.tokens[find.end : later[0].start]
    )
    return pivot or any(one.slot == find.slot for one in later)


def _counts_some(clause: Message, others: list[Find]) -> bool:
    """Whether a value only names the line whose count is limited: "only one of the 40"."""
    counted = all(find.slot == "quantity" for find in others)
    return counted and clause.says_any(ONLY | ENOUGH) and len(clause.context.cart) > 1


def _is_set_to(clause: Message, find: Find) -> bool:
    """Whether the value follows a command that sets it: "make it the brown", "iwe nyeusi"."""
    if find.start and clause.tokens[find.start - 1].text in SET_TO_BEFORE:
        return True
    at = find.start - 1
    while at >= 0 and clause.tokens[at].text in BESIDE_SET:
        at -= 1
    between = find.start - 1 - at
    text = clause.tokens[at].text if at >= 0 else ""
    said_it = any(token.text in IT for token in clause.tokens[at + 1 : find.start])
    return text in SET_TO and (text not in ENGLISH_SET or between == 0 or said_it)
