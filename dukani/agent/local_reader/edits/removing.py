"""Reads removals: "toa viatu", "remove all except the hat", "nibaki na handbag tu", "clear"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.all_except import all_except
from dukani.agent.local_reader.edits.brought_to import is_brought_to
from dukani.agent.local_reader.edits.cancelling import cancels_lines
from dukani.agent.local_reader.edits.groups import Group, groups
from dukani.agent.local_reader.edits.keeping import leaves_only
from dukani.agent.local_reader.edits.lines_called import fits_cart
from dukani.agent.local_reader.edits.next_said import lowers, said_before, said_of_another, said_one
from dukani.agent.local_reader.edits.ops import commands_in, op_at
from dukani.agent.local_reader.edits.pieces import single, target, whole
from dukani.agent.local_reader.edits.stature import line_of_stature
from dukani.agent.local_reader.edits.stretches import HEADS
from dukani.agent.local_reader.edits.words import FOR_PURPOSE, JOINERS, KEEP
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.loose_names import unknown_name
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pieces import sizes_worn_at
from dukani.domain.steps import CHOOSING

OUT = word_set("edits", "out")
MONEY = word_set("edits", "money")
FORGETTING = word_set("negation", "forgetting")
LETTING = frozenset(("wacha", "acha"))
LET_NEAR = 4
TAKES = ("~take", "~buy", "~choose", "~put")
NOT = frozenset(("not", "sio", "si", "siyo"))
POINTING = ("it", "that", "this", "them", "hiyo", "hii", "ile", "hizo", "zile", "hio")


def removing(clause: Message) -> list[a.Act]:
    """Remove or Clear acts; nothing where the clause removes nothing."""
    if excepted := all_except(clause):
        return excepted
    if clause.has("clear_cart") and _clears(clause):
        return [a.Clear()]
    one_kind = clause.has("clear_cart") and fits_cart(clause)  # "toa viatu vyote"
    removes = clause.has("remove_item") and _removes(clause)
    if not (one_kind or removes or cancels_lines(clause)):
        return []
    said = _without_purpose(clause)
    parts = groups(said) or [whole(said)]
    if beside := _of_stature_beside(said, parts):
        return beside
    if line := line_of_stature(clause):
        return [a.Remove(target=a.Target(line=line.number))]
    return [_removal(said, group, alone=len(parts) == 1) for group in parts]


def _of_stature_beside(clause: Message, parts: Sequence[Group]) -> list[a.Act]:
    """What goes where one of several is the smaller child's: "kikoi na kanzu ya yule mdogo"."""
    ends = [part.start for part in parts[1:]] + [len(clause.tokens)]
    lines = [
        line_of_stature(clause.clause(part.start, end))
        for part, end in zip(parts, ends, strict=True)
    ]
    if len(parts) < 2 or not any(lines):
        return []
    return [
        a.Remove(target=a.Target(line=line.number)) if line else _removal(clause, part, alone=False)
        for part, line in zip(parts, lines, strict=True)
    ]


def _clears(clause: Message) -> bool:
    if clause.tagged("@order") and clause.has("cancel"):
        return False  # "futa order yote" cancels the order
    cue = clause.cues["clear_cart"]
    if len(clause.tokens) <= 2 and clause.context.cart:
        return True
    partial = any(find.slot in (*HEADS, "colour", "size") for find in clause.slots.finds)
    return (cue.length > 1 and not partial) or (cue.length == 1 and clause.tagged("@cart"))


def _lets_keep(clause: Message) -> bool:
    """Whether "wacha" means "let": "wacha nibaki na dress", "wacha belt ikae", "acha nichukue"."""
    return any(
        token.text in LETTING and not token.pause and _stays_or_is_taken(clause, at + 1)
        for at, token in enumerate(clause.tokens)
    )


def _stays_or_is_taken(clause: Message, at: int) -> bool:
    near = clause.tokens[at : at + LET_NEAR]
    pause = next((n + 1 for n, token in enumerate(near) if token.pause), len(near))
    first = near[0] if near else None
    own = first is not None and first.text.startswith(("ni", "tu"))
    mine = first is not None and own and not first.tags.isdisjoint(TAKES)
    return mine or any(token.text in KEEP for token in near[:pause])


