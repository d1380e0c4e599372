"""Splits a message into clauses: at sentences, new commands and asides about the shop."""

from __future__ import annotations

import itertools
from dataclasses import replace

from dukani.agent.lexicon.tokens import STOP
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.adding_on import (
    adds_another,
    adds_so_many,
    contrasted,
    counted_first,
    enough_first,
)
from dukani.agent.local_reader.edits.asides import asides, stock_asked, wished_behind
from dukani.agent.local_reader.edits.emphasis import emphasised
from dukani.agent.local_reader.edits.leaving import let_go, let_go_behind, put_off
from dukani.agent.local_reader.edits.ops import Op, op_at
from dukani.agent.local_reader.edits.words import (
    ALL,
    INSTEAD,
    JOINERS,
    OTHER,
    THEN,
)
from dukani.agent.local_reader.parsing.ages import MINE
from dukani.agent.local_reader.parsing.message import Message

HEADS = ("option", "name", "category")
POINTING = ALL | word_set("edits", "with_object")  # "itoe" takes it out
BACK = word_set("edits", "back")
VALUES = frozenset(("size", "age", "colour"))
OF_A_VALUE = word_set("edits", "of_a_value")
REMAINING = frozenset(("zilizobaki", "zinazobaki", "iliyobaki", "inayobaki", "remaining"))
SWAPPING = frozenset(("swap", "replace", "exchange"))
PUTTING = frozenset(("put", "bring", "add", "give", "get"))


def clauses(message: Message) -> list[Message]:
    """The clauses of a message, each with its own cues and slots."""
    stops = [
        at + 1
        for at, token in enumerate(message.tokens[:-1])
        if token.pause == STOP and not _tells_age(message, at + 1) and not _asks_on(message, at + 1)
    ]
    cuts = sorted(
        {
            *stops,
            *_new_commands(message),
            *_restored(message),
            *_swaps(message),
            *_pluses(message),
            *_put_beside_swap(message),
            *asides(message),
            *stock_asked(message),
            *wished_behind(message),
            *_let_go(message),
            *_emphasised(message),
            *_resent(message),
            *contrasted(message),
            *counted_first(message),
            *enough_first(message),
        }
    )
    if not cuts:
        return [message]
    edges = [0, *cuts, len(message.tokens)]
    spans = [(start, end) for start, end in itertools.pairwise(edges) if start < end]
    raws = _raw_parts(message, spans)
    return [
        replace(message.clause(start, end), raw=raw)
        for (start, end), raw in zip(spans, raws, strict=True)
    ]


def _tells_age(message: Message, at: int) -> bool:
    """Whether a child's age follows that what is before is looked for: "…? mine is 6"."""
    aged = any(find.slot == "age" and find.start == at + 2 for find in message.slots.finds)
    return aged and message.tokens[at].text in MINE


def _asks_on(message: Message, at: int) -> bool:
    """Whether only a value of the piece asked about follows: "mko na sweater? ya size 28"."""
    if not message.tokens[at - 1].asked or not _has_head(message, 0, at):
        return False
    if any(token.pause for token in message.tokens[at:-1]):
        return False
    told = [find for find in message.slots.finds if find.start >= at]
    valued = {i for find in told for i in range(find.start, find.end)}
    others = (t.text for i, t in enumerate(message.tokens) if i >= at and i not in valued)
    return bool(told) and {f.slot for f in told} <= VALUES and set(others) <= OF_A_VALUE


def _raw_parts(message: Message, spans: list[tuple[int, int]]) -> list[str]:
    """The original text of each clause."""
    lowered, at, begun = message.raw.lower(), 0, 0
    parts: list[str] = []
    for start, end in spans[:-1]:
        for token in message.tokens[start:end]:
            for word in token.text.split():
                found = lowered.find(word, at)
                at = found + len(word) if found >= 0 else at
        parts.append(message.raw[begun:at])
        begun = at
    return [*parts, message.raw[begun:].lstrip(" ,.;:!?")]


def parted(message: Message, at: int) -> tuple[Message, Message]:
    """The message before and from this word, each read by itself."""
    spans = [(0, at), (at, len(message.tokens))]
    first, second = (
        replace(message.clause(start, end), raw=raw)
        for (start, end), raw in zip(spans, _raw_parts(message, spans), strict=True)
    )
    return first, second


def _new_commands(message: Message) -> list[int]:
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


