"""Reads messages that leave one piece out and keep another: "leave the polo, only the shirt".

"Cancel the polo only, leave the shirt" is said of what goes, and takes out the polo.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.pieces import target, whole
from dukani.agent.local_reader.edits.stature import line_of_stature
from dukani.agent.local_reader.edits.words import JOINERS, KEEP, ONLY
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.pointing import definite
from dukani.domain import acts as a

LEAVE = word_set("edits", "leave")
CUTS = JOINERS | {"just", "only"}
OF_QUESTION = ("size", "colour", "quantity", "which")
PIECE = ("name", "category", "colour", "pattern")
TAKEN_OUT = ("~remove", "~cancel", "~erase")
LETTING = frozenset(("wacha", "acha", "achana", "wachana"))
ANOTHER_TIME = {
    ("another", "day"), ("another", "time"), ("next", "time"), ("other", "day"), ("other", "time"),
    ("wakati", "mwingine"), ("siku", "nyingine"), ("siku", "ingine"), ("next", "month"),
}  # fmt: skip
AROUND = frozenset((
    "na", "hiyo", "hizo", "hii", "hizi", "ile", "zile", "hio", "ya", "za", "la", "the", "tu",
    "basi", "bana",
))  # fmt: skip
PASSED_UP = frozenset((
    "ok", "okay", "sawa", "haya", "then", "now", "one", "ones", "kabisa", "nayo", "nazo", "just",
    "ikiwa", "hivyo", "so", "oh",
))  # fmt: skip
WITH_IT = frozenset(("nayo", "nazo", "nalo", "nacho", "navyo", "it", "them"))


def tells_another_time(clause: Message) -> bool:
    """Whether a piece is for later: "I'll buy it another day", "nitanunua siku nyingine"."""
    return any(pair in ANOTHER_TIME for pair in itertools.pairwise(t.text for t in clause.tokens))


def leaving(message: Message) -> list[a.Act]:
    """A Remove of the piece left out; nothing unless another piece is kept."""
    if message.asks or not message.says_any(ONLY):
        return []
    parts = list(_parts(message))
    if (refused := _beside_one_let_be(parts)) is not None:
        return [_removed(refused)]
    left = [part for part in parts if part.says_any(LEAVE)] or _refused(parts)
    kept = [part for part in parts if part.says_any(ONLY) and part not in left]
    if len(left) != 1 or not kept or not _names_piece(left[0]) or not any(map(_names_piece, kept)):
        return []
    out = [part for part in kept if _takes_only_this_out(part)]
    return [_removed(out[0] if out else left[0])] if len(out) < 2 else []


def _removed(part: Message) -> a.Remove:
    part = part.only([replace(f, denied=False) for f in part.slots.finds if f.slot in PIECE])
    told = target(part, whole(part), PIECE)
    return a.Remove(target=told.model_copy(update={"scope": "one", "pointed": None}))


def _beside_one_let_be(parts: list[Message]) -> Message | None:
    """The piece refused beside one that is let be: "viatu sivitaki, acha gauni peke yake"."""
    behind = zip([None, *parts], parts, strict=False)
    spared = [
        part
        for before, part in behind
        if part.says_any(ONLY) and _names_piece(part) and _is_let_be(before, part)
    ]
    refused = [p for p in parts if p not in spared and _refuses(p) and _names_piece(p)]
    return refused[0] if len(spared) == len(refused) == 1 else None


def _is_let_be(before: Message | None, part: Message) -> bool:
    """Whether "acha" stands in the part, or is all of the part before it."""
    alone = before is not None and len(before.tokens) == 1 and before.says_any(LETTING)
    return alone or part.says_any(LETTING)


def _takes_only_this_out(part: Message) -> bool:
    """Whether "only" says what goes: "cancel jacket tu, hizo shorts ziache"."""
    at = next((i for i, t in enumerate(part.tokens) if not t.tags.isdisjoint(TAKEN_OUT)), None)
    named = at is not None and any(f.slot in PIECE and f.start > at for f in part.slots.finds)
    return named and not part.says_any(KEEP)


def _refused(parts: list[Message]) -> list[Message]:
    """The parts that refuse a line while another line is kept: "sitaki polo, shirt tu"."""
    refused = [part for part in parts if _refuses(part) and not part.says_any(ONLY)]
    others = [part for part in parts if part not in refused and _names_piece(part)]
    if any(part.tokens[0].text in JOINERS for part in others):
        return []  # "toa belt na hoodie tu" takes both out
    kept = others and all(part.lines_said() and not part.tagged("~give") for part in others)
    return refused if kept and all(part.lines_said() for part in refused) else []


def _refuses(part: Message) -> bool:
    """Whether a piece is refused: "sitaki belt", "toa belt", "I no longer need the belt"."""
    texts = [token.text for token in part.tokens]
    no_more = ("no", "longer") in itertools.pairwise(texts)
    return part.tagged("~!want", "~remove") or (no_more and not part.tagged("~give"))


def _parts(message: Message) -> Iterator[Message]:
    """The message between its commas and joining words."""
    cuts = [
        at
        for at in range(1, len(message.tokens))
        if message.tokens[at - 1].pause
        or message.tokens[at].text in CUTS
        or _only_that(message, at)
    ]
    for start, end in itertools.pairwise((0, *cuts, len(message.tokens))):
        yield message.clause(start, end)


def _only_that(message: Message, at: int) -> bool:
    """Whether another piece begins here and is all that is kept: "toa belt hoodie tu"."""
    heads = [find for find in message.slots.finds if find.slot in ("name", "category")]
    here = next((find for find in heads if find.start == at), None)
    behind = message.tokens[here.end : here.end + 1] if here else ()
    joined = at > 0 and message.tokens[at - 1].text in JOINERS
    only = not joined and any(token.text in ONLY for token in behind)
    return only and any(find.end <= at and find.value != here.value for find in heads if here)


def _names_piece(part: Message) -> bool:
    return any(find.slot in PIECE for find in part.slots.finds)


def left_alone(clause: Message) -> list[a.Act]:
    """A Remove or Decline of the piece named before "leave": "boxers wacha tu"."""
    at = next((i for i, token in enumerate(clause.tokens) if token.text in LEAVE), None)
    if at is None or at == 0 or clause.asks or not _ends_clause(clause, at):
        return []
    if clause.tokens[at - 1].text == "dont":  # "the belt, don't forget it"
        return []
    part = clause.clause(0, at)
    if line := line_of_stature(part):  # "hiyo ndogo acha"
        return [a.Remove(target=a.Target(line=line.number))]
    counts = part.slots.wanted("quantity")
    heads = [f for f in part.slots.finds if f.slot in ("name", "category")]
    heads = heads or _one_line(part, alone=bool(counts) or len(part.tokens) == 1)
    if not heads or max(find.end for find in (*heads, *counts)) != at:
        return []
    if not clause.context.cart and clause.context.question not in OF_QUESTION:
        return [a.Decline()]
    told = target(part, whole(part), PIECE).model_copy(update={"scope": "one", "pointed": None})
    return [a.Remove(target=told, quantity=_some_of_line(part))]


def _some_of_line(part: Message) -> int | None:
    """The count said, where the line has more units than that: "white mbili acha"."""
    counts, lines = part.slots.wanted("quantity"), part.lines_said()
    count = int(str(counts[0].value)) if len(counts) == 1 else 0
    return count if count and len(lines) == 1 and count < lines[0].quantity else None


def let_go(message: Message) -> tuple[int, int] | None:
    """(start, end) of words that let an ordered piece go: "wacha vans" of "wacha vans, …"."""
    for at, token in enumerate(message.tokens):
        if token.text not in LETTING:
            continue
        rest = range(at + 1, len(message.tokens))
        end = next((here + 1 for here in rest if message.tokens[here].pause), len(message.tokens))
        part = message.clause(at + 1, end)
        named = {i for f in part.slots.finds if f.slot in PIECE for i in range(f.start, f.end)}
        others = {t.text for i, t in enumerate(part.tokens) if i not in named}
        if named and others <= AROUND and part.lines_said() and message.context.cart:
            return at, end
    return None


def let_go_behind(message: Message) -> int | None:
    """Where the words end that let the piece before them go: "hiyo marvin wachana nayo, weka …"."""
    texts = [token.text for token in message.tokens]
    pairs = enumerate(itertools.pairwise(texts))
    at = next((i for i, (let, it) in pairs if let in LETTING and it in WITH_IT), None)
    if at is None or not message.context.cart or message.asks:
        return None
    start = next((i for i in range(at, 0, -1) if message.tokens[i - 1].pause), 0)
    named = message.clause(start, at)
    heads = any(find.slot in ("name", "category") for find in named.slots.finds)
    return at + 2 if heads and named.lines_said() else None


def put_off(message: Message) -> tuple[int, int] | None:
    """(start, end) of words that leave an ordered piece for another time."""
    texts = [token.text for token in message.tokens]
    later = next(
        (i for i, pair in enumerate(itertools.pairwise(texts)) if pair in ANOTHER_TIME), None
    )
    if later is None or not message.context.cart or message.asks:
        return None
    parted = (i for i in range(later, 0, -1) if message.tokens[i - 1].pause or texts[i] in CUTS)
    start = next(parted, 0)
    part = message.clause(start, later)
    named = any(find.slot in PIECE for find in part.slots.finds)
    return (start, later + 2) if named and part.lines_said() else None


def passed_up(clause: Message) -> list[a.Act]:
    """A Decline of what is not in the order: "leave the green", "basi za green wacha kabisa"."""
    if clause.asks or clause.lines_said() or not clause.says_any(LEAVE):
        return []
    named = {i for f in clause.slots.finds if f.slot in PIECE for i in range(f.start, f.end)}
    others = {token.text for i, token in enumerate(clause.tokens) if i not in named}
    return [a.Decline()] if named and others <= AROUND | LEAVE | PASSED_UP else []


def putting_off(clause: Message) -> list[a.Act]:
    """A Remove of what is left for another time: "nitachukua belt siku nyingine"."""
    span = put_off(clause)
    if span is None or span[0]:
        return []
    part = clause.clause(0, span[1] - 2)
    told = target(part, whole(part), PIECE)
    return [a.Remove(target=told.model_copy(update={"scope": "one", "pointed": None}))]


def letting_go(clause: Message) -> list[a.Act]:
    """A Remove of the ordered piece that is let go at the end: "wacha vans"."""
    span = let_go(clause)
    if span is None or clause.asks or span[1] != len(clause.tokens):
        return []
    part = clause.clause(span[0] + 1, span[1])
    told = target(part, whole(part), PIECE)
    return [a.Remove(target=told.model_copy(update={"scope": "one", "pointed": None}))]


def _one_line(part: Message, *, alone: bool) -> list[Find]:
    """The colour that points at one line of the order: "hiyo ya grey achana nayo"."""
    colours = [f for f in part.slots.wanted("colour") if alone or definite(part, f)]
    ordered = len(part.only(colours).lines_said()) == 1
    return colours if len(colours) == 1 and ordered else []


def _ends_clause(clause: Message, at: int) -> bool:
    """Whether nothing but "tu", "basi" or "nayo" follows."""
    behind = clause.tokens[at + 1 :]
    if clause.tokens[at].pause or not behind:
        return True
    bare = behind[0].text in ONLY | WITH_IT or "@stopword" in behind[0].tags
    return bare and (len(behind) == 1 or bool(behind[0].pause))