def _removes(clause: Message) -> bool:
    """Whether the clause removes something; without a verb, its words must fit a line."""
    if _lets_keep(clause) or lowers(clause) or leaves_only(clause):
        return False
    if _gives_way(clause) or _draws_money(clause) or is_brought_to(clause):
        return False
    if clause.tagged("~remove"):
        return fits_cart(clause) or _points_out(clause) or not clause.has("ask_discount")
    choosing = clause.context.step in CHOOSING and not clause.tagged("@cart")
    if choosing and clause.context.focus is not None:
        return _refuses_focus(clause) or _forgets_line(clause)
    if not clause.context.cart or choosing:
        return False
    if _takes_out(clause):
        return True
    return fits_cart(clause) and not _says_values(clause)


def _draws_money(clause: Message) -> bool:
    """Whether money is taken out: "ngoja nitoe pesa"; not "salio haitoshi, toa ya mdogo"."""
    if clause.slots.finds or not clause.says_any(MONEY):
        return False
    tokens = clause.tokens
    last = max(at for at, token in enumerate(tokens) if token.text in MONEY)
    behind = range(last + 1, len(tokens))
    return not any(op_at(clause, at) == "remove" and tokens[at - 1].pause for at in behind)


def _gives_way(clause: Message) -> bool:
    """Whether another piece replaces the refused one: "sitaki hoodie, nipe jacket"."""
    slots = clause.slots
    return not clause.tagged("~remove") and any(
        slots.unwanted(slot) and slots.wanted(slot) for slot in HEADS
    )


def _refuses_focus(clause: Message) -> bool:
    """Whether the piece in focus is refused, and none wanted instead: "sitaki hiyo"."""
    wanted = any(not find.denied for find in clause.slots.finds)
    answers = clause.has("deny") and clause.at("deny") == 0
    return not wanted and not answers and (clause.tagged("~!want") or clause.says("dont"))


def _forgets_line(clause: Message) -> bool:
    """Whether an ordered piece is to be forgotten, while another is looked at."""
    denied = any(find.denied and find.slot in HEADS for find in clause.slots.finds)
    return denied and clause.says_any(FORGETTING) and fits_cart(clause)


def _points_out(clause: Message) -> bool:
    """Whether a pronoun names the piece to remove: "too expensive, remove it"."""
    cue = clause.cues["remove_item"]
    return cue.length > 1 and clause.tokens[cue.end - 1].text in POINTING


def _takes_out(clause: Message) -> bool:
    """Whether a verb with "out" or "back" removes: "take out the second item"."""
    return clause.cues["remove_item"].length > 1 and clause.says_any(OUT)


def _says_values(clause: Message) -> bool:
    """Whether values are wanted, so the line changes instead: "I don't want M, I want L"."""
    return any(clause.slots.wanted(slot) for slot in ("size", "quantity", "colour"))


def _without_purpose(clause: Message) -> Message:
    """The clause without words about paying or keeping: "toa ile black nilipe moja"."""
    end = len(clause.tokens)
    told = clause.at("remove_item") if clause.has("remove_item") else 0
    for at, token in enumerate(clause.tokens[1:], start=1):
        purpose = token.text in FOR_PURPOSE and clause.tokens[at - 1].text not in JOINERS
        if at > told and (purpose or _pays_from(clause, at)):
            end = at
            break
    begin = max(_after_keep(clause), said_before(clause, told))
    end = min(end, said_of_another(clause, told))
    if commands_in(clause) - {"remove"}:
        begin, end = _around_command(clause, begin, end)
    paid = _paid_before(clause, told)
    finds = [f for f in clause.slots.finds if begin <= f.start < end and f.start not in paid]
    return clause.only(replace(find, denied=False) for find in _without_what_stays(clause, finds))


def _without_what_stays(clause: Message, finds: Sequence[Find]) -> Sequence[Find]:
    """The finds without those denied behind what goes: "remove the cream pair not the black"."""
    goes = [find.start for find in finds if not find.denied]
    denied = [find.start for find in finds if find.denied]
    verbs = [at for at, token in enumerate(clause.tokens) if "~remove" in token.tags]
    spared = bool(goes and denied and verbs) and min(verbs) < min(goes) < min(denied)
    if not spared or not any(t.text in NOT for t in clause.tokens[min(goes) : min(denied)]):
        return finds
    return [find for find in finds if not find.denied]