def _restored(message: Message) -> list[int]:
    """The place where another piece is wanted back: "toa trouser urudishe ile skirt"."""
    removed: int | None = None
    for at, token in enumerate(message.tokens):
        text = token.text
        puts = text in PUTTING and [t.text for t in message.tokens[at + 1 : at + 2]] == ["back"]
        if (puts or text in BACK) and removed is not None:
            between = _has_head(message, removed, at)
            if between and _has_head(message, at, len(message.tokens)):
                return [at]
        elif "~remove" in token.tags and removed is None:
            removed = at
    return []


def _cut_before(message: Message, start: int, at: int, before: Op | None, op: Op) -> int | None:
    if not _names_something(message, start, at):
        return None
    joint = _joint_before(message, start, at)
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
        named = joint is not None and _has_head(message, joint, at)
        return joint if named else None  # "hoodie iwe mbili na belt itoke"
    if op == "add" and before == "remove" and joint is not None and _has_find(message, joint, at):
        return joint  # "grey iende, teal niongezee ingine"
    if op == "keep" and joint is not None and _has_head(message, joint, at):
        return joint  # "niwekee clutch na belt ibaki moja"
    if not _names_something(message, at + 1, None):
        return _piece_before(message, start, at) if op in ("add", "fewer") else None
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
        another = _has_head(message, at, None) or adds_another(message, start, joint, at)
        return joint if another else None
    if before in ("remove", "keep", "fewer", "add", "set") or _has_head(message, at, None):
        return joint or at
    return joint if op == "remove" and _has_find(message, at + 1, None) else None


def _only_names(message: Message, end: int) -> bool:
    """Whether nothing but a piece is named up to here, of which nothing is said yet."""
    named = {i for f in message.slots.finds if f.slot in HEADS for i in range(f.start, f.end)}
    others = (token for i, token in enumerate(message.tokens[:end]) if i not in named)
    return bool(named) and all(t.text == "the" or "@this" in t.tags for t in others)


def _swaps_one(message: Message, start: int, end: int) -> bool:
    """Whether "swap" stands here with what is to go, and nothing yet that comes in its place."""
    texts = [token.text for token in message.tokens[start:end]]
    told = _has_find(message, start, end) and not _has_head(message, start, end)
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
    told = _has_find(message, at + 1, _next_command(message, at))
    told = told or before in ("remove", "keep", "add", "fewer")
    return not told and _has_head(message, start, at)


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
    return not _names_something(message, at + 1, end)


def _next_command(message: Message, at: int) -> int | None:
    later = range(at + 1, len(message.tokens))
    return next((here for here in later if op_at(message, here) is not None), None)


def _sets_another(message: Message, before: Op | None, joint: int | None, at: int) -> bool:
    """Whether the set is of another piece than the command before: "…, hiyo ya brown iwe 2"."""
    if joint is None:
        return False
    named = _has_head(message, joint, at) or _has_demonstrative(message, joint, at)
    if before in ("remove", "keep") or (before == "add" and _names_line(message, joint, at)):
        return True
    if before == "add" and _has_demonstrative(message, joint, at):
        return True  # "ongeza nyingine ya nude na hii iwe 58"
    if before == "fewer" and any(t.text in REMAINING for t in message.tokens[joint:at]):
        return True
    beside = at - joint <= 1 and _has_head(message, at, None)  # "and make the belt two"
    then = any(token.text in THEN for token in message.tokens[joint : joint + 1])
    return (named and (then or _has_head(message, 0, joint))) or (beside and before == "set")


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


def _names_something(message: Message, start: int, end: int | None) -> bool:
    """Whether this stretch names a piece or a value, or points at one."""
    return _has_find(message, start, end) or _has_demonstrative(message, start, end)


def _has_find(message: Message, start: int, end: int | None) -> bool:
    stop = len(message.tokens) if end is None else end
    return any(start <= find.start < stop for find in message.slots.finds)


def _has_head(message: Message, start: int, end: int | None) -> bool:
    stop = len(message.tokens) if end is None else end
    return any(f.slot in HEADS and start <= f.start < stop for f in message.slots.finds)


def _has_demonstrative(message: Message, start: int, end: int | None) -> bool:
    return any(
        not token.tags.isdisjoint(("@this", "@all")) or token.text in POINTING
        for token in message.tokens[start:end]
    )


