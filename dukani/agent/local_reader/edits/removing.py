"""Taking pieces out: "toa viatu", "remove all except the hat", "nibaki na handbag tu", "clear"."""

from __future__ import annotations

import itertools
from dataclasses import replace

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.clauses import HEADS, commands_in
from dukani.agent.local_reader.edits.groups import Group, groups
from dukani.agent.local_reader.edits.pieces import target, values, whole
from dukani.agent.local_reader.edits.words import EXCEPT, FOR_PURPOSE, JOINERS, KEEP, ONLY
from dukani.agent.local_reader.parsing.loose_names import unknown_name
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pieces import Line
from dukani.domain.sizes import sizes_for_age
from dukani.domain.steps import CHOOSING

OUT = word_set("edits", "out")
MONEY = word_set("edits", "money")
POINTING = ("it", "that", "this", "them", "hiyo", "hii", "ile", "hizo", "zile", "hio")


def removing(clause: Message) -> list[a.Act]:
    """Remove or Clear, or nothing."""
    if excepted := _all_except(clause):
        return excepted
    if clause.has("clear_cart") and _clears(clause):
        return [a.Clear()]
    one_kind = clause.has("clear_cart") and _fits_cart(clause)  # "toa viatu vyote"
    if not one_kind and not (clause.has("remove_item") and _removes(clause)):
        return []
    said = _without_purpose(clause)
    parts = groups(said) or [whole(said)]
    return [_removal(said, group, alone=len(parts) == 1) for group in parts]


def keeping(clause: Message) -> list[a.Act]:
    """ "keep only the hat", "just the bag please": all else goes; or nothing."""
    if not clause.context.cart or clause.asks or clause.has("show", "have"):
        return []
    kept = clause.says_any(KEEP) or _leaves_only(clause)
    if kept and clause.tagged("~reduce") and clause.slots.wanted("quantity"):
        return _kept(clause) if _she_keeps(clause) else _reduced(clause)
    if clause.says_any(KEEP) and _stays_of_two(clause):
        return _kept(clause)
    if _only_that_size(clause):
        return _kept(clause)
    if not clause.says_any(ONLY) or not (kept or _only_a_line(clause)):
        return []
    return _kept(clause)


def _she_keeps(clause: Message) -> bool:
    """ "punguza nibakie na moja tu ya machungwa": that is all she keeps."""
    return any(token.text in KEEP and token.text[:2] in ("ni", "tu") for token in clause.tokens)


def _only_that_size(clause: Message) -> bool:
    """ "No sorry, just the 42": one of several lines of a piece, told by its size."""
    cart, sizes = clause.context.cart, clause.slots.wanted("size")
    if not clause.says_any(ONLY) or len(sizes) != 1 or len(clause.slots.finds) != 1:
        return False
    pointed = sizes[0].start > 0 and clause.tokens[sizes[0].start - 1].text in ("the", "ya", "za")
    fitting = [line for line in cart if line.size == sizes[0].value]
    kin = [line for line in cart if fitting and line.product_id == fitting[0].product_id]
    return pointed and len(fitting) == 1 and len(kin) > 1 and len(kin) == len(cart)


def _reduced(clause: Message) -> list[a.Act]:
    """ "zile za njano punguza ibaki moja": so many of it stay."""
    told = _one(target(clause, whole(clause), line=True))
    return [a.Set(target=told, values=values(whole(clause), ("quantity",)), change=True)]


def _stays_of_two(clause: Message) -> bool:
    """ "ya kaki ndiyo ibaki", to the question which of two lines goes."""
    asked = clause.context.question == "which_line" and len(clause.context.cart) == 2
    lines = clause.lines_said()
    return asked and len(lines) == 1 and not _stays_as(clause, lines[0])


def _stays_as(clause: Message, line: Line) -> bool:
    """ "sketi ibaki M": it stays as it is, and the other does not go for it."""
    size = clause.slots.first("size")
    return size is not None and line.size == size


def _kept(clause: Message) -> list[a.Act]:
    """All else goes, and what stays is so many."""
    group = whole(clause)
    counted = values(group, ("quantity",))
    told = target(clause, group, line=True)
    if not told.describes and told.line is None:
        return [] if counted.says_nothing else [a.Set(values=counted, change=True)]
    if (told.name or told.category) and not clause.lines_said():
        return []  # what is to stay is not there: nothing goes for it
    acts: list[a.Act] = [a.Remove(target=a.Target(scope="all", but=_one(told)))]
    if not counted.says_nothing:
        acts.append(a.Set(target=_one(told), values=counted, change=True))
    return acts


