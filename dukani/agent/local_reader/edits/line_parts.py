"""Divides a message into parts that each tell one thing of one line: "belt toa", "hoodie iwe M".

`line_parts` gives nothing where a word near a line is not understood: a part is read whole or not
at all.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.leaving import ANOTHER_TIME
from dukani.agent.local_reader.edits.ops import Op, op_at
from dukani.agent.local_reader.edits.words import (
    ALL,
    BOTH,
    FEWER,
    MORE,
    ONLY,
    OTHER,
    SET_TO,
    SET_TO_BEFORE,
)
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message

JOINTS = word_set("line_parts", "joints")
FILLERS = word_set("line_parts", "fillers")
AS_IS = word_set("line_parts", "as_is")
OF = word_set("line_parts", "of")
REST = word_set("sparing", "rest") | OTHER | frozenset(("rest",))
CANNOT = frozenset(("cant", "cannot", "siwezi", "sitaweza"))
LETTING = frozenset(("acha", "wacha", "achana", "wachana"))
LEAVE_WITH = frozenset(("leave", "with"))
AND = frozenset(("na", "and", "plus", "&"))
NAMING = AND | frozenset(("the", "ya", "za", "la", "yangu", "my"))
NAMED = frozenset(("category", "colour", "size", "pattern"))
REFUSES = ("~!want", "~!take", "~!like", "~!put", "~!buy", "~!need")
PLAIN = ("@stopword", "@this", "@hello", "@ok", "@all", "@yes")
HEADS = ("name", "category", "pattern")
VARIANT = ("colour", "size")
CHATTER = frozenset(
    ("correction", "affirm", "thanks", "greet", "checkout", "payment_retry", "ask_discount",
     "deny", "cancel", "want")
)  # fmt: skip
TAKES = ("~take", "~want", "~give", "~buy", "~put", "~like", "~choose")


@dataclass(frozen=True)
class Part:
    """What is said of one line: `which` names it, `values` and `count` are what it is to be."""

    clause: Message
    op: Op | None = None
    which: tuple[Find, ...] = ()
    values: tuple[Find, ...] = ()
    count: int | None = None
    only: bool = False
    of_them: bool = False  # the values are of so many of the line's units
    counts_first: bool = False  # the count stands before the values
    stays_alone: bool = False  # the customer keeps this and nothing else
    leads: bool = False  # the command stands before the line

    def says(self, words: frozenset[str]) -> bool:
        return self.clause.says_any(words)

    @property
    def joined(self) -> bool:
        """Whether the part goes on with the line before: "na belt"."""
        return self.clause.tokens[0].text in AND

    @property
    def names_only(self) -> bool:
        """Whether no word but the line's names and the like is said: not "the belt is nice"."""
        names = {word for find in self.which for word in str(find.value).split()}
        return all(
            token.kind in NAMED or token.text in names | NAMING or "@this" in token.tags
            for token in self.clause.tokens
        )

    @property
    def bare(self) -> bool:
        """Whether a line is named and nothing said of it."""
        return not (self.op or self.values or self.count or self.only)


def line_parts(message: Message) -> list[Part]:
    """The parts of the message, without those that tell of no line; empty if one is unclear."""
    parts: list[Part] = []
    for start, end in _spans(message):
        clause = message.only(f for f in message.slots.finds if start <= f.start < end)
        if _is_chatter(message, start, end):
            if not _may_be_left_out(message.clause(start, end)):
                return []
            continue
        part = _part(clause, start, end)
        if part is None:
            return []
        parts.append(part)
    return _completed(parts)


def _spans(message: Message) -> Iterator[tuple[int, int]]:
    """(start, end) of each part: at pauses, joining words, and where another line begins."""
    start = 0
    for at in range(1, len(message.tokens)):
        parted = message.tokens[at - 1].pause or message.tokens[at].text in JOINTS
        if parted or _begins_another(message, start, at):
            yield start, at
            start = at
    yield start, len(message.tokens)


