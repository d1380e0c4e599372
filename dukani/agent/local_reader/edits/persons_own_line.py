"""Finds the line by the person spoken of: "kumbe beste ni 14 sio 12", "mzee hataki grey".

The words for the person stand anywhere in the message; what they tell is of that person's line,
unless the words name another line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from dukani.agent.lexicon.tokens import words_of
from dukani.agent.local_reader.edits.named_for_person import (
    named_for_person,
    wishes_of_another_piece,
    without_called,
)
from dukani.agent.local_reader.edits.of_wearer import HERS, HIS, OF_RELATIONS, OWN, WEAR
from dukani.agent.local_reader.edits.ones_is_fine import (
    line_of_the_other_one,
    tells_of_own_apart,
)
from dukani.agent.local_reader.talk.relations import RELATION_WORDS, relations_of, relations_said
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.naming import spells
from dukani.domain.pieces import Line
from dukani.domain.wearers import named_for

_VOCATIVE = re.compile(
    rf"(?:^|[,.!?] ?)(?:{'|'.join(map(re.escape, sorted(RELATION_WORDS, key=len, reverse=True)))})"
    r" ?(?=[,.!?]|$)",
    re.IGNORECASE,
)

# "Hiyo yake weka navy": what is said is of the one other person's line
_OTHERS_FIRST = re.compile(
    r"^(?:(?:na|basi|sasa|ok|okay|zii|hapana|no|aki|lakini|but|sawa|alafu|halafu|wait|subiri),? )*"
    r"(?:(?:hiyo|iyo|ile|hizo|izo|zile|hilo|ilo|lile|hicho|icho|hii) )?"
    r"(?:yake|lake|chake|zake|vyake)\b(?! (?:size|saizi|bei|namba)\b)",
    re.IGNORECASE,
)

_GIVEN = frozenset(("give", "get", "make", "change", "for"))  # "give her 42"
_GETS = frozenset(("wants", "takes", "needs", "gets"))  # "she wants black"
_SHOULD = frozenset(("be", "get", "have", "take", "wear"))  # not "he should call"
_NOT_WORN = frozenset(
    ("my", "your", "number", "phone", "call", "ring", "name", "contact", "contacts", "details")
)
_LET = frozenset(("have", "get", "take", "wear"))  # "let him have it in red"
_IS_SIZED = frozenset(("a", "an", "size", "in"))  # "she's a 42"


def on_persons_line(text: str, acts: Sequence[a.Act], context: TurnContext) -> list[a.Act]:
    """The acts, with the one change of a line not named aimed at the line of the person said."""
    if swapped := _swapped_for_person(text, acts, context):
        return swapped
    acts = _changed_first(text, acts, context)
    changes = [act for act in acts if isinstance(act, a.Set)]
    if len(changes) != 1 or not any(x.worn_by or named_for(x.name) for x in context.cart):
        return list(acts)
    line = _only_line(text, context)
    change = changes[0]
    others = (a.Add, a.Substitute, a.Split)
    if line is None or _is_so(change.values, line):
        return list(acts)
    if not may_be(_besides(change), line):
        return list(acts)
    if any(isinstance(act, others) for act in acts):
        return list(acts)
    aimed = change.model_copy(update={"target": a.Target(line=line.number), "change": True})
    return [aimed if act is change else act for act in acts]


def _changed_first(text: str, acts: Sequence[a.Act], context: TurnContext) -> Sequence[a.Act]:
    """The acts, with the one Add of a colour as a change of the person's line: "yake weka navy"."""
    edits = [act for act in acts if isinstance(act, a.EDITS)]
    add = edits[0] if len(edits) == 1 else None
    if not isinstance(add, a.Add) or add.another or not _OTHERS_FIRST.match(text):
        return acts
    told = add.values
    alone = bool(told.colour) != bool(told.size) and told.quantity is None and told.age is None
    plain = add.target.model_copy(update={"pointed": None})
    named = plain in (a.Target(), a.Target(colour=told.colour, size=told.size))
    line = _only_line(text, context)
    if not (alone and named and line) or context.question:
        return acts
    change = a.Set(target=a.Target(), values=told, change=True)
    return [change if act is add else act for act in acts if not isinstance(act, a.SetWearer)]


