"""Reads what each of several persons' units of one line are to be: "hers is 37 and mine 39".

Of two pairs, one the customer's and one her sister's, each gets the size or colour told of its
person; what is said to stay ("mine stays 41") changes nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dukani.agent.local_reader.edits.besides import FURTHER
from dukani.agent.local_reader.edits.of_wearer import HERS, HIS, OF_RELATIONS, OWN
from dukani.agent.local_reader.edits.persons_contrasted import ANOTHERS, parts_by_person, persons
from dukani.agent.local_reader.edits.words import ALL
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.negation import SMALL_OR_LARGE
from dukani.agent.local_reader.talk.fit_told import fit_told
from dukani.agent.local_reader.talk.relations import relations_of, relations_said
from dukani.domain import acts as a
from dukani.domain.pieces import Line, Share
from dukani.domain.sizes import same_size
from dukani.domain.whose import Whose

_I = OWN | {"mimi", "me", "i"}
_BOTH = ALL | {"both"}
_TO_BE = ("colour", "size")
_TOO, _VERY = frozenset(("too", "so", "very")), frozenset(("sana", "mno", "kabisa"))
_HOLD_ALL = ("~add", "~remove")


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of one person's share."""

    share: Share
    values: a.Values


def shares_contrasted(message: Message) -> list[a.Act]:
    """The edits of each person's units of the one line for several; nothing where one is told."""
    lines = [line for line in message.context.cart if line.shares]
    if len(lines) != 1 or message.asks or message.tagged(*_HOLD_ALL) or message.says_any(FURTHER):
        return []
    [line] = lines
    parts = _with_loose_values(list(parts_by_person(message)))
    told = list(_told(parts, line))
    whose = {one.share.worn_by for one in told}
    if len(told) < 2 or len(whose) != len(told):
        return []
    shared = _shared(parts)
    changes = [one for one in (_with(one, shared, line) for one in told) if one is not None]
    return list(_edits(line, changes))


def _with_loose_values(parts: Sequence[Message]) -> list[Message]:
    """The parts, with a value between two persons told of the one before: "mine L, black, his M".

    Before or behind all of them it is told of all, so that it stays a part of its own.
    """
    last = max((at for at, part in enumerate(parts) if persons(part)), default=0)
    joined: list[Message] = []
    for at, part in enumerate(parts):
        loose = not persons(part) and not part.says_any(_BOTH) and at < last
        if loose and joined and persons(joined[-1]):
            tokens = (*joined[-1].tokens, *part.tokens)
            joined[-1] = replace(part, tokens=tokens).clause(0, len(tokens))
        else:
            joined.append(part)
    return joined


def _fits_badly(part: Message) -> bool:
    """Whether a piece is called too small or large, which is no size: "his is too small"."""
    texts = [text for token in part.tokens for text in token.text.split()]
    much = any(
        (one in _TOO and other in SMALL_OR_LARGE) or (one in SMALL_OR_LARGE and other in _VERY)
        for one, other in itertools.pairwise(texts)
    )
    return much or fit_told(part.tokens) is not None


def _told(parts: Sequence[Message], line: Line) -> Iterator[_Told]:
    for part in parts:
        share = _share(part, line)
        if share is not None:
            yield _Told(share, _values(part))


def _share(part: Message, line: Line) -> Share | None:
    """The share of the person whom the part names; None where it names none of them."""
    said = persons(part)
    if not said:
        return None
    fitting = [share for share in line.shares if _is_of(share, said[0])]
    return fitting[0] if len(fitting) == 1 else None


def _is_of(share: Share, word: str) -> bool:
    if word in _I:
        return share.worn_by is None
    if share.worn_by is None:
        return False
    relations = relations_of(share.worn_by)
    if word in ANOTHERS:
        return True
    if word in HIS | HERS:
        sex, other = ("boys", "girls") if word in HIS else ("girls", "boys")
        return not relations & OF_RELATIONS[other] or bool(relations & OF_RELATIONS[sex])
    return bool(relations & (relations_said(word) | relations_said(word.removesuffix("s"))))


def _values(part: Message) -> a.Values:
    """What the part tells; a complaint tells of no size that is wished."""
    if _fits_badly(part):
        return a.Values()
    finds = [find for find in part.slots.finds if find.slot in _TO_BE and not find.denied]
    return a.Values(**{find.slot: find.value for find in finds})


def _shared(parts: Sequence[Message]) -> a.Values:
    """What is told of all of them: "both black", or a value alone: "…, size 42"."""
    loose = [part for part in parts if not persons(part)]
    both = [part for part in loose if part.says_any(_BOTH)]
    told = both or [part for part in loose if not _values(part).says_nothing]
    return _values(told[0]) if told else a.Values()


def _with(told: _Told, shared: a.Values, line: Line) -> _Told | None:
    """What is told with what holds for all; None where it is so already."""
    colour = told.values.colour or shared.colour
    size = told.values.size or shared.size
    colour = None if colour == line.colour else colour
    size = None if size is not None and same_size(size, line.size) else size
    if colour is None and size is None:
        return None
    return _Told(told.share, a.Values(colour=colour, size=size))


def _edits(line: Line, changes: Sequence[_Told]) -> Iterator[a.Act]:
    """A part for each person; the last ones of the line are the line itself."""
    target, left = a.Target(line=line.number), line.quantity
    for one in changes:
        units = one.share.units
        if units == left:
            yield a.Set(target=target, values=one.values, change=True)
        else:
            part = one.values.model_copy(update={"quantity": units})
            yield a.Split(target=target, parts=(part,), units_of=Whose(one.share.worn_by))
        left -= units