def _begins_another(message: Message, start: int, at: int) -> bool:
    """Whether all is said of the line before, and this word begins with the next one."""
    before = [find for find in message.slots.finds if start <= find.start and find.end <= at]
    named = any(find.slot in HEADS for find in before)
    told = any(op_at(message, i) in ("remove", "keep") for i in range(start, at))
    counted = any(find.slot in (*VARIANT, "quantity") for find in before)
    if not before or not (told or (named and counted)):
        return False
    here = {find.slot for find in message.slots.finds if find.start == at}
    if "colour" in here and {"colour", "quantity"} <= {find.slot for find in before}:
        return True  # "make purple 3 orange stays 1"
    if here & {"name", "category"} and named:
        return True
    return op_at(message, at) in ("remove", "keep", "fewer", "set") and _names_behind(message, at)


def _names_behind(message: Message, at: int) -> bool:
    """Whether a line is named behind this command, in the same phrase."""
    for here in range(at, len(message.tokens)):
        if here > at and (op_at(message, here) or message.tokens[here].text in JOINTS):
            return False
        if any(f.start == here and f.slot in HEADS for f in message.slots.finds):
            return True
        if message.tokens[here].pause:
            return False
    return False


def _is_chatter(message: Message, start: int, end: int) -> bool:
    """Whether these words tell of no line."""
    if any(start <= find.start < end for find in message.slots.finds):
        return False
    places = range(start, end)
    if any(message.tokens[at].text in REST for at in places):
        return False
    ops = {_command(message, at) for at in places} - {None}
    strange = not all(_fills(message.tokens[at]) for at in places if not _command(message, at))
    return not ops or (strange and ops <= {"set", "take"})  # "nimebadili mawazo"


def _may_be_left_out(clause: Message) -> bool:
    """Whether words that tell of no line ask and command nothing."""
    return clause.cues.keys() <= CHATTER and not clause.tagged("~cancel", "~show", "~add")


def _command(message: Message, at: int) -> Op | None:
    """The command at this word: a refusal removes too."""
    token = message.tokens[at]
    following = message.tokens[at + 1] if at + 1 < len(message.tokens) else None
    if not token.tags.isdisjoint(REFUSES):
        return "remove"
    if token.text == "dont" and following is not None and not following.tags.isdisjoint(TAKES):
        return "remove"
    if token.text == "take" and following is not None and following.text in ("out", "off", "away"):
        return "remove"
    return op_at(message, at)


def _part(clause: Message, start: int, end: int) -> Part | None:
    """These words as a part; None where one of them is not understood."""
    places = range(start, end)
    ops = {at: op for at in places if (op := _command(clause, at))}
    finds = clause.slots.finds
    covered = {i for find in finds for i in range(find.start, find.end)} | ops.keys()
    words = [clause.tokens[at] for at in places if at not in covered]
    said = _one_op(set(ops.values()), clause.tokens[start:end])
    if _is_put_off(clause.tokens[start:end]):
        becomes: Op | None = "remove"
    elif said == "unclear" or not all(_fills(token) for token in words):
        return None
    else:
        becomes = said
    counts = [find for find in finds if find.slot == "quantity"]
    if becomes is None and counts and (by := _more_or_fewer(clause, counts[-1], end)):
        becomes = by
    if becomes in ("fewer", "add") and any(_is_reached(clause, find) for find in counts):
        becomes = "set"
    others = [find for find in finds if find.slot not in (*HEADS, *VARIANT, "quantity")]
    if len(counts) > 1 or others or any(_is_new(clause, find) for find in finds):
        return None
    which = _which(clause, start, becomes)
    to_be = [f for f in finds if f.slot in VARIANT and f not in which and not f.denied]
    if len({find.slot for find in to_be}) < len(to_be):
        return None
    texts = [token.text for token in clause.tokens[start:end]]
    own = any(text in ("niachie", "uniachie") or text[:6] in ("nibaki", "tubaki") for text in texts)
    first = min((find.start for find in which), default=end)
    return Part(
        replace(clause, tokens=clause.tokens[start:end]),
        becomes,
        tuple(which),
        tuple(to_be),
        int(str(counts[0].value)) if counts else None,
        only=any(text in ONLY for text in texts),
        of_them=bool(counts) and counts[0].end < end and clause.tokens[counts[0].end].text in OF,
        counts_first=bool(counts and to_be) and counts[0].start < to_be[0].start,
        stays_alone=own or texts[:3] == ["leave", "me", "with"],
        leads=any(at < first for at in ops),
    )


