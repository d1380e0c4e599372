"""Finds whose of several lines of a kind is meant: "make my jersey red", "toa sneakers zake"."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.tokens import words_of
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.of_wearer import HERS, HIS, OF_RELATIONS
from dukani.agent.local_reader.edits.persons_own_line import may_be
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message, read_message
from dukani.agent.local_reader.talk.relations import relations_of
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Line
from dukani.domain.steps import CHOOSING

MINE = word_set("persons", "own_before") | word_set("persons", "own_behind")
BEFORE = word_set("persons", "own_before") | HIS | HERS
BEHIND = word_set("persons", "own_behind") | word_set("persons", "anothers")
HEADS = ("name", "category")
WISHING = ("~add", "~want", "~buy", "~show", "~have")


def on_owners_line(text: str, acts: Sequence[a.Act], context: TurnContext) -> list[a.Act]:
    """The acts, each of a kind that several lines are of aimed at the line of the person said."""
    apart = {line.worn_by is None for line in context.cart}
    if len(apart) < 2 or context.step in CHOOSING or context.question:
        return list(acts)
    if words_of(text) and (BEFORE | BEHIND).isdisjoint(words_of(text)):
        return list(acts)
    message = read_message(text, context)
    return [_aimed(act, message) for act in acts]


def _aimed(said: a.Act, message: Message) -> a.Act:
    act = _as_wish(said)
    if not isinstance(act, a.Set | a.Remove | a.ChangeQuantity | a.Add) or message.asks:
        return said
    aimed = _aimed_edit(act, message)
    return said if aimed is act else aimed


def _as_wish(act: a.Act) -> a.Act:
    """The act, a search for a piece in a colour or size as a wish for it."""
    if not isinstance(act, a.Search) or not (act.colour or act.size):
        return act
    told = a.Target(name=act.name, category=act.category)
    return a.Add(target=told, values=a.Values(colour=act.colour, size=act.size))


def _aimed_edit(act: a.Set | a.Remove | a.ChangeQuantity | a.Add, message: Message) -> a.Act:
    told = act.target
    if not (told.name or told.category) or told.line or told.scope != "one":
        return act
    head = next((find for find in message.slots.finds if _names(find, told)), None)
    whose = _whose(message, head) if head else None
    if head is None or whose is None:
        return act
    kin = message.only([head]).lines_said()
    lines = [line for line in kin if _is_of(line, whose) and may_be(_without_head(told), line)]
    if len(kin) < 2 or len(lines) != 1:
        return act
    target = a.Target(line=lines[0].number)
    if not isinstance(act, a.Add):
        return act.model_copy(update={"target": target})
    if act.another or act.values.quantity or message.tagged(*WISHING):
        return act
    return a.Set(target=target, values=act.values, change=True)


def _names(find: Find, told: a.Target) -> bool:
    return find.slot in HEADS and find.value in (told.name, told.category)


def _without_head(told: a.Target) -> a.Target:
    return a.Target(colour=told.colour, size=told.size)


def _whose(message: Message, head: Find) -> str | None:
    """The word that says whose the piece is: "my" before it, "yangu" behind it."""
    texts = [token.text for token in message.tokens]
    before = texts[head.start - 1] if head.start else ""
    behind = texts[head.end] if head.end < len(texts) else ""
    if before in BEFORE:
        return before
    return behind if behind in BEHIND else None


def _is_of(line: Line, whose: str) -> bool:
    """Whether the line may be that person's; a friend may be of either sex."""
    if whose in MINE:
        return line.worn_by is None
    if line.worn_by is None:
        return False
    known = relations_of(line.worn_by) & (OF_RELATIONS["boys"] | OF_RELATIONS["girls"])
    if whose in HIS | HERS and known:
        return bool(known & OF_RELATIONS["boys" if whose in HIS else "girls"])
    return True