def _swapped_for_person(
    text: str, acts: Sequence[a.Act], context: TurnContext
) -> list[a.Act] | None:
    """The acts, with the one swap of a piece of several lines aimed at the person's line.

    "My wife wants the Samba instead of the New Balance", and both have a New Balance.
    """
    swaps = [act for act in acts if isinstance(act, a.Substitute)]
    line = _only_line(text, context) if len(swaps) == 1 else None
    if line is None or any(isinstance(act, a.Set | a.Add | a.Split) for act in acts):
        return None
    [swap] = swaps
    told = swap.target
    named = told.name is None or spells(told.name, line.name)
    plain = told.model_copy(update={"name": None})
    if not named or not may_be(plain, line):
        return None
    aimed = swap.model_copy(update={"target": a.Target(line=line.number)})
    return [aimed if act is swap else act for act in acts]


def _only_line(text: str, context: TurnContext) -> Line | None:
    """The one line of the person said; greeted ("bro, make it two") nobody is spoken of."""
    if other := line_of_the_other_one(text, context):
        return other
    said = relations_said(without_greeted(text))
    lines = [x for x in context.cart if x.worn_by and relations_of(x.worn_by) & said]
    spoken = relations_said(without_called(text))
    if spoken:
        sexes = {sex for sex, relations in OF_RELATIONS.items() if spoken & relations}
    elif not lines:
        sexes = _sexes_of_pronouns(text)
        lines = list(_of_sex(sexes, context))
        own = tells_of_own_apart(text)
        if not sexes and not said and not own and _OTHERS_FIRST.match(text):
            lines = [line for line in context.cart if line.worn_by]
    else:
        sexes = set()
    if not lines and not wishes_of_another_piece(context):
        lines = named_for_person(context.cart, {WEAR[sex] for sex in sexes})
    return lines[0] if len(lines) == 1 else None


def _sexes_of_pronouns(text: str) -> set[str]:
    """The sex of the one person whom "hers" or "him" may mean; empty beside "mine"."""
    words = words_of(text)
    said = {word for at, word in enumerate(words) if _owns_or_gets(words, at)}
    sexes = {sex for sex, pronouns in (("girls", HERS), ("boys", HIS)) if said & pronouns}
    return sexes if len(sexes) == 1 and OWN.isdisjoint(words) else set()


def _of_sex(sexes: Collection[str], context: TurnContext) -> Iterator[Line]:
    """The lines of persons of that sex; all of another are left out."""
    for sex in sexes:
        for line in context.cart:
            told = relations_of(line.worn_by) if line.worn_by else frozenset()
            known = told & (OF_RELATIONS["girls"] | OF_RELATIONS["boys"])
            if line.worn_by and (not known or known & OF_RELATIONS[sex]):
                yield line


def _owns_or_gets(words: Sequence[str], at: int) -> bool:
    """Whether a piece is the person's here: "hers", "give him 42"; not "call her", "her number"."""
    word, following = words[at], (*words[at + 1 : at + 3], "", "")[:2]
    if word in ("she", "he"):
        gets = following[0] in _GETS and following[1] != "to"  # "she wants to know"
        return gets or (following[0] == "should" and following[1] in _SHOULD)
    if word in ("shes", "hes"):
        return following[0] in _IS_SIZED or following[0].isdigit()
    if word not in ("her", "him"):
        return word in HERS | HIS
    given = at > 0 and words[at - 1] in _GIVEN and _NOT_WORN.isdisjoint(following)
    let = at > 0 and words[at - 1] == "let" and following[0] in _LET
    return given or let or following[0] in ("size", "saizi")


def without_greeted(text: str) -> str:
    """The text without a person who is only called: "bro, make it two"."""
    return _VOCATIVE.sub(" ", text)


def _besides(change: a.Set) -> a.Target:
    """What tells the line besides the values it is to be in: "hers should be 56 as well"."""
    told = change.values.model_dump(exclude_none=True)
    repeated = {
        slot for slot in ("colour", "size") if getattr(change.target, slot) == told.get(slot)
    }
    return change.target.model_copy(update=dict.fromkeys(repeated))


def may_be(target: a.Target, line: Line) -> bool:
    """Whether the words that tell which line is meant fit the person's; a kind tells another."""
    if target.says_nothing:
        return True
    if target.name or target.line or target.option or target.scope != "one" or target.pattern:
        return False
    fits = target.colour in (None, line.colour) and target.size in (None, line.size)
    of_kind = target.category is None or target.category in (line.category, *words_of(line.name))
    return fits and of_kind


def _is_so(values: a.Values, line: Line) -> bool:
    """Whether nothing would change."""
    told = values.model_dump(exclude_none=True)
    return all(str(getattr(line, slot, None)) == str(value) for slot, value in told.items())