def _is_new(clause: Message, head: Find) -> bool:
    """Whether an article tells that the piece is none of the order's: "and a belt 36"."""
    before = clause.tokens[head.start - 1].text if head.start else ""
    return head.slot in HEADS and before in ("a", "an")


def _more_or_fewer(clause: Message, count: Find, end: int) -> Op | None:
    """What "one more", "mbili pungufu" come to, behind the count."""
    behind = clause.tokens[count.end].text if count.end < end else ""
    return "add" if behind in MORE else "fewer" if behind in FEWER else None


def _is_reached(clause: Message, count: Find) -> bool:
    """Whether so many are to be left or had at last: "reduce black to 2", "ongeza zifike tatu"."""
    before = clause.tokens[count.start - 1].text if count.start else ""
    return before in SET_TO_BEFORE | SET_TO


def _is_put_off(tokens: Sequence[Token]) -> bool:
    """Whether a line is left for another time or cannot be paid: "the rest next month"."""
    texts = [token.text for token in tokens]
    later = any(pair in ANOTHER_TIME for pair in itertools.pairwise(texts))
    return later or ("afford" in texts and not CANNOT.isdisjoint(texts))


def _fills(token: Token) -> bool:
    """Whether a word may be left out of what is said of a line."""
    plain = not token.tags.isdisjoint(PLAIN) or token.text in FILLERS | AS_IS | ALL | BOTH | REST
    return (
        plain or token.text in ONLY | SET_TO | SET_TO_BEFORE | LETTING | MORE | FEWER | LEAVE_WITH
    )


def _one_op(ops: set[Op], tokens: Sequence[Token]) -> Op | Literal["unclear"] | None:
    """What the commands of a part come to; "unclear" where they contradict each other."""
    texts = [token.text for token in tokens]
    literal = {text for text in texts if text in ("yes", "ndio", "ndiyo", "no", "hapana", "zii")}
    leaves = "leave" in texts or any(text in LETTING for text in texts)
    if leaves and any(text in AS_IS for text in texts):
        return "unclear" if ops else "keep"
    if "leave" in texts:
        return "keep" if texts[:3] == ["leave", "me", "with"] and not ops else "unclear"
    if leaves and not ops:
        return "remove"
    if "view" in ops or {"remove", "keep"} <= ops or (leaves and ops != {"keep"}):
        return "unclear"
    if "remove" in ops:
        return "remove" if not ops & {"add", "set", "fewer"} else "unclear"
    for op in ("keep", "set", "fewer", "add"):
        if op in ops:
            return op
    if "take" in ops:
        return "keep" if any(text in ONLY for text in texts) else "unclear"
    if literal:
        return "keep" if literal <= {"yes", "ndio", "ndiyo"} else "remove"
    return "keep" if any(text in AS_IS for text in texts) else None


def _which(clause: Message, start: int, op: Op | None) -> list[Find]:
    """The finds that name the line, and are not what the line is to be."""
    which = [find for find in clause.slots.finds if find.slot in HEADS]
    for find in clause.slots.finds:
        if find.slot in VARIANT and _tells_which(clause, which, find, start, op):
            which.append(find)
    return which


