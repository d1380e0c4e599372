"""Finds where the next command begins: "toa shati | alafu hiyo ya brown iwe 2".

A command of another kind, or a set of another piece, opens a clause at its comma or joining word.
What only goes on with the piece named does not: "hoodie na belt ziwe nyeusi" is one command.
"""

from __future__ import annotations

from dukani.agent.local_reader.edits.adding_on import adds_another, adds_so_many
from dukani.agent.local_reader.edits.beside_changes import SWAPPING
from dukani.agent.local_reader.edits.ops import Op, op_at
from dukani.agent.local_reader.edits.stretches import (
    HEADS,
    has_demonstrative,
    has_find,
    has_head,
    joint_before,
    names_something,
    piece_before,
)
from dukani.agent.local_reader.edits.words import JOINERS, OTHER, THEN
from dukani.agent.local_reader.parsing.message import Message

REMAINING = frozenset(("zilizobaki", "zinazobaki", "iliyobaki", "inayobaki", "remaining"))


def new_commands(message: Message) -> list[int]:
    """The places of new commands: "toa shati, alafu hiyo ya brown iwe 2"."""
    cuts: list[int] = []
    before: Op | None = None
    last = -1  # the place of that command
    for at in range(len(message.tokens)):
        op = op_at(message, at)
        if op is None:
            continue
        start = cuts[-1] if cuts else 0
        cut = _cut_before(message, start, at, before, op)
        if cut == last and op == "take":
            cut = at  # "bikini amekataa, iondoe uniwekee kanga"
        if cut is not None and start < cut:
            cuts.append(cut)
        if cut is not None or before is None or before == "take":
            before, last = op, at
    return cuts


def _adds_unordered(message: Message, start: int, at: int) -> bool:
    """Whether a line is set before, and a colour that none is in is added: "… add a teal one"."""
    colours = message.slots.wanted("colour")
    ordered = {line.colour for line in message.context.cart}
    set_before = [find for find in colours if start <= find.start < at]
    added = [find for find in colours if find.start > at]
    return (
        bool(set_before and added)
        and all(find.value in ordered for find in set_before)
        and added[0].value not in ordered
    )


def _cut_before(message: Message, start: int, at: int, before: Op | None, op: Op) -> int | None:
    if not names_something(message, start, at):
        return None
    joint = joint_before(message, start, at)
    if op == "set" and before in (None, "set") and joint and _only_names(message, joint):
        return None  # "hoodie na belt ziwe nyeusi"
    if op == "set" and before == "set" and _other_of_several(message, start, at):
        return None  # "hoodie ziwe mbili na hiyo nyingine iwe black"
    if op == before:
        anew = op == "set" and joint is not None and _sets_another(message, before, joint, at)
        return joint if anew else None
    if op == "view":
        return joint or at
    if op == "keep" and before == "fewer" and joint is None:
        return None  # "punguza ibaki moja"
    if op == "keep" and before == "set" and message.tokens[at - 1].text in OTHER:
        return None  # "moja iwe M nyingine ibaki L"
    if op in ("remove", "keep", "fewer") and _stands_behind(message, at):
        named = joint is not None and has_head(message, joint, at)
        return joint if named else None  # "hoodie iwe mbili na belt itoke"
    if op == "add" and before == "remove" and joint is not None and has_find(message, joint, at):
        return joint  # "grey iende, teal niongezee ingine"
    if op == "keep" and joint is not None and has_head(message, joint, at):
        return joint  # "niwekee clutch na belt ibaki moja"
    if not names_something(message, at + 1, None):
        return piece_before(message, start, at) if op in ("add", "fewer") else None
    if op == "remove" and _says_which_before(message, start, at, before):
        return None
    if op == "set":
        return joint if _sets_another(message, before, joint, at) else None
    joined = joint is not None and message.tokens[joint].text in JOINERS
    if op == "take" and joined and joint == at - 1 and _swaps_one(message, start, joint):
        return None  # "swap the grey one na uweke vans"
    if op == "take" and joined and adds_another(message, start, joint, at):
        return joint  # "just one, and put a grey 12"; not "just one, I'll take the grey"
    if op == "take":
        named = before == "fewer" and _tells_piece(message, at)
        return (joint or at) if named or before in ("remove", "keep") else None
    if op == "add" and before in ("remove", "keep", "fewer"):
        return joint or at
    if op == "add":
        if before == "set" and (
            adds_so_many(message, start, at) or _adds_unordered(message, start, at)
        ):
            return joint or at
        another = has_head(message, at, None) or adds_another(message, start, joint, at)
        return joint if another else None
    if before in ("remove", "keep", "fewer", "add", "set") or has_head(message, at, None):
        return joint or at
    return joint if op == "remove" and has_find(message, at + 1, None) else None