def _leaves_only(clause: Message) -> bool:
    """ "leave only the black one", "niache na moja tu"."""
    return any(
        before.text == "leave" and token.text in ("only", "just")
        for before, token in itertools.pairwise(clause.tokens)
    )


def _one(told: a.Target) -> a.Target:
    return told.model_copy(update={"scope": "one", "pointed": None})


def _only_a_line(clause: Message) -> bool:
    """A piece of the cart and nothing else of it: "nataka kofia tu"."""
    slots, cart = clause.slots, clause.context.cart
    if clause.context.step in CHOOSING or len(cart) < 2 or slots.wanted("quantity"):
        return False
    if slots.wanted("size") or clause.tagged("~remove", "~change", "~add"):
        return False
    wanted = clause.only(find for find in clause.slots.finds if not find.denied)
    return _heads_said(clause) and _fits_cart(wanted)


def _heads_said(clause: Message) -> bool:
    return any(clause.slots.wanted(slot) for slot in HEADS)


def _all_except(clause: Message) -> list[a.Act]:
    """ "toa zote isipokuwa kofia": all but the hat goes; "I want all except the hat": the hat."""
    places = [at for at, token in enumerate(clause.tokens) if token.text in EXCEPT]
    if not places or not clause.tagged("@all") or not clause.context.cart:
        return []
    finds = [replace(find, denied=False) for find in clause.slots.finds if find.start > places[-1]]
    group = Group(tuple(finds), places[-1] + 1, len(clause.tokens))
    told = _one(target(clause.only(finds), group, line=True))
    if not (told.describes or told.line):
        return []
    if several := _all_but_several(clause.only(finds)):
        return several
    removes = clause.tagged("~remove", "~erase", "~cancel") or clause.has("clear_cart")
    if not removes and (clause.has("want", "add_to_cart") or clause.says_any(KEEP)):
        return [a.Remove(target=told)]
    return [a.Remove(target=a.Target(scope="all", but=told))]


def _all_but_several(excepted: Message) -> list[a.Act]:
    """ "toa vyote isipokuwa dera na kilemba chekundu": the lines that are none of them."""
    parts = groups(excepted)
    kept = [excepted.only(part.finds).lines_said() for part in parts]
    if len(parts) < 2 or not all(kept):
        return []
    stay = {line.number for lines in kept for line in lines}
    gone = [line for line in excepted.context.cart if line.number not in stay]
    return [a.Remove(target=a.Target(line=line.number)) for line in gone]


def _clears(clause: Message) -> bool:
    if clause.tagged("@order") and clause.has("cancel"):
        return False  # "futa order yote": the order as a whole
    cue = clause.cues["clear_cart"]
    if len(clause.tokens) <= 2 and clause.context.cart:
        return True
    partial = any(find.slot in HEADS or find.slot == "colour" for find in clause.slots.finds)
    return (cue.length > 1 and not partial) or (cue.length == 1 and clause.tagged("@cart"))


def _removes(clause: Message) -> bool:
    """Something is taken out; without its verb only words that fit a line tell so."""
    if _gives_way(clause) or (clause.says_any(MONEY) and not clause.slots.finds):
        return False  # "ngoja nitoe pesa"
    if clause.tagged("~remove"):
        return _fits_cart(clause) or _points_out(clause) or not clause.has("ask_discount")
    choosing = clause.context.step in CHOOSING and not clause.tagged("@cart")
    if choosing and clause.context.focus is not None:
        return _refuses_it(clause)
    if not clause.context.cart or choosing:
        return False
    if _takes_out(clause):
        return True
    return _fits_cart(clause) and not _says_values(clause)


def _gives_way(clause: Message) -> bool:
    """ "sitaki hoodie, nipe jacket": another piece comes in its place."""
    slots = clause.slots
    return not clause.tagged("~remove") and any(
        slots.unwanted(slot) and slots.wanted(slot) for slot in HEADS
    )


def _refuses_it(clause: Message) -> bool:
    """ "sitaki hiyo", of the piece in hand, and nothing is wanted in its place."""
    wanted = any(not find.denied for find in clause.slots.finds)
    answers = clause.has("deny") and clause.at("deny") == 0
    return not wanted and not answers and (clause.tagged("~!want") or clause.says("dont"))