def _tells_which(
    clause: Message, which: Sequence[Find], find: Find, start: int, op: Op | None
) -> bool:
    """Whether a colour or size names a line, together with what names it already."""
    if find.slot in {one.slot for one in which} or _is_set(clause, find, start):
        return False
    fitting = clause.only(one for one in which if one.slot != "size").lines_said()
    said = [find, *(one for one in which if one.slot in VARIANT)]
    if not any(all(getattr(x, one.slot) == one.value for one in said) for x in fitting):
        return False
    finds = clause.slots.finds
    later = any(f.slot in VARIANT and f.start > find.start and not f.denied for f in finds)
    counted = any(f.slot == "quantity" for f in finds)
    return later or counted or find.denied or op in ("remove", "keep", "add", "fewer")


def _is_set(clause: Message, find: Find, start: int) -> bool:
    """Whether a value follows the word that sets it: "iwe 30"; not "make the black …"."""
    before = clause.tokens[find.start - 1] if find.start > start else None
    if before is None or before.text == "the" or "@this" in before.tags:
        return False
    ends = [f.end for f in clause.slots.finds if start <= f.start < find.start and f is not find]
    between = clause.tokens[max(ends, default=start) : find.start]
    return any(token.text in SET_TO | SET_TO_BEFORE for token in between)


def _completed(parts: Sequence[Part]) -> list[Part]:
    """The parts, with what is said of one of two joined lines said of both."""
    done: list[Part] = []
    for part in _joined(parts):
        if part.which or part.says(REST):
            done.append(part)
            continue
        if not done or (part.count and done[-1].count) or _says_anew(done[-1], part):
            return []  # "nyekundu mbili na njano moja": the yellow ones are of no line
        done[-1] = replace(
            done[-1],
            op=done[-1].op if part.op in (None, "set") and done[-1].op else part.op,
            values=(*done[-1].values, *part.values),
            count=part.count or done[-1].count,
        )
    for at, part in enumerate(done):
        if part.which and (part.bare or _goes_too(done, at)):
            lent = _lent(done, at)
            if lent is None:
                return []
            done[at] = replace(part, op=lent.op, values=lent.values, only=lent.only)
    return done


def _goes_too(parts: Sequence[Part], at: int) -> bool:
    """Whether "only" is of a removal that leaves other lines: "toa headwrap na vans tu"."""
    part = parts[at]
    alone = part.only and not (part.op or part.values or part.count)
    joined = at > 0 and part.joined and parts[at - 1].op == "remove" and parts[at - 1].leads
    return alone and joined and len(parts) < len(part.clause.context.cart)


def _says_anew(before: Part, part: Part) -> bool:
    """Whether a value is told of other units than before: "clutch 2, silver na gold"."""
    slots = {find.slot for find in before.values}
    return any(find.slot in slots for find in part.values)


def _joined(parts: Sequence[Part]) -> Iterator[Part]:
    """The parts, with a command that stands alone put with its line: "nibaki na / belt"."""
    alone: Part | None = None
    for part in parts:
        if part.op and not (part.which or part.values or part.count or part.says(REST)):
            alone = part
            continue
        if alone is not None and part.op is None:
            part = replace(part, op=alone.op, leads=True, stays_alone=alone.stays_alone)
            if alone.op in ("keep", "remove") and not part.which:
                part = replace(part, which=part.values, values=())  # "nibaki na / grey"
        alone = None
        yield part


def _lent(parts: Sequence[Part], at: int) -> Part | None:
    """The part whose command holds for this bare one too."""
    before = parts[at - 1] if at else None
    lends = before is not None and before.op in ("remove", "keep") and parts[at].joined
    if before is not None and lends and (before.leads or before.only):
        return before
    behind = parts[at + 1] if at + 1 < len(parts) else None
    if behind is None or not behind.joined or not parts[at].names_only:
        return None
    return behind if behind.op and not behind.leads and not behind.count else None
