"""Reads which piece is put back: into the order what left it, out of it what is there.

"Nirudishie ile sketi ya kijivu", "put the red one back", "go back to the maroon one".
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.groups import HEADS
from dukani.agent.local_reader.edits.lines_called import lines_called
from dukani.agent.local_reader.edits.pieces import name_said, target, values, whole
from dukani.agent.local_reader.edits.words import JOINERS, KEEP, SET_TO
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.parsing.pointing import definite
from dukani.domain import acts as a
from dukani.domain.pieces import LeftOut, Line
from dukani.domain.steps import PAYING

BACK = word_set("edits", "back")
MONEY = word_set("edits", "money")
POLITE = word_set("edits", "polite")
GOING = frozenset(("go", "going", "lets", "revert", "turudi", "rudi", "nirudi", "nirudie"))
GOING_BACK = frozenset(("turudi", "rudi", "nirudi", "nirudie", "revert"))
PIECE = ("name", "category", "colour", "pattern")
REFUSED = (*HEADS, "name", "colour", "pattern", "occasion")
OF_THEM = frozenset(("of", "pack", "pair", "ya", "za", "kati"))
ALSO = frozenset(("also", "too", "pia", "as"))
ABOUT_RETURNS = ("~pay", "@order")


def left_and_wanted(clause: Message) -> list[a.Act]:
    """An Add of what left the order; the last line goes where it is refused for it."""
    if not clause.context.left_out or clause.tagged(*ABOUT_RETURNS) or clause.says_any(MONEY):
        return []
    if not _wants_back(clause) or (clause.asks and not _asks_politely(clause)):
        return []
    if clause.says("badala", "instead", "undo", "unendo") or clause.context.step in PAYING:
        return []
    phrase = _phrase_of_verb(clause)
    told = [find for find in phrase.slots.finds if find.slot in PIECE and not find.denied]
    went = next((one for one in clause.context.left_out if _called(phrase, told, one)), None)
    if not told or went is None or (_in_the_order(phrase, told) and not _for_her(clause)):
        return []
    kept = phrase is not clause or clause.says_any(KEEP)
    piece = whole(phrase)
    wanted = values(piece)
    if wanted.quantity is None and _says_one(phrase):
        wanted = wanted.model_copy(update={"quantity": 1})
    plain = {"scope": "one", "pointed": None, "option": None, "line": None}
    which = target(phrase, piece, PIECE).model_copy(update=plain)
    back = a.Add(target=which, values=wanted, another=kept or clause.says_any(ALSO), back=True)
    return [*_refused_for(clause, went), back]


def _wants_back(clause: Message) -> bool:
    """Whether a verb says so; with "go back to" or "rudi" a certain piece: "the maroon one"."""
    if clause.says_any(BACK) or _brings_back(clause):
        return True
    certain = any(
        definite(clause, find) for find in clause.slots.finds if find.slot in ("category", "colour")
    )
    return certain and (clause.says_any(GOING_BACK) or _goes_back(clause))


def _asks_politely(clause: Message) -> bool:
    """Whether the question is a wish: "can you put back one pack of the socks"."""
    return bool(clause.tokens) and clause.tokens[0].text in POLITE


def _for_her(clause: Message) -> bool:
    """Whether it is to come back to her, though one like it is there: "put … back", "nirudishie".

    "Rudisha scarf", "scarf sitaki, put it back" take out what is there.
    """
    if clause.tagged("~!want") or clause.has("deny"):
        return False
    to_her = any(t.text in BACK and t.text.startswith(("ni", "tu")) for t in clause.tokens)
    return to_her or _brings_back(clause)


def _says_one(phrase: Message) -> bool:
    """Whether one of several is meant: "one pack of the socks"; not "the red one"."""
    pairs = itertools.pairwise(token.text for token in phrase.tokens)
    return any(one in ("one", "moja", "1") and after in OF_THEM for one, after in pairs)


def _called(phrase: Message, told: Sequence[Find], one: Line) -> bool:
    """Whether the words call what left, with all that are of a name: "ile ya maua"."""
    words = (name_said(phrase, whole(phrase)) or "").split()
    return phrase.only(told).fits(one) and all(word in one.name.lower() for word in words)


def _refused_for(clause: Message, went: LeftOut) -> list[a.Act]:
    """The line refused for what comes back, unless that takes its place: "poncho sitaki"."""
    refused = [find for find in clause.slots.finds if find.denied and find.slot in REFUSED]
    here = [replace(find, denied=False) for find in refused]
    lines = clause.only(here).lines_said() if refused else []
    if len(lines) != 1 or lines[0].variant_id == went.replaced_by:
        return []
    return [a.Remove(target=a.Target(line=lines[0].number))]


def _goes_back(clause: Message) -> bool:
    """Whether "go back to" is said: "lets go back to the maroon one"."""
    return clause.says_any(GOING) and clause.says("back")


def last_for_former(clause: Message) -> list[a.Act]:
    """The last line out and a former piece back in: "nirudishie masweta, poncho sitaki"."""
    told = clause.says_any(BACK | GOING_BACK) or _goes_back(clause)
    refused = [find for find in clause.slots.finds if find.denied and find.slot in REFUSED]
    wanted = [find for find in clause.slots.finds if not find.denied and find.slot in PIECE]
    if not told or not refused or not wanted or clause.asks or not clause.context.cart:
        return []
    line = next((o for o in clause.context.cart if o.number == clause.context.last_line), None)
    last = line or clause.context.cart[-1]
    here = [replace(find, denied=False) for find in refused]
    told_apart = all(find.slot in (*HEADS, "name", "colour") for find in refused)
    fits = clause.only(here).fits(last) if told_apart else len(clause.context.cart) == 1
    if not fits:
        return []
    if _in_the_order(clause, [find for find in clause.slots.finds if not find.denied]):
        return [a.Undo()]
    which = target(clause, whole(clause), PIECE).model_copy(update={"scope": "one"})
    back = a.Add(target=which.model_copy(update={"pointed": None}), back=True)
    return [a.Remove(target=a.Target(line=last.number)), back]


def putting_back(clause: Message) -> list[a.Act]:
    """An Add of a removed piece, or a Remove of a present one: "rudisha hiyo nyekundu"."""
    started = clause.context.cart or (_brings_back(clause) and not clause.context.has_order)
    if not started or clause.context.step in PAYING or clause.asks:
        return []
    if clause.says("badala", "instead", "undo", "unendo"):
        return []  # one piece for another; "undo that, I want the red one back" undoes
    if not (clause.says_any(BACK) or _brings_back(clause)) or clause.says_any(SET_TO):
        return []
    clause = _phrase_of_verb(clause)
    told = [find for slot in PIECE for find in clause.slots.wanted(slot)]
    if not told or clause.tagged(*ABOUT_RETURNS, "~change"):
        return []
    piece = whole(clause)
    if not _in_the_order(clause, told):
        which = target(clause, piece, PIECE).model_copy(update={"scope": "one", "pointed": None})
        return [a.Add(target=which, values=values(piece), back=True)]
    if again := _recoloured_back(clause) or _resized_back(clause, told):
        return again
    if clause.says_any(BACK):
        gone = target(clause, piece).model_copy(update={"scope": "one", "pointed": None})
        return [a.Remove(target=gone, quantity=_some_of_them(clause))]
    return []


def _in_the_order(clause: Message, told: Sequence[Find]) -> bool:
    """Whether a line is of the piece told, by all words that are of a name: "ile ya maua"."""
    words = (name_said(clause, whole(clause)) or "").split()
    lines = clause.only(told).lines_said()
    return any(all(word in line.name.lower() for word in words) for line in lines)


def _phrase_of_verb(clause: Message) -> Message:
    """The words from the last pause before the verb, where these name what goes back."""
    verb = next((at for at, token in enumerate(clause.tokens) if token.text in BACK), 0)
    start = max((at + 1 for at in range(verb) if clause.tokens[at].pause), default=0)
    end = _end_of_phrase(clause, verb)
    outside = [find for find in clause.slots.finds if find.start < start or find.start >= end]
    if not any(find.slot in PIECE for find in outside):
        return clause
    phrase = clause.clause(start, end)
    return phrase if any(find.slot in PIECE for find in phrase.slots.finds) else clause


def _end_of_phrase(clause: Message, verb: int) -> int:
    """Where the words about what stays begin: "rudisha ile dress, na palazzo pia ibaki"."""
    tokens = clause.tokens
    keeping = [at for at in range(verb, len(tokens)) if tokens[at].text in KEEP]
    pauses = [at + 1 for at in range(verb, len(tokens)) if tokens[at].pause or _joins(tokens, at)]
    return next((at for at in pauses if keeping and at <= keeping[0]), len(tokens))


def _joins(tokens: Sequence[Token], at: int) -> bool:
    return at + 1 < len(tokens) and tokens[at + 1].text in JOINERS


def _some_of_them(clause: Message) -> int | None:
    """How many go back, where the line has more: "hizo tee mbili, moja rudisha"."""
    counts, lines = clause.slots.wanted("quantity"), clause.lines_said()
    count = int(str(counts[-1].value)) if counts else 0
    return count if len(lines) == 1 and 0 < count < lines[0].quantity else None


def _recoloured_back(clause: Message) -> list[a.Act]:
    """A Set of the last line to the colour said, if sold in it: "rudisha vile vyeusi"."""
    colour, said = clause.slots.first("colour"), {find.slot for find in clause.slots.finds}
    last = next((o for o in clause.context.cart if o.number == clause.context.last_line), None)
    if last is None or said != {"colour"} or not clause.has("deny") or last.colour == colour:
        return []
    sold = clause.context.sold.pieces
    comes = any(p.product_id == last.product_id and colour in p.colours for p in sold)
    told = a.Values(colour=str(colour))
    return [a.Set(target=a.Target(line=last.number), values=told, change=True)] if comes else []


def _resized_back(clause: Message, told: Sequence[Find]) -> list[a.Act]:
    """A Set of the one line named to another size it comes in: "suruali rudisha 34"."""
    lines = lines_called(clause.only(told))
    size = clause.slots.first("size")
    if len(lines) != 1 or size is None or lines[0].size == size:
        return []
    sold = clause.context.sold.pieces
    comes = any(p.product_id == lines[0].product_id and size in p.sizes for p in sold)
    which = a.Target(line=lines[0].number)
    return [a.Set(target=which, values=a.Values(size=str(size)), change=True)] if comes else []


def _brings_back(clause: Message) -> bool:
    """Whether "back" is said with a verb: "put the red one back", "bring back the scarf"."""
    backs = [at for at, token in enumerate(clause.tokens) if token.text == "back"]
    return bool(backs) and clause.says("put", "bring", "add", "have", "want", "give", "get")
