"""Reads edits of a line named by whose it is: "toa hiyo ya beste", "make the boy's one 5-6"."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from dukani.agent.lexicon.tokens import words_of
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.besides import goes_on, says_another
from dukani.agent.local_reader.edits.brought_to import is_brought_to
from dukani.agent.local_reader.edits.clauses import clauses
from dukani.agent.local_reader.edits.leaving import LETTING, WITH_IT
from dukani.agent.local_reader.edits.named_for_person import named_for_person
from dukani.agent.local_reader.edits.ops import commands_in, op_at
from dukani.agent.local_reader.edits.words import ALL, EXCEPT, JOINERS, KEEP, ONLY, SET_TO
from dukani.agent.local_reader.parsing.ages import CHILDREN
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.relations import (
    RELATION_WORDS,
    relations_of,
    relations_said,
)
from dukani.domain import acts as a
from dukani.domain.pieces import Line
from dukani.domain.sizes import named_for_children, same_size
from dukani.domain.wearers import Sex

OWN = frozenset(("mine", "yangu", "zangu", "langu", "changu", "vyangu", "kwangu"))
BOYS, GIRLS = word_set("ages", "boys"), word_set("ages", "girls")
OF_A_SEX = {"boys": BOYS, "girls": GIRLS}
YOUNG = frozenset(("child", "son", "daughter"))
OF_RELATIONS = {
    "boys": frozenset(
        ("son", "husband", "father", "brother", "boyfriend", "uncle", "grandfather", "nephew")
    ),
    "girls": frozenset(
        ("daughter", "wife", "mother", "sister", "girlfriend", "aunt", "grandmother", "niece")
    ),
}
WEAR: dict[str, Sex] = {"boys": "men", "girls": "women"}
HIS, HERS = word_set("persons", "his"), word_set("persons", "hers")
PRONOUNS = HIS | HERS
MIND = word_set("remarks", "mind")  # "amebadili nia"
MAY_TAKE = word_set("edits", "may_take")
REST = word_set("sparing", "rest")
GENITIVE = frozenset(("ya", "za", "la", "cha", "vya", "wa"))
POINTING = frozenset(
    ("hii", "hiyo", "hizi", "hizo", "hili", "hilo", "hiki", "hicho", "ile", "zile")
)
LEADING = frozenset(("the", "my", "our", "make", "change", "of"))
LEAVING_OUT = (("leave", "out"), ("leave", "off"), ("taking", "out"))
TO_BE = ("colour", "size", "quantity")
HEADS = ("name", "category")


def removed_of_wearer(message: Message) -> list[a.Act]:
    """A Remove of the one line that is for the person spoken of; else nothing."""
    worn = [line for line in message.context.cart if line.worn_by is not None]
    if mine := _own_to_go(message):
        return [a.Remove(target=a.Target(line=line.number)) for line in mine]
    if _only_her_own(message):
        return [a.Remove(target=a.Target(line=line.number)) for line in worn]
    if not worn or message.asks or not (_only_removes(message) or _lets_go(message)):
        return []
    if is_brought_to(message):
        return []
    said = _said_to_go(message)
    relations = relations_said(said)
    kinds = (find for find in message.slots.finds if find.slot in ("category", "colour"))
    fitting = [
        line
        for line in message.only(kinds).lines_said()  # "beste" may resemble a piece's name
        if line.worn_by is not None and relations_of(line.worn_by) & relations
    ]
    if len(fitting) != 1 or message.slots.wanted("quantity"):
        return []
    if message.says_any(EXCEPT) and message.tagged("@all"):  # "toa zote ila ya sister"
        return [a.Remove(target=a.Target(scope="all", but=a.Target(line=fitting[0].number)))]
    return [a.Remove(target=a.Target(line=fitting[0].number))]


def _only_removes(message: Message) -> bool:
    """Whether nothing else is commanded: "the neighbour has changed her mind" changes no line."""
    thought_again = {"change", "set"} if message.says_any(MIND) else set()
    return commands_in(message) - thought_again == {"remove"}


def _lets_go(message: Message) -> bool:
    """Whether a piece is let go: "ile ya beste achana nayo", "leave out my sister's"."""
    pairs = itertools.pairwise(token.text for token in message.tokens)
    return any(
        (one in LETTING and other in WITH_IT) or (one, other) in LEAVING_OUT for one, other in pairs
    )


def _said_to_go(message: Message) -> str:
    """The phrase of the removal if a person is named in it, else all that is said."""
    told = phrase_to_go(message)
    return message.raw if told is None or _is_nobodys(message, told) else told


def _is_nobodys(message: Message, told: str) -> bool:
    """Whether the phrase names neither a person nor a colour or piece: "…, toa hiyo"."""
    words = told.split()
    named = any(message.tokens[find.start].text in words for find in message.slots.finds)
    return not relations_said(told) and not named


def phrase_to_go(message: Message) -> str | None:
    """The words between two pauses that take something out."""
    start = 0
    for at, token in enumerate(message.tokens):
        if not token.pause and at + 1 < len(message.tokens):
            continue
        words = message.tokens[start : at + 1]
        told = " ".join(word.text for word in words)
        start = at + 1
        first = start - len(words)
        goes = any(op_at(message, here) == "remove" for here in range(first, start))
        if goes or any(w.text in LETTING for w in words):
            return told
    return None


def _only_her_own(message: Message) -> bool:
    """Whether only the customer's own lines stay: "she changed her mind, just mine please"."""
    own = any(line.worn_by is None for line in message.context.cart)
    said = message.says_any(ONLY | KEEP) and message.says_any(OWN)
    if message.slots.finds or message.asks or not (own and said):
        return False
    if "remove" not in commands_in(message):
        return message.says_any(ONLY)
    words = {token.text for token in message.tokens}
    return bool(words & (CHILDREN | REST | ALL))  # "nguo za watoto toa zote, yangu ibaki"


