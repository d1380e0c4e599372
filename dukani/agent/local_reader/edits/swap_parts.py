"""Parts a swap into what goes and what comes: "swap the hoodie | for the jacket".

Both must be different pieces, and the new one none that is in the order: in "swap the red hoodie
for the black hoodie" only the colour changes.
"""

from __future__ import annotations

from dataclasses import replace

from dukani.agent.lexicon.kinds import kind_of
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.groups import Group
from dukani.agent.local_reader.edits.pieces import single, target
from dukani.agent.local_reader.edits.words import JOINERS
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

CONNECTORS = word_set("swapping", "connectors")
SWAP = ("~change", "~return")
GENITIVE = frozenset(("ya", "za", "la", "cha", "vya", "wa"))
GONE = ("name", "category", "colour", "size")


def what_goes(clause: Message, gone: Group | None) -> a.Target:
    """The line that goes; where none is named, the piece spoken of last."""
    if gone is None:
        return a.Target(pointed="it")
    return single(target(clause.only(gone.finds), gone, GONE, line=bool(clause.context.cart)))


def part_between(clause: Message, start: int, end: int, *, denied: bool = False) -> Group:
    """What is named between these places: the wanted, or with `denied` what is not."""
    finds = tuple(
        replace(find, denied=False)
        for find in clause.slots.finds
        if start <= find.start < end and find.denied == denied
    )
    return Group(finds, start, end)


def end_of(clause: Message, at: int) -> int:
    """The end of the words behind "for": the next joint."""
    for here in range(at + 1, len(clause.tokens)):
        token = clause.tokens[here]
        trails = token.text == "then" and bool(token.pause)  # "… for the dress then, red M"
        if token.text in JOINERS and here > at + 1 and not trails:
            return here
    return len(clause.tokens)


def swap_verb(clause: Message) -> int | None:
    """The place of the verb that swaps: "swap", "badilisha"."""
    return next((i for i, t in enumerate(clause.tokens) if not t.tags.isdisjoint(SWAP)), None)


def undenied(finds: list[Find]) -> list[Find]:
    """The finds, as if "badala ya" denied none of them."""
    return [replace(find, denied=False) for find in finds]


def is_line(clause: Message, wanted: Group) -> bool:
    """Whether the wanted piece is in the cart, so only its size or colour changes."""
    heads = [find for find in wanted.heads if find.slot != "option"]
    words = [word for find in heads if find.slot == "name" for word in str(find.value).split()]
    lines = clause.only(heads).lines_said() if heads else []
    return any(mostly_called(line.name.lower(), words) for line in lines)


def mostly_called(name: str, words: list[str]) -> bool:
    """Whether a name has more than half of the words: a crop top is no "graphic crop tee"."""
    return not words or 2 * sum(word in name for word in words) > len(words)


def of_other_kinds(clause: Message, gone: Group, wanted: Group) -> bool:
    """Whether both are of different kinds in one category: a poncho and a cardigan (sweaters)."""
    one, other = (kind_of(clause.tokens[part.heads[0].start].text) for part in (gone, wanted))
    return one is not None and other is not None and one != other


def differ(gone: Group, wanted: Group) -> bool:
    """Whether the two parts name different pieces, and not one piece twice."""

    def said(group: Group) -> set[tuple[str, object]]:
        return {(find.slot, find.value) for find in group.heads}

    def slots(finds: list[Find]) -> set[str]:
        return {find.slot for find in finds}

    if said(gone) == said(wanted):
        return False
    both = slots(gone.heads) & slots(wanted.heads)
    same = said(gone) & said(wanted)
    return not both or len(same) < len(both) or bool(slots(gone.heads) ^ slots(wanted.heads))
