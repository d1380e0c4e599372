"""Finds the lines that a word for a person means: "ya dada", "mine", "the bigger one"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.learned.standing_out import height
from dukani.agent.local_reader.talk.relations import relation_named
from dukani.core.store.wearers import WornBy
from dukani.domain.pieces import Line
from dukani.domain.sizes import ONE_SIZE

_OWN = frozenset(("mine", "yangu", "zangu", "langu", "changu", "vyangu", "kwangu", "me", "mimi"))
_BIG = word_set("edits", "big_one") | {"mkubwa", "kubwa", "wakubwa"}
_SMALL = word_set("edits", "small_one") | {"mdogo", "ndogo", "wadogo", "kadogo"}
_YOUNG = frozenset(("child", "son", "daughter"))


def lines_of_person(word: str, lines: Sequence[Line]) -> list[int]:
    """The places of the lines for the person; of a tall or small one by the size."""
    if word in _BIG or word in _SMALL:
        return list(_extreme(lines, largest=word in _BIG))
    if word in _OWN:
        worn = any(person for line in lines for person in _persons(line))
        return [at for at, line in enumerate(lines) if worn and None in _persons(line)]
    single = word.removesuffix("'s").removesuffix("s")
    relation = relation_named(word) or relation_named(single)
    of = _YOUNG if relation == "child" else {relation}
    return [
        at
        for at, line in enumerate(lines)
        if any(
            person.relation in of or (person.name or "").lower() in (word, single)
            for person in _persons(line)
            if person is not None
        )
    ]


def _persons(line: Line) -> list[WornBy | None]:
    """Who has units of the line; None: the customer herself."""
    return [share.worn_by for share in line.shares] or [line.worn_by]


def _extreme(lines: Sequence[Line], *, largest: bool) -> Iterator[int]:
    """Of each piece in several sizes, the line in the largest or the smallest."""
    for product in dict.fromkeys(line.product_id for line in lines):
        alike = [(height(x.size), at) for at, x in enumerate(lines) if x.product_id == product]
        alike = [one for one in alike if lines[one[1]].size != ONE_SIZE]
        if len({rank for rank, _ in alike}) > 1:
            yield (max(alike) if largest else min(alike))[1]
