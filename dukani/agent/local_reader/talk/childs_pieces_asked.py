"""Looks for what there is for a child told of: "na kaka yao ana miaka 5, yeye kuna nini?"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dukani.agent.lexicon.tokens import words_of
from dukani.agent.local_reader.edits.of_wearer import HERS, HIS, OF_A_SEX, OF_RELATIONS
from dukani.agent.local_reader.talk.relations import relations_said
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.wearers import Sex, for_child, sex_said

_WHAT = frozenset(("nini", "what", "anything", "something", "chochote", "kitu", "vitu", "nguo"))
_NGUO = frozenset(("nguo", "kitu", "vitu"))
_THIS = frozenset((
    "hii", "hiyo", "hio", "hizi", "hizo", "izo", "ile", "zile", "iyo", "hiki", "hicho", "kile",
    "hivi", "hivyo", "vile",
))  # fmt: skip
_SEX: dict[str, Sex] = {"boys": "men", "girls": "women"}
_OF_A_PIECE = frozenset(
    ("size", "sizes", "saizi", "colour", "colours", "color", "colors", "rangi", "bei", "price")
)


def childs_pieces_asked(text: str, acts: Sequence[a.Act], context: TurnContext) -> list[a.Act]:
    """The acts, with a search for a child's pieces where nothing but the age is asked about.

    By "boys" or "girls" where the shop's names say so: it is no search among dresses just shown.
    """
    asked = [act for act in acts if isinstance(act, a.AskStock | a.Search)]
    if len(asked) != 1 or any(isinstance(act, a.EDITS) for act in acts):
        return list(acts)
    [one] = asked
    told = _age_alone(one)
    words = set(words_of(text))
    if told is None or _WHAT.isdisjoint(words) or words & _OF_A_PIECE or _points_at_one(text):
        return list(acts)
    whose = _whose(text, words)
    named = whose is not None and any(
        sex_said(name) == _SEX[whose] and for_child(name) for name in context.sold.names
    )
    search = a.Search(age=told.age, colour=told.colour, name=whose if named else None)
    return [search if act is one else act for act in acts]


def _points_at_one(text: str) -> bool:
    """Whether the garment is one in view: "hii nguo iko ya miaka 6?", "nguo hizo ziko za 8?"."""
    return any(
        (_NGUO & {one, other}) and (_THIS & {one, other}) for one, other in pairwise(words_of(text))
    )


def _age_alone(act: a.AskStock | a.Search) -> a.Values | None:
    """The age, and a colour, where nothing else tells what is asked for."""
    if isinstance(act, a.AskStock):
        told = a.Values(age=act.values.age, colour=act.values.colour)
        alone = act.target.says_nothing and act.values == told
    else:
        told = a.Values(age=act.age, colour=act.colour)
        bare = act.model_copy(update={"evidence": None, "instead": False})
        alone = bare == a.Search(age=act.age, colour=act.colour)
    return told if alone and told.age is not None else None


def _whose(text: str, words: set[str]) -> str | None:
    """The word for the child's sex, which a piece's name may say: "boys" of a brother."""
    relations = relations_said(text)
    pronouns = {"boys": HIS, "girls": HERS}
    told = {
        sex
        for sex, known in OF_RELATIONS.items()
        if relations & known or words & (OF_A_SEX[sex] | pronouns[sex])
    }
    return told.pop() if len(told) == 1 else None
