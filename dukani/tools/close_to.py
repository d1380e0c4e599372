"""Tells what to look for where nothing is found: the same by another name, or what comes close.

"Timbs" are Timberland boots, a "jezi" may be a Football Kit. Of what no shop word tells, the rest
of the wish is left: for "fofanas in 42" what comes in 42, and it is said that there is none called
so. A wish with no such rest has no other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dukani.agent.facts import Wish
from dukani.agent.lexicon import canonical_category
from dukani.agent.lexicon.kinds import kind_of
from dukani.agent.lexicon.tables import read_table
from dukani.domain.naming import singulars, words_of

_TABLE = read_table("everyday.toml")
_SAME: dict[str, tuple[str, ...]] = {
    word: tuple(one.strip() for one in told.split("/")) for word, told in _TABLE["same"].items()
}
_NEAR: dict[str, tuple[str, ...]] = {w: tuple(v.split()) for w, v in _TABLE["near"].items()}
# Kinds that are not worn: nothing worn comes close.
_NOT_WORN = frozenset((
    "perfume", "bedsheet", "fabric", "towel", "blanket", "diaper", "curtain", "umbrella", "bag",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class CloseWish:
    """A wish that may find what another did not, and the other's fields that it gives up."""

    wish: Wish
    dropped: tuple[str, ...] = ()

    def may_drop(self, fields: Sequence[str]) -> bool:
        """Whether it may give up these too: the same thing its size or colour, another nothing."""
        return not fields or (not self.dropped and {"size", "colour"}.issuperset(fields))


def close_to(wish: Wish, sold: Sequence[str], *, for_somebody: bool) -> Iterator[CloseWish]:
    """Other wishes, the closest first; `sold` are the shop's categories.

    `for_somebody`: it is told for whom or of which age the piece is to be.
    """
    said = words_of(f"{wish.name or ''} {wish.words or ''}")
    told = [one for word in said for one in (word, *sorted(singulars(word)))]
    told = list(dict.fromkeys((*told, *([wish.category] if wish.category else []))))
    if not told:
        return
    for same in dict.fromkeys(one for word in told for one in _SAME.get(word, ())):
        yield CloseWish(_called(wish, same, _sold(wish, sold)))
    dropped = tuple(f for f in ("category", "name", "words") if getattr(wish, f) is not None)[:1]
    for kind in dict.fromkeys(one for word in told for one in _NEAR.get(word, ())):
        if filed := _filed(kind, sold):
            words = kind if kind_of(filed) != kind_of(kind) and filed != kind else None
            yield CloseWish(_called(wish, words, filed), dropped)
    if _has_a_rest(wish, for_somebody=for_somebody):
        yield CloseWish(_called(wish, None, None), dropped)


def _called(wish: Wish, words: str | None, category: str | None) -> Wish:
    return wish.model_copy(update={"name": None, "words": words, "category": category})


def _sold(wish: Wish, sold: Sequence[str]) -> str | None:
    """The wish's category, if the shop sells it."""
    return wish.category if wish.category in sold else None


def _filed(kind: str, sold: Sequence[str]) -> str | None:
    """The shop's category of a kind, or of the pieces among which it would be."""
    own = [one for one in sold if one == kind or kind_of(one) == (kind_of(kind) or kind)]
    among = [one for one in sold if one == canonical_category(kind)]
    return next(iter((*own, *among)), None)


def _has_a_rest(wish: Wish, *, for_somebody: bool) -> bool:
    """Whether enough is told beside a name or kind; of a kind that is worn its use or wearer.

    Jeans in 34 are no answer to bras in 34.
    """
    if wish.category in _NOT_WORN:
        return False
    if wish.category:
        return wish.occasion is not None
    told = (wish.size, wish.colour, wish.occasion, wish.pattern)
    return for_somebody or any(one is not None for one in told)