def _only_names(message: Message, end: int) -> bool:
    """Whether nothing but a piece is named up to here, of which nothing is said yet."""
    named = {i for f in message.slots.finds if f.slot in HEADS for i in range(f.start, f.end)}
    others = (token for i, token in enumerate(message.tokens[:end]) if i not in named)
    return bool(named) and all(t.text == "the" or "@this" in t.tags for t in others)


def _swaps_one(message: Message, start: int, end: int) -> bool:
    """Whether "swap" stands here with what is to go, and nothing yet that comes in its place."""
    texts = [token.text for token in message.tokens[start:end]]
    told = has_find(message, start, end) and not has_head(message, start, end)
    return bool(SWAPPING.intersection(texts)) and told


def _other_of_several(message: Message, start: int, at: int) -> bool:
    """Whether the other of the units just counted is set here, and no line of its own."""
    counted = any(
        find.slot == "quantity" and start <= find.start < at and int(str(find.value)) > 1
        for find in message.slots.finds
    )
    return counted and any(token.text in OTHER for token in message.tokens[max(start, at - 3) : at])


def _says_which_before(message: Message, start: int, at: int, before: Op | None) -> bool:
    """Whether the piece is named before the verb: "about the sandals, remove them"."""
    told = has_find(message, at + 1, _next_command(message, at))
    told = told or before in ("remove", "keep", "add", "fewer")
    return not told and has_head(message, start, at)


def _stands_behind(message: Message, at: int) -> bool:
    """Whether the command follows its piece: "belt ibaki", "hoodie toa"."""
    if message.tokens[at].pause:
        return True
    end = at + 1
    if op_at(message, at) == "keep":
        end += 1  # "nibaki na kofia": the joining word right behind goes with the command
    while end < len(message.tokens):
        if message.tokens[end - 1].pause or message.tokens[end].text in JOINERS:
            break
        end += 1
    return not names_something(message, at + 1, end)


def _next_command(message: Message, at: int) -> int | None:
    later = range(at + 1, len(message.tokens))
    return next((here for here in later if op_at(message, here) is not None), None)


def _sets_another(message: Message, before: Op | None, joint: int | None, at: int) -> bool:
    """Whether the set is of another piece than the command before: "…, hiyo ya brown iwe 2"."""
    if joint is None:
        return False
    named = has_head(message, joint, at) or has_demonstrative(message, joint, at)
    if before in ("remove", "keep") or (before == "add" and _names_line(message, joint, at)):
        return True
    if before == "add" and has_demonstrative(message, joint, at):
        return True  # "ongeza nyingine ya nude na hii iwe 58"
    if before == "fewer" and any(t.text in REMAINING for t in message.tokens[joint:at]):
        return True
    beside = at - joint <= 1 and has_head(message, at, None)  # "and make the belt two"
    then = any(token.text in THEN for token in message.tokens[joint : joint + 1])
    return (named and (then or has_head(message, 0, joint))) or (beside and before == "set")


def _tells_piece(message: Message, start: int) -> bool:
    """Whether a colour or a piece is told from here on: not "punguza, nipe mbili"."""
    return any(f.start > start and f.slot in (*HEADS, "colour") for f in message.slots.finds)


def _names_line(message: Message, start: int, end: int) -> bool:
    """Whether a present colour or size of a line stands here: "add two blue, red fanya moja"."""
    return any(
        start <= find.start < end and getattr(line, find.slot) == find.value
        for find in message.slots.finds
        if find.slot in ("colour", "size")
        for line in message.context.cart
    )
