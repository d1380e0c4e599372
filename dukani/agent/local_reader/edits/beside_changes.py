"""Finds where another wish begins beside a change: "make the romper five | plus heels size 29".

So too where a piece is wanted back ("toa trouser | urudishe ile skirt"), swapped, let go or named
as the one taken, and where the payment is asked for again ("kofia cream | halafu tuma tena").
"""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.emphasis import emphasised
from dukani.agent.local_reader.edits.leaving import let_go, let_go_behind, put_off
from dukani.agent.local_reader.edits.ops import op_at
from dukani.agent.local_reader.edits.stretches import has_find, has_head, joint_before
from dukani.agent.local_reader.edits.words import INSTEAD, JOINERS, THEN
from dukani.agent.local_reader.parsing.message import Message

BACK = word_set("edits", "back")
SWAPPING = frozenset(("swap", "replace", "exchange"))
PUTTING = frozenset(("put", "bring", "add", "give", "get"))


def restored(message: Message) -> list[int]:
    """The place where another piece is wanted back: "toa trouser urudishe ile skirt"."""
    removed: int | None = None
    for at, token in enumerate(message.tokens):
        text = token.text
        puts = text in PUTTING and [t.text for t in message.tokens[at + 1 : at + 2]] == ["back"]
        if (puts or text in BACK) and removed is not None:
            between = has_head(message, removed, at)
            if between and has_head(message, at, len(message.tokens)):
                return [at]
        elif "~remove" in token.tags and removed is None:
            removed = at
    return []


def swaps(message: Message) -> list[int]:
    """Where a swap begins behind another wish: "ongeza bra …, na badala ya ile nipe romper"."""
    cuts = []
    for at in range(1, len(message.tokens)):
        then = message.tokens[at].text in SWAPPING and message.tokens[at - 1].text in THEN
        if not (then or _is_instead_of(message, at)) or not has_head(message, 0, at):
            continue
        joint = joint_before(message, 0, at)
        if joint is not None and has_head(message, 0, joint) and has_head(message, at, None):
            cuts.append(joint)
    return cuts[:1]


def pluses(message: Message) -> list[int]:
    """Where a further piece begins behind a change: "make the romper five, plus heels size 29"."""
    for at in range(1, len(message.tokens)):
        if message.tokens[at].text != "plus":
            continue
        changed = any(op_at(message, here) in ("set", "remove", "fewer") for here in range(at))
        if changed and has_head(message, 0, at) and has_head(message, at, None):
            return [at - 1 if message.tokens[at - 1].text in THEN and at > 1 else at]
    return []


def put_beside_swap(message: Message) -> list[int]:
    """Where a further piece begins behind a swap: "instead of X nipe Y then weka na Z"."""
    for at in range(2, len(message.tokens)):
        before = message.tokens[at - 1]
        if before.text not in THEN or op_at(message, at) not in ("add", "take"):
            continue
        swap = next((here for here in range(at) if _is_instead_of(message, here)), None)
        if swap is not None and has_head(message, swap, at) and has_head(message, at, None):
            return [at - 1]
    return []


def let_go_or_put_off(message: Message) -> list[int]:
    """Where words that let an ordered piece go begin and end: "wacha belt, nipe hoodie mbili"."""
    span = None if message.says_any(INSTEAD) else let_go(message)
    spans = [one for one in (span, put_off(message)) if one is not None]
    ends = [end for end in (let_go_behind(message),) if end is not None]
    cuts = [*(at for one in spans for at in one), *ends]
    return [at for at in cuts if 0 < at < len(message.tokens)]


def taken_behind_removal(message: Message) -> list[int]:
    """Where the piece that is taken is named behind a removal: "toa belt, hoodie ndio nachukua"."""
    named = emphasised(message)
    if named is None or not any(op_at(message, at) == "remove" for at in range(named)):
        return []
    joint = joint_before(message, 0, named)
    return [joint] if joint is not None and has_head(message, 0, joint) else []


def sent_again(message: Message) -> list[int]:
    """Where the payment is asked for again behind a change: "kofia cream halafu tuma tena"."""
    cue = message.cues.get("payment_retry")
    if cue is None or not cue.start:
        return []
    before = message.tokens[cue.start - 1]
    joint = cue.start - (before.text in JOINERS)
    if not joint or not (before.pause or before.text in JOINERS):
        return []
    told = [find for find in message.slots.finds if find.end <= joint and not find.denied]
    several = len(told) > 1 or has_head(message, 0, joint)
    return [joint] if several and not has_find(message, joint, None) else []


def _is_instead_of(message: Message, at: int) -> bool:
    """Whether "in the place of" stands here, with what is to go behind it."""
    following = [token.text for token in message.tokens[at : at + 2]]
    return following[0] == "instead of" or following in (["badala", "ya"], ["instead", "of"])
