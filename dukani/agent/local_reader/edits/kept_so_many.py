"""Reads what alone stays, with a count for one of them: "keep the scarf and one of the gloves".

"Bakisha scarf na gloves pea moja tu": the other lines go, and of the gloves one stays. A count
that is more than ordered, or a piece that is not, is for other rules.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from dukani.agent.local_reader.edits.lines_called import lines_called
from dukani.agent.local_reader.edits.only_left import others_go
from dukani.agent.local_reader.edits.ops import commands_in
from dukani.agent.local_reader.edits.others_stay import LEAVING, REST
from dukani.agent.local_reader.edits.words import JOINERS, KEEP, ONLY
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain import acts as a
from dukani.domain.pieces import Line
from dukani.domain.steps import CHOOSING

NAMING = ("name", "category", "colour", "size")
OTHERS = frozenset(("~put", "~show", "~pay", "@person"))
NOTHING_ELSE = {
    ("nothing", "else"), ("hakuna", "kingine"), ("hakuna", "ingine"), ("hakuna", "nyingine"),
    ("hakuna", "zingine"), ("thats", "all"), ("hizo", "tu"),
}  # fmt: skip
Kept = tuple[Line, int | None]  # how many of it stay; None: all


def kept_so_many(message: Message) -> list[a.Act]:
    """A Remove of each other line and a Set of each count; nothing where no count is said."""
    cart = message.context.cart
    if len(cart) < 2 or message.asks or message.context.step in CHOOSING:
        return []
    if not message.slots.wanted("quantity") or message.tagged(*OTHERS):
        return []
    going = others_go(message)
    allowed = {"keep", "remove"} if going else {"keep"}
    alone = says_nothing_else(message)
    if commands_in(message) - allowed or not (alone or message.says_any(ONLY)):
        return []
    if going is None and (message.says_any(LEAVING - KEEP) or not (alone or _is_of_all(message))):
        return []  # "acha tu heels" may let them go
    kept = _kept(message, going)
    stay = {line.number for line, _ in kept}
    if len(stay) < 2 or len(stay) < len(kept):
        return []
    gone = [line for line in cart if line.number not in stay]
    fewer = [(line, n) for line, n in kept if n is not None and n < line.quantity]
    told = going or message.says_any(KEEP) or says_nothing_else(message)
    if not gone or not (told or (fewer and _is_only_that(message, kept))):
        return []  # "just 2 black caps and 1 white" of those alone
    return [
        *(a.Remove(target=a.Target(line=line.number)) for line in gone),
        *(
            a.Set(target=a.Target(line=line.number), values=a.Values(quantity=n), change=True)
            for line, n in fewer
        ),
    ]


def says_nothing_else(message: Message) -> bool:
    """Whether what is named is all: "keep the scarf and one pair of gloves, nothing else"."""
    return any(
        (one.text, other.text) in NOTHING_ELSE for one, other in itertools.pairwise(message.tokens)
    )


def _is_only_that(message: Message, kept: Sequence[Kept]) -> bool:
    """Whether "only" comes first, and one stays uncounted: "just the scarf and one pair of gloves".

    "Only 1 scarf and 1 pair of gloves" may count those alone; so may "scarf na gloves moja tu".
    """
    first = min(find.start for find in message.slots.finds if find.slot in (*NAMING, "quantity"))
    leads = any(token.text in ONLY for token in message.tokens[:first])
    return leads and any(count is None for _, count in kept) and not message.says_any(REST)


def _is_of_all(message: Message) -> bool:
    """Whether one "only" is of all that is named; not "scarf ibaki, gloves mbili tu"."""
    named = [find for find in message.slots.finds if find.slot in (*NAMING, "quantity")]
    first, last = min(f.start for f in named), max(f.end for f in named)
    if any(token.text in ONLY for token in message.tokens[:first]):
        return True
    return not any(token.pause for token in message.tokens[first : last - 1])


def _kept(message: Message, going: tuple[int, int] | None) -> list[Kept]:
    """Each line that stays, part by part between joining words; nothing where one is unclear."""
    kept: list[Kept] = []
    for part in _parts(message, going):
        counts = [int(str(find.value)) for find in part.slots.finds if find.slot == "quantity"]
        named = [find for find in part.slots.finds if find.slot != "quantity"]
        lines = lines_called(part.only(named)) if named else []
        odd = any(find.denied or find.slot not in NAMING for find in named)
        if not lines or odd or len(counts) > 1:
            return []
        count = counts[0] if counts else None
        if count is not None and (len(lines) > 1 or not 0 < count <= lines[0].quantity):
            return []
        kept += [(line, count) for line in lines]
    return kept


def _parts(message: Message, going: tuple[int, int] | None) -> Sequence[Message]:
    """The parts that name something, without those about the others and another sentence's."""
    tokens = message.tokens
    cuts = [at for at in range(1, len(tokens)) if tokens[at - 1].pause or _joins(message, at)]
    cuts += list(going or ())
    spans = itertools.pairwise(sorted({0, *cuts, len(tokens)}))
    parts = [
        message.clause(start, end)
        for start, end in spans
        if going is None or not going[0] <= start < going[1]
    ]
    return [part for part in parts if part.slots.finds]


def _joins(message: Message, at: int) -> bool:
    return message.tokens[at].text in JOINERS