def _joint_before(message: Message, start: int, at: int) -> int | None:
    """The place where the command's clause begins: its last comma or joining word."""
    for here in range(at, start, -1):
        if message.tokens[here].text in JOINERS and here != at:
            return here
        if message.tokens[here - 1].pause:
            return here
    return _piece_before(message, start, at)


def _piece_before(message: Message, start: int, at: int) -> int | None:
    """The piece right before a verb that comes last: "black punguza moja white ongeza moja"."""
    finds = [find for find in message.slots.finds if start <= find.start and find.end <= at]
    if len(finds) > 3 and finds[-1].slot == "quantity":
        finds = finds[:-1]  # "L moja ipunguke XL moja iongezeke"
    elif not finds or finds[-1].end != at:
        return None
    if len(finds) < 3:
        return None
    ordered = [find.slot == "quantity" for find in finds[-3:]] == [False, True, False]
    alike = finds[-3].slot == finds[-1].slot  # "make purple 3 orange stays 1"
    first = start if alike else finds[-3].end
    verb = any(op_at(message, here) for here in range(first, finds[-1].start))
    return finds[-1].start if ordered and verb else None


def _swaps(message: Message) -> list[int]:
    """Where a swap begins behind another wish: "ongeza bra …, na badala ya ile nipe romper"."""
    cuts = []
    for at in range(1, len(message.tokens)):
        then = message.tokens[at].text in SWAPPING and message.tokens[at - 1].text in THEN
        if not (then or _is_instead_of(message, at)) or not _has_head(message, 0, at):
            continue
        joint = _joint_before(message, 0, at)
        if joint is not None and _has_head(message, 0, joint) and _has_head(message, at, None):
            cuts.append(joint)
    return cuts[:1]


def _pluses(message: Message) -> list[int]:
    """Where a further piece begins behind a change: "make the romper five, plus heels size 29"."""
    for at in range(1, len(message.tokens)):
        if message.tokens[at].text != "plus":
            continue
        changed = any(op_at(message, here) in ("set", "remove") for here in range(at))
        if changed and _has_head(message, 0, at) and _has_head(message, at, None):
            return [at]
    return []


def _put_beside_swap(message: Message) -> list[int]:
    """Where a further piece begins behind a swap: "instead of X nipe Y then weka na Z"."""
    for at in range(2, len(message.tokens)):
        before = message.tokens[at - 1]
        if before.text not in THEN or op_at(message, at) not in ("add", "take"):
            continue
        swap = next((here for here in range(at) if _is_instead_of(message, here)), None)
        if swap is not None and _has_head(message, swap, at) and _has_head(message, at, None):
            return [at - 1]
    return []


def _let_go(message: Message) -> list[int]:
    """Where words that let an ordered piece go begin and end: "wacha belt, nipe hoodie mbili"."""
    span = None if message.says_any(INSTEAD) else let_go(message)
    spans = [one for one in (span, put_off(message)) if one is not None]
    ends = [end for end in (let_go_behind(message),) if end is not None]
    cuts = [*(at for one in spans for at in one), *ends]
    return [at for at in cuts if 0 < at < len(message.tokens)]


def _emphasised(message: Message) -> list[int]:
    """Where the piece that is taken is named behind a removal: "toa belt, hoodie ndio nachukua"."""
    named = emphasised(message)
    if named is None or not any(op_at(message, at) == "remove" for at in range(named)):
        return []
    joint = _joint_before(message, 0, named)
    return [joint] if joint is not None and _has_head(message, 0, joint) else []


def _resent(message: Message) -> list[int]:
    """Where the payment is asked for again behind a change: "kofia cream halafu tuma tena"."""
    cue = message.cues.get("payment_retry")
    if cue is None or not cue.start:
        return []
    before = message.tokens[cue.start - 1]
    joint = cue.start - (before.text in JOINERS)
    if not joint or not (before.pause or before.text in JOINERS):
        return []
    told = [find for find in message.slots.finds if find.end <= joint and not find.denied]
    several = len(told) > 1 or _has_head(message, 0, joint)
    return [joint] if several and not _has_find(message, joint, None) else []


def _is_instead_of(message: Message, at: int) -> bool:
    """Whether "in the place of" stands here, with what is to go behind it."""
    following = [token.text for token in message.tokens[at : at + 2]]
    return following[0] == "instead of" or following in (["badala", "ya"], ["instead", "of"])