def _pays_from(clause: Message, at: int) -> bool:
    """Whether words about paying for another piece begin here: "kofia iondoe, nilipie kanzu".

    The piece paid for may be named by its colour: "toa ya sky blue nilipie hizo nyeupe".
    """
    paid = clause.tokens[at].text in FOR_PURPOSE or "~pay" in clause.tokens[at].tags
    named = (*HEADS, "colour", "size")
    behind = any(find.slot in named and find.start > at for find in clause.slots.finds)
    return paid and behind


def _paid_before(clause: Message, told: int) -> range:
    """The places of the piece paid for before the removal: "nilipie kanzu tu, kofia iondoe"."""
    pays = (at for at in range(told) if "~pay" in clause.tokens[at].tags)
    start = next(pays, None)
    if start is None:
        return range(0)
    joints = (
        at for at in range(start + 1, told)
        if clause.tokens[at - 1].pause or clause.tokens[at].text in JOINERS
    )  # fmt: skip
    return range(start, next(joints, start))


def _around_command(clause: Message, begin: int, end: int) -> tuple[int, int]:
    """(begin, end) narrowed to the joints around the command."""
    cue = clause.cues.get("remove_item") or clause.cues.get("clear_cart")
    if cue is None:
        return begin, end
    before = (at for at in range(cue.start, begin, -1) if clause.tokens[at].text in JOINERS)
    behind = (at for at in range(cue.end, end) if clause.tokens[at].text in JOINERS)
    return next(before, begin), next(behind, end)


def _after_keep(clause: Message) -> int:
    """The place behind the words that keep a piece: "I keep the belt, the hoodie goes"."""
    if not clause.says_any(KEEP):
        return 0
    return clause.at("remove_item") if clause.has("remove_item") else 0


def _removal(clause: Message, group: Group, *, alone: bool) -> a.Remove:
    told = target(clause, group, line=True)
    if not alone:
        told = single(told)
    if size := _size_of_age(clause, group):
        told = told.model_copy(update={"size": size})
    if told.says_nothing and (unknown := unknown_name(clause)):
        told = a.Target(name=unknown)  # "toa hiyo cuff", and there is no cuff
    quantity = group.first("quantity")
    if quantity is None:
        some = said_one(clause, group.start) and _leaves_some(clause.only(group.finds), 1)
        return a.Remove(target=told, quantity=1 if some else None)
    count = int(quantity.value)
    if told.category and _are_all(clause.only(group.finds), count):
        return a.Remove(target=told.model_copy(update={"scope": "both" if count == 2 else "all"}))
    if told.describes or told.line:
        return a.Remove(target=told, quantity=count if _leaves_some(clause, count) else None)
    digits = clause.tokens[quantity.start].text.isdigit()
    if digits and 0 < count <= len(clause.context.cart) and not _leaves_some(clause, count):
        return a.Remove(target=a.Target(line=count))  # "toa 1": the first line
    return a.Remove(target=told, quantity=count)


def _size_of_age(clause: Message, group: Group) -> str | None:
    """The size of the one line that fits the age said: "wa miaka saba analo, toa gauni lake"."""
    age = group.first("age")
    if age is None or "size" in group.slots:
        return None
    lines = clause.lines_said() or clause.context.cart
    fitting = sizes_worn_at(int(str(age.value)), lines)
    return fitting[0] if len(fitting) == 1 else None


def _are_all(clause: Message, count: int) -> bool:
    """Whether so many units of a kind are ordered, in as many lines: "the two skirts"."""
    quantities = [line.quantity for line in clause.lines_said()]
    return count > 1 and quantities == [1] * count


def _leaves_some(clause: Message, count: int) -> bool:
    """Whether the line has more units than are to be removed."""
    lines = clause.lines_said() or list(clause.context.cart)
    return (len(lines) == 1 and lines[0].quantity > count) or (
        len(lines) > 1 and any(line.quantity > count for line in lines)
    )