def _points_out(clause: Message) -> bool:
    """ "too expensive, remove it": the piece goes, not a part of its price."""
    cue = clause.cues["remove_item"]
    return cue.length > 1 and clause.tokens[cue.end - 1].text in POINTING


def _takes_out(clause: Message) -> bool:
    """ "take out the second item", "put the bag back"."""
    return clause.cues["remove_item"].length > 1 and clause.says_any(OUT)


def _says_values(clause: Message) -> bool:
    """ "I don't want M, I want L" changes the piece, it does not take it out."""
    return any(clause.slots.wanted(slot) for slot in ("size", "quantity", "colour"))


def _fits_cart(clause: Message) -> bool:
    said = any(find.slot in ("category", "name", "colour") for find in clause.slots.finds)
    return said and bool(clause.lines_said())


def _without_purpose(clause: Message) -> Message:
    """ "toa ile black nilipe moja": what follows "so that I pay" is not taken out."""
    end = len(clause.tokens)
    told = clause.at("remove_item") if clause.has("remove_item") else 0
    for at, token in enumerate(clause.tokens[1:], start=1):
        purpose = token.text in FOR_PURPOSE and clause.tokens[at - 1].text not in JOINERS
        if at > told and (purpose or _pays_from(clause, at)):
            end = at
            break
    begin = _after_keep(clause)
    if commands_in(clause) - {"remove"}:
        begin, end = _around_command(clause, begin, end)
    paid = _paid_before(clause, told)
    finds = (f for f in clause.slots.finds if begin <= f.start < end and f.start not in paid)
    return clause.only(replace(find, denied=False) for find in finds)


def _pays_from(clause: Message, at: int) -> bool:
    """ "kofia iondoe, nilipie kanzu": what is paid stays."""
    paid = clause.tokens[at].text in FOR_PURPOSE or "~pay" in clause.tokens[at].tags
    behind = any(find.slot in HEADS and find.start > at for find in clause.slots.finds)
    return paid and behind


def _paid_before(clause: Message, told: int) -> range:
    """The kanzu of "nilipie kanzu tu, kofia iondoe": from the paying to the next joint."""
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
    """Between the joints around the command, where the clause says other things too."""
    cue = clause.cues.get("remove_item") or clause.cues.get("clear_cart")
    if cue is None:
        return begin, end
    before = (at for at in range(cue.start, begin, -1) if clause.tokens[at].text in JOINERS)
    behind = (at for at in range(cue.end, end) if clause.tokens[at].text in JOINERS)
    return next(before, begin), next(behind, end)


def _after_keep(clause: Message) -> int:
    """ "I keep the belt, the hoodie goes": what is kept is not taken out."""
    if not clause.says_any(KEEP):
        return 0
    return clause.at("remove_item") if clause.has("remove_item") else 0


def _removal(clause: Message, group: Group, *, alone: bool) -> a.Remove:
    told = target(clause, group, line=True)
    if not alone:
        told = _one(told)
    if size := _size_of_age(clause, group):
        told = told.model_copy(update={"size": size})
    if told.says_nothing and (unknown := unknown_name(clause)):
        told = a.Target(name=unknown)  # "toa hiyo cuff", and there is no cuff
    quantity = group.first("quantity")
    if quantity is None:
        return a.Remove(target=told)
    count = int(quantity.value)
    if told.describes or told.line:
        return a.Remove(target=told, quantity=count if _leaves_some(clause, count) else None)
    digits = clause.tokens[quantity.start].text.isdigit()
    if digits and 0 < count <= len(clause.context.cart) and not _leaves_some(clause, count):
        return a.Remove(target=a.Target(line=count))  # "toa 1": the first line
    return a.Remove(target=told, quantity=count)


def _size_of_age(clause: Message, group: Group) -> str | None:
    """The 6-7Y of "huyu wa miaka saba analo, toa gauni lake", where one line fits that age."""
    age = group.first("age")
    if age is None or "size" in group.slots:
        return None
    lines = clause.lines_said() or clause.context.cart
    fitting = sizes_for_age(int(str(age.value)), tuple({line.size for line in lines}))
    return fitting[0] if len(fitting) == 1 else None


def _leaves_some(clause: Message, count: int) -> bool:
    """The line meant holds more than are to go."""
    lines = clause.lines_said() or list(clause.context.cart)
    return (len(lines) == 1 and lines[0].quantity > count) or (
        len(lines) > 1 and any(line.quantity > count for line in lines)
    )
