"""Reads an edit of one person's units of a line for several: "ya dada iwe ya dhahabu".

Of two pairs, one the customer's and one her sister's, "her size is 37" changes one pair, and "toa
ya dada" takes one out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dukani.agent.lexicon.tokens import words_of
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.of_wearer import HERS, HIS, OWN
from dukani.agent.local_reader.edits.persons_own_line import may_be, without_greeted
from dukani.agent.local_reader.talk.relations import relations_of, relations_said
from dukani.core.store.wearers import WornBy
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Line, Share
from dukani.domain.shades import shades_of
from dukani.domain.sizes import same_size
from dukani.domain.wearers import Sex, sex_of
from dukani.domain.whose import Whose

_OF_EITHER = word_set("persons", "anothers")  # "yake" tells no sex
_CALLS = re.compile(
    r"^(?:hi |hey |sawa |ok )?[a-z]+(?= (?:naomba|nataka|nipe|niwekee|weka|wekea|tafadhali|please"
    r"|hebu|make|change|can|could|i|add|remove|toa)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Units:
    """What a person has in the order: a whole line, or a share of one."""

    line: Line
    share: Share | None

    @property
    def worn_by(self) -> WornBy | None:
        return self.share.worn_by if self.share else self.line.worn_by


def of_a_share(text: str, acts: Sequence[a.Act], context: TurnContext) -> list[a.Act] | None:
    """The acts, their one edit of the person's units alone; None where none is meant."""
    if not any(line.shares for line in context.cart):
        return None
    edits = [act for act in acts if isinstance(act, a.EDITS)]
    if any(isinstance(edit, a.Split) and edit.units_of for edit in edits):
        return list(acts)  # read so already
    edit = edits[0] if len(edits) == 1 else None
    if not isinstance(edit, a.Set | a.Split | a.Remove):
        return None
    told = _values(edit)
    if told is None or _answers(edit, context):
        return None
    meant = [
        units
        for units in _of_the_person(text, context)
        if _may_be(edit.target, units.line) and _comes_in(units.line, told, context)
    ]
    units = _one_of(meant, context)
    if units is None or units.share is None:
        return None
    parted = _parted(units.line, units.share, told, edit)
    return [parted if act is edit else act for act in acts if not isinstance(act, a.SetWearer)]


def _answers(edit: a.Edit, context: TurnContext) -> bool:
    """Whether the values are of a piece that is asked about or looked at: "she'll take black"."""
    asked = context.question is not None or context.focus is not None
    return isinstance(edit, a.Set) and asked and not edit.change


def _may_be(target: a.Target, line: Line) -> bool:
    return target == a.Target(line=line.number) or may_be(target, line)


def _values(edit: a.Set | a.Split | a.Remove) -> a.Values | None:
    """The colour or size that the units get, none of what is taken out; None: another edit."""
    if isinstance(edit, a.Remove):
        return a.Values() if edit.target.scope == "one" else None
    values = edit.values if isinstance(edit, a.Set) else edit.parts[0]
    alone = isinstance(edit, a.Set) or len(edit.parts) == 1
    return values if alone and (values.colour or values.size) else None


def _parted(line: Line, share: Share, values: a.Values, edit: a.Set | a.Split | a.Remove) -> a.Act:
    target, whose = a.Target(line=line.number), Whose(share.worn_by)
    if isinstance(edit, a.Remove):
        units = min(edit.quantity or share.units, share.units)
        return a.Remove(target=target, quantity=units, units_of=whose)
    said = values.quantity if isinstance(edit, a.Set) or share.units > 1 else None
    units = min(said or share.units, share.units)
    part = values.model_copy(update={"quantity": units})
    return a.Split(target=target, parts=(part,), units_of=whose)


def _of_the_person(text: str, context: TurnContext) -> list[_Units]:
    """What the person spoken of has: named, else the customer herself, else "hers", "yake"."""
    everything = [units for line in context.cart for units in _units_of(line)]
    said = without_greeted(_CALLS.sub(" ", text))
    words = {word for one in words_of(said) for word in (one, one.removesuffix("s"))}
    relations = relations_said(said)
    named = [one for one in everything if one.worn_by and _is_named(one.worn_by, relations, words)]
    if named or relations:
        return named
    if words & OWN:
        return [one for one in everything if one.worn_by is None]
    sexes = set(_sexes_of(words))
    others = [(one, sex_of(one.worn_by.relation)) for one in everything if one.worn_by]
    return [one for one, sex in others if sexes and (sex is None or sexes & {None, sex})]


def _units_of(line: Line) -> list[_Units]:
    return [_Units(line, share) for share in line.shares] or [_Units(line, None)]


def _is_named(person: WornBy, relations: frozenset[str], words: set[str]) -> bool:
    name = set(words_of(person.name or ""))
    return bool(relations_of(person) & relations) or bool(name and name <= words)


def _sexes_of(words: set[str]) -> Iterator[Sex | None]:
    """The sex that the words for a person tell; None of a word for either."""
    if words & HERS:
        yield "women"
    if words & HIS:
        yield "men"
    if words & _OF_EITHER:
        yield None


def _comes_in(line: Line, values: a.Values, context: TurnContext) -> bool:
    """Whether the line's piece is sold in these values, and would be another in them."""
    if values.says_nothing:
        return True
    piece = next((p for p in context.sold.pieces if p.product_id == line.product_id), None)
    if piece is None:
        return False
    shades = shades_of(values.colour, piece.colours) if values.colour else (line.colour,)
    size = values.size or line.size
    made = values.size is None or any(same_size(size, one) for one in piece.sizes)
    return bool(shades) and made and not (shades == (line.colour,) and same_size(size, line.size))


def _one_of(meant: Sequence[_Units], context: TurnContext) -> _Units | None:
    """The only one that may be meant, else the one of the line changed last."""
    last = [one for one in meant if one.line.number == context.last_line]
    found = meant if len(meant) == 1 else last
    return found[0] if len(found) == 1 else None