def _own_to_go(message: Message) -> list[Line]:
    """The customer's own line where only that goes: "hers is fine, get rid of mine".

    All of them where so many are said: "toa zangu zote mbili, bakisha za sister".
    """
    said = phrase_to_go(message)
    own = [line for line in message.context.cart if line.worn_by is None]
    if said is None or OWN.isdisjoint(said.split()) or relations_said(said):
        return []
    finds = [find for find in message.slots.finds if find.slot != "quantity"]
    if finds or (len(own) == 1 and message.slots.finds):
        return []
    every = not ALL.isdisjoint(said.split()) and len(own) == sum(line.quantity for line in own)
    return own if len(own) == 1 or every else []


def changed_of_wearer(message: Message) -> list[a.Act]:
    """A Set of each line named by the person who wears it: "ya mtoto iwe nyeupe"; else nothing."""
    if resized := _takes_a_size(message):
        return [resized]
    if len(message.context.cart) < 2 or message.asks or message.tagged("~remove", "~add"):
        return []
    changes = [_changed(part) for clause in clauses(message) for part in _parts(clause)]
    return [change for change in changes if change] if all(changes) else []


def _takes_a_size(message: Message) -> a.Set | None:
    """The change of the size of a person's line: "huyo boy amekua, achukue ya 8-9"."""
    finds = [find for find in message.slots.finds if not find.denied]
    if [find.slot for find in finds] != ["size"] or not message.says_any(MAY_TAKE):
        return None
    if message.asks or message.tagged("~remove", "~add") or says_another(message):
        return None
    who = [at for at, token in enumerate(message.tokens) if is_person(token.text)]
    if len(who) != 1 or goes_on(message):
        return None
    size = str(finds[0].value)
    lines = [x for x in lines_worn(message, who[0], []) if comes_in(message, x, {"size": size})]
    if not lines or any(line.size == size for line in lines):
        return None
    near = _nearest(message, lines, size)
    told = a.Target(line=near[0].number) if len(near) == 1 else shared_by(near)
    return a.Set(target=told, values=a.Values(size=size), change=True) if told else None


def _nearest(message: Message, lines: Sequence[Line], size: str) -> list[Line]:
    """The lines whose size is the fewest steps from the new one: a child grows one at a time."""
    sizes = {piece.product_id: piece.sizes for piece in message.context.sold.pieces}

    def steps(line: Line) -> int:
        listed = sizes[line.product_id]
        known = line.size in listed
        return abs(listed.index(size) - listed.index(line.size)) if known else len(listed)

    fewest = min(map(steps, lines))
    return [line for line in lines if steps(line) == fewest]


def says_whose(text: str) -> bool:
    """Whether a word for a person is said, or "mine": else the message need not be read for it."""
    words = {word for said in words_of(text) for word in (said, said.removesuffix("s"))}
    return not words.isdisjoint(OWN | CHILDREN | RELATION_WORDS | PRONOUNS)


def _parts(clause: Message) -> list[Message]:
    """The clause cut where another person's begins: "ya boy iwe red na ya girl iwe nyeupe"."""
    cuts = [
        at
        for at in range(1, len(clause.tokens) - 2)
        if clause.tokens[at].text in JOINERS or clause.tokens[at - 1].pause
        if any(is_whose(clause, here) for here in (at + 1, at + 2))
    ]
    spans = itertools.pairwise((0, *cuts, len(clause.tokens)))
    return [clause.clause(start, end) for start, end in spans] if cuts else [clause]


def _changed(clause: Message) -> a.Set | None:
    finds = [find for find in clause.slots.finds if not find.denied]
    to_be = {find.slot: find.value for find in finds if find.slot in TO_BE}
    who = next((at for at in range(len(clause.tokens)) if is_whose(clause, at)), None)
    if who is None or not to_be or len(to_be) != len([f for f in finds if f.slot in TO_BE]):
        return None
    if not _changes(clause, who) or not all(f.slot in (*TO_BE, *HEADS) for f in finds):
        return None
    lines = lines_worn(clause, who, [find for find in finds if find.slot in HEADS])
    lines = lines if len(lines) < 2 else [x for x in lines if comes_in(clause, x, to_be)]
    if not lines or all(str(getattr(lines[0], k)) == str(v) for k, v in to_be.items()):
        return None
    told = a.Target(line=lines[0].number) if len(lines) == 1 else shared_by(lines)
    return a.Set(target=told, values=a.Values(**to_be), change=True) if told else None


