"""Gives each of a couple the piece named for them: "the green ones, his in L and mine in S".

Of a Couple Shirt (His) and a Couple Dress (Hers) the L is of the shirt and the S of the dress.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dukani.agent.local_reader.edits.of_wearer import GENITIVE, HERS, HIS, OWN
from dukani.agent.local_reader.edits.persons_contrasted import ANOTHERS, parts_by_person
from dukani.agent.local_reader.edits.words import EXCEPT, INSTEAD
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.relations import relation_named
from dukani.core.store.wearers import Relation
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.naming import spells
from dukani.domain.pieces import SoldPiece
from dukani.domain.wearers import Sex, for_child, named_for, sex_of

_I = OWN | {"me", "mimi", "mie"}
_PARTNERS = (None, "husband", "wife", "boyfriend", "girlfriend")  # None: "his"
_BWANA = "bwana"  # a husband beside a wife; said to anybody else
_TO_BE = ("colour", "size")
_HEADS = ("name", "category")
_EDITS = ("~remove", "~change")


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of one of the two; `sex` is None of oneself and of a word for either."""

    sex: Sex | None
    relation: Relation | None
    values: a.Values


def for_a_couple(message: Message) -> list[a.Act]:
    """An Add of each one's piece; nothing where the list shown has no such two, or one is told."""
    context = message.context
    if message.asks or message.tagged(*_EDITS) or message.says_any(EXCEPT | INSTEAD):
        return []
    parts = [one for part in parts_by_person(message) for one in _by_person(part)]
    told = [one for part in parts if (one := _told(part)) is not None]
    if len(told) != 2 or any(one.values.says_nothing for one in told):
        return []
    sexes = _sexes(told)
    pieces = _the_two(context, [find for part in parts for find in part.slots.finds])
    if sexes is None or pieces is None:
        return []
    shared = _shared([part for part in parts if _told(part) is None], told, message)
    both = [_with(shared, one.values) for one in told]
    if len({(bool(values.colour), bool(values.size)) for values in both}) > 1:
        return []  # more is told of one than of the other
    return list(_adds(told, sexes, pieces, shared))


def _by_person(part: Message) -> list[Message]:
    """The part, cut before a second person without a word between: "bibi S bwana XL"."""
    who = [at for at, token in enumerate(part.tokens) if _person(token.text)]
    valued = [find.start for find in part.slots.finds if find.slot in _TO_BE]
    if len(who) != 2 or not valued:
        return [part]
    first, second = who
    cut = second - (part.tokens[second - 1].text in GENITIVE)
    if not (first < min(valued) < cut and max(valued) > second):
        return [part]
    return [part.clause(0, cut), part.clause(cut, len(part.tokens))]


def _told(part: Message) -> _Told | None:
    """What a part tells of its one person; None where it names none."""
    people = [one for token in part.tokens if (one := _person(token.text)) is not None]
    if len(people) != 1:
        return None
    sex, relation = people[0]
    return _Told(sex, relation, _values(part))


def _person(word: str) -> tuple[Sex | None, Relation | None] | None:
    if word in HIS or word in HERS:
        return ("men" if word in HIS else "women"), None
    if word in _I | ANOTHERS:
        return None, None
    relation = "husband" if word == _BWANA else relation_named(word)
    relation = relation or relation_named(word.removesuffix("s"))  # "hubby's"
    sex = sex_of(relation) if relation else None
    return (sex, relation) if sex else None


def _values(part: Message) -> a.Values:
    finds = [find for find in part.slots.finds if find.slot in _TO_BE and not find.denied]
    return a.Values(**{find.slot: find.value for find in finds})


def _shared(parts: Sequence[Message], told: Sequence[_Told], message: Message) -> a.Values:
    """What is said of both, before or behind them: "za kijani, mke M na mume L"."""
    loose = [values for part in parts if not (values := _values(part)).says_nothing]
    if loose:
        return loose[0] if len(loose) == 1 else a.Values()
    coloured = [one.values.colour for one in told if one.values.colour]
    finds = [find for find in message.slots.finds if find.slot in _TO_BE]
    outermost = bool(finds) and "colour" in (finds[0].slot, finds[-1].slot)
    return a.Values(colour=coloured[0]) if len(coloured) == 1 and outermost else a.Values()


def _with(shared: a.Values, own: a.Values) -> a.Values:
    return a.Values(colour=own.colour or shared.colour, size=own.size or shared.size)


def _sexes(told: Sequence[_Told]) -> list[Sex] | None:
    """The sex of each of the two: the customer's own is the other's opposite.

    Only of a couple: of "mine S and my sister's M" her own sex is not known.
    """
    known = [one for one in told if one.sex is not None]
    if not known or (len(known) == 2 and known[0].sex == known[1].sex):
        return None
    if len(known) == 1 and known[0].relation not in _PARTNERS:
        return None
    other: Sex = "women" if known[0].sex == "men" else "men"
    return [one.sex or other for one in told]


def _the_two(context: TurnContext, finds: Sequence[Find]) -> dict[Sex, SoldPiece] | None:
    """The one piece named for him and the one for her in view; None where there are not both."""
    near = {option.product_id for option in context.options}
    near |= {context.focus.product_id} if context.focus else set()
    colours = {str(find.value) for find in finds if find.slot == "colour" and not find.denied}
    found: dict[Sex, list[SoldPiece]] = {"men": [], "women": []}
    for piece in context.sold.pieces:
        sex = named_for(piece.name)
        comes = not colours or not colours.isdisjoint(piece.colours)
        if sex and comes and piece.product_id in near and not for_child(piece.name):
            found[sex].append(piece)
    if any(len(pieces) != 1 for pieces in found.values()):
        return None
    pieces = [one for [one] in found.values()]
    heads = [find for find in finds if find.slot in _HEADS]
    if any(not any(_calls(find, piece) for piece in pieces) for find in heads):
        return None  # "… and a cap": more is wanted than the two
    return {sex: one for sex, [one] in found.items()}


def _calls(head: Find, piece: SoldPiece) -> bool:
    called = str(head.value)
    return called == piece.category or spells(called, piece.name)


def _adds(
    told: Sequence[_Told], sexes: Sequence[Sex], pieces: dict[Sex, SoldPiece], shared: a.Values
) -> Iterator[a.Act]:
    related = any(one.relation for one in told)
    for one, sex in zip(told, sexes, strict=True):
        if related and (one.relation or one.sex is None):
            yield a.SetWearer(relation=one.relation)
        values = _with(shared, one.values)
        yield a.Add(target=a.Target(name=pieces[sex].name), values=values)
