"""Reads what the eldest gets and what the others: "4, 6 na 8. Mkubwa white, wengine pink"."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.other_of_them import OTHERS
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a

BIG = word_set("edits", "big_one")
SMALL = word_set("edits", "small_one")
REST = OTHERS | {"wengine", "mwingine", "other"}


def for_elder_and_others(
    clause: Message, before: Sequence[a.Act], acts: list[a.Act]
) -> list[a.Act] | None:
    """An Add for each child told of just before, in what its place in age gets; None: no such."""
    ages = sorted(age for act in before if (age := _age_alone(act)) is not None)
    if len(ages) < 2 or len(ages) != len(before) or not clause.says_any(BIG | SMALL):
        return None
    told = _values_by_child(clause)
    if {"big", "small", "rest"} & told.keys() != told.keys() or len(told) < 2:
        return None
    targets = [act.target for act in acts if isinstance(act, a.Add) and act.target.describes]
    target = targets[0].model_copy(update={"colour": None}) if targets else a.Target()
    each = [_place(age, ages, told) for age in ages]
    if any(values is None for values in each):
        return None
    return [
        a.Add(target=target, values=values.model_copy(update={"age": age}))
        for age, values in zip(ages, each, strict=True)
        if values is not None
    ]


def _place(age: int, ages: Sequence[int], told: dict[str, a.Values]) -> a.Values | None:
    if "big" in told and age == ages[-1]:
        return told["big"]
    if "small" in told and age == ages[0]:
        return told["small"]
    return told.get("rest")


def _values_by_child(clause: Message) -> dict[str, a.Values]:
    """The colour told for each of big, small and rest, in the words behind it."""
    told: dict[str, a.Values] = {}
    who: str | None = None
    colours = {find.start: find.value for find in clause.slots.wanted("colour")}
    for at, token in enumerate(clause.tokens):
        who = _who(token.text) or who
        if who and at in colours:
            told.setdefault(who, a.Values(colour=str(colours[at])))
    return told


def _who(word: str) -> str | None:
    return "big" if word in BIG else "small" if word in SMALL else "rest" if word in REST else None


def _age_alone(act: a.Act) -> int | None:
    values = act.values if isinstance(act, a.Add) else None
    alone = values is not None and values == a.Values(age=values.age)
    return values.age if values is not None and alone else None
