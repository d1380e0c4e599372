"""Finds where a removal ends and another piece is told of: "toa mkanda, hoodie iko fiti"."""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.words import ALL, ANOTHER, BOTH, JOINERS
from dukani.agent.local_reader.parsing.message import Message

LISTED = word_set("next_said", "listed") | ALL | ANOTHER | BOTH | JOINERS
TELLING = word_set("next_said", "telling")
LOWERING = frozenset(("drop", "bring", "take", "cut", "reduce"))
DOWN_TO = frozenset(("to", "hadi", "mpaka"))
PLAIN = ("@stopword", "@this", "@hello")


def said_of_another(clause: Message, told: int) -> int:
    """The place behind the removal where a phrase says more of a piece than its name."""
    finds = clause.slots.finds
    for at in range(told + 1, len(clause.tokens)):
        removed = any(find.start < at for find in finds)
        if clause.tokens[at - 1].pause and removed and _tells(clause, at):
            return at
    return len(clause.tokens)


def _tells(clause: Message, at: int) -> bool:
    """Whether the phrase that begins here is more than one more piece of a list."""
    end = at
    while end < len(clause.tokens) and (end == at or not clause.tokens[end - 1].pause):
        end += 1
    named = {i for find in clause.slots.finds for i in range(find.start, find.end)}
    words = [token for i, token in enumerate(clause.tokens) if at <= i < end and i not in named]
    if named.isdisjoint(range(at, end)):
        return False
    if _sizes_anew(clause, range(at, end)):
        return True
    if clause.tokens[at].text in JOINERS:  # "and the belt I added" goes too
        return any(word.text in TELLING or "@ok" in word.tags for word in words)
    listed = (word.text in LISTED or not word.tags.isdisjoint(PLAIN) for word in words)
    return not all(listed) or any(word.text in TELLING for word in words)


def _sizes_anew(clause: Message, places: range) -> bool:
    """Whether the phrase gives a line a size that it has not: "black toa, blue 34"."""
    finds = [find for find in clause.slots.finds if find.start in places]
    sizes = {find.value for find in finds if find.slot == "size"}
    lines = clause.only(find for find in finds if find.slot != "size").lines_said()
    named = any(find.slot in ("name", "category", "colour") for find in finds)
    return bool(sizes and named and lines) and all(line.size not in sizes for line in lines)


def lowers(clause: Message) -> bool:
    """Whether "drop" only lowers a value: "drop the polo to M"."""
    dropped = next((at for at, t in enumerate(clause.tokens) if t.text in LOWERING), None)
    values = [find for find in clause.slots.finds if find.slot in ("size", "quantity")]
    return dropped is not None and any(
        find.start > dropped + 1 and clause.tokens[find.start - 1].text in DOWN_TO
        for find in values
    )


def said_one(clause: Message, start: int) -> bool:
    """Whether "a" stands right before the piece: "remove a black"."""
    return start > 0 and clause.tokens[start - 1].text in ("a", "an")


def said_before(clause: Message, told: int) -> int:
    """The place where the removal's own phrase begins, if it names what goes and others tell more.

    Of "za black tatu, toa hizo white" only the white go; of "belt, hoodie toa" both.
    """
    start = max((at + 1 for at in range(told) if clause.tokens[at].pause), default=0)
    end = next((at + 1 for at in range(told, len(clause.tokens)) if clause.tokens[at].pause), None)
    own = range(start, end if end is not None else len(clause.tokens))
    named = any(find.start in own for find in clause.slots.finds)
    counted = any(f.slot == "quantity" and f.start < start for f in clause.slots.finds)
    return start if named and (counted or (start > 0 and _tells(clause, 0))) else 0