def shared_by(lines: Sequence[Line]) -> a.Target | None:
    """What several lines that may be meant have in common, so that it is asked which one is."""
    for slot in ("category", "size", "colour"):
        values = {getattr(line, slot) for line in lines}
        if len(values) == 1:
            return a.Target(**{slot: values.pop()})
    return None


def is_whose(clause: Message, at: int) -> bool:
    """Whether a person stands here as the owner: "ya mtoto", "the boys one", "my son's"."""
    text = clause.tokens[at].text
    before = clause.tokens[at - 1].text if at else ""
    if text in OWN and _ends_a_piece(clause, at):
        return True  # "parka yangu iwe maroon"
    if text in OWN:
        return before in GENITIVE | POINTING | {"", "make", "change", "badilisha"}
    if text in ("his", "hers"):
        return before in JOINERS | {"", "make", "change", "have"}
    return is_person(text) and before in GENITIVE | LEADING


def _ends_a_piece(clause: Message, at: int) -> bool:
    return any(find.end == at and find.slot in HEADS for find in clause.slots.finds)


def is_person(text: str) -> bool:
    return text in CHILDREN or text in RELATION_WORDS or text.removesuffix("s") in RELATION_WORDS


def _changes(clause: Message, who: int) -> bool:
    """Whether a word says that something changes, or "in" follows: "the girl's in white"."""
    behind = {token.text for token in clause.tokens[who + 1 : who + 3]}
    possessive = clause.tokens[who].text.endswith("s") and behind & {"in", "to"}
    return clause.says_any(SET_TO) or clause.tagged("~change") or bool(possessive)


def lines_worn(clause: Message, who: int, kinds: Sequence[Find]) -> list[Line]:
    """The lines for the person: by whom they were ordered for, else a child's by their size."""
    lines = clause.only(kinds).lines_said()
    text = clause.tokens[who].text
    if text in OWN:
        others = [line for line in clause.context.cart if is_anothers(line)]
        own = [line for line in lines if not is_anothers(line)] if others else []
        return [line for line in own if not _is_one_of_a_couples(line)] or own
    alone = text.removesuffix("s")
    sex = next((of for of, words in OF_A_SEX.items() if {text, alone} & words), None)
    if text in PRONOUNS:
        sex = "boys" if text in HIS else "girls"
        theirs = [x for x in lines if x.worn_by and relations_of(x.worn_by) & OF_RELATIONS[sex]]
        if clause.says_any(CHILDREN):  # "my older boy says he wants cream, change his"
            theirs = [x for x in theirs if x.worn_by and relations_of(x.worn_by) & YOUNG]
        theirs = theirs or named_for_person(lines, {WEAR[sex]})
        return theirs or [x for x in lines if _is_a_childs(x) and _may_wear(x, sex)]
    relations = relations_said(text) | relations_said(alone)
    if relations & YOUNG and sex is None:
        relations |= YOUNG
    told = [line for line in lines if line.worn_by and relations_of(line.worn_by) & relations]
    if told or not (relations & YOUNG or text in CHILDREN):
        sexes = {WEAR[of] for of, known in OF_RELATIONS.items() if known & relations}
        return told or named_for_person(lines, sexes)
    return [line for line in lines if _is_a_childs(line) and _may_wear(line, sex)]


def comes_in(clause: Message, line: Line, to_be: Mapping[str, object]) -> bool:
    """Whether the line's piece is sold in the colour and size it is to be in."""
    pieces = [p for p in clause.context.sold.pieces if p.product_id == line.product_id]
    colour, size = to_be.get("colour"), to_be.get("size")
    return any(
        (colour is None or colour in piece.colours)
        and (size is None or any(same_size(str(size), one) for one in piece.sizes))
        for piece in pieces
    )


def is_anothers(line: Line) -> bool:
    return line.worn_by is not None or _is_a_childs(line)


def _is_one_of_a_couples(line: Line) -> bool:
    """Whether the piece is called his or hers, which "mine" is not: "Couple Shirt (His)"."""
    return not {"his", "hers", "him", "her"}.isdisjoint(words_of(line.name))


def _is_a_childs(line: Line) -> bool:
    by_age = line.size.endswith(("Y", "y", "M")) and line.size[:1].isdigit()
    return by_age or named_for_children(line.name)


def _may_wear(line: Line, sex: str | None) -> bool:
    """Whether the piece's name says no other sex: "Tutu Dress (Girls)" is no boy's."""
    if sex is None:
        return True
    if line.worn_by is not None and line.worn_by.relation != "child":
        return False  # it was ordered for somebody else, as none was told of this child
    called = set(words_of(line.name))
    (other,) = (words for of, words in OF_A_SEX.items() if of != sex)
    return called.isdisjoint(other)
