"""Strips and recognises remarks about persons and the shop: "i wear heels so make it 58".

Of "I see you have that abaya so I want the blue one" the wish behind "so" is left; "kuna kaka yao
wa miaka 6" and "kwa wote wawili" speak of persons, so that no piece is asked for or counted.
"""

from __future__ import annotations

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.what_it_is_for import tells_purpose
from dukani.agent.local_reader.talk.wishing import WISHING, wishes

CHILDREN = (
    word_set("ages", "first_of_two") | word_set("ages", "children") | word_set("ages", "so_many")
)
OTHER_PERSONS = CHILDREN | word_set("ages", "siblings") | {"mwingine"}
HIM_TOO = frozenset(("naye", "nae"))
HENCE = word_set("remarks", "hence")
HEARD = word_set("remarks", "heard")
SELLING = word_set("remarks", "selling")
NEAR = 2
HABIT = word_set("remarks", "habit")
NEVER = word_set("remarks", "never")
ALREADY = word_set("remarks", "already")
MINE = word_set("remarks", "mine")
PIECES = ("name", "category")
DOING = ("~try_on", "~like", "~use")
TOLD = ("size", "quantity", "option", "colour")


def without_hearsay(message: Message) -> Message:
    """The message without "I see you have": "naona mna ile abaya, nataka ya blue moja"."""
    tokens = message.tokens
    for at, token in enumerate(tokens):
        near = range(at + 1, min(at + 1 + NEAR, len(tokens)))
        sold = [here for here in near if tokens[here].text in SELLING]
        if token.text not in HEARD or not sold or not wishes(message, sold[-1]):
            continue
        end = _behind_hence(message, sold[-1]) or sold[-1] + 1
        end += end < len(tokens) and tokens[end].text == "na"
        return message.without(at, end)
    return message


def without_there_is(message: Message) -> Message:
    """The message without the "there is" of persons: "kuna kaka yao wa miaka 6, naye …".

    Of pieces it would ask whether the shop has them.
    """
    tokens = message.tokens
    if any(token.asked for token in tokens):
        return message
    aged = bool(message.slots.wanted("age"))
    persons = OTHER_PERSONS | HIM_TOO if aged else HIM_TOO
    for at in range(len(tokens) - 1):
        if tokens[at].text == "kuna" and tokens[at + 1].text in persons:
            return message.without(at, at + 1)
    return message


def without_all_persons(message: Message) -> Message:
    """The message without "for all of them": the "kwa wote wawili" of two children told of.

    "Wote" is said of persons; of pieces it is "zote", "yote" or "vyote".
    """
    texts = [token.text for token in message.tokens]
    for at in range(1, len(texts) - 1):
        if texts[at : at + 2] == ["kwa", "wote"]:
            counted = any(figure.start == at + 2 for figure in message.slots.figures)
            return message.without(at, at + 2 + counted)
    return message


def _behind_hence(message: Message, start: int) -> int | None:
    """The place after "so" where a wish begins: "naskia mko na mtumba so nataka …"."""
    hence = (at for at in range(start, len(message.tokens)) if message.tokens[at].text in HENCE)
    at = next(hence, None)
    return at + 1 if at is not None and wishes(message, at) else None


def without_remark(clause: Message) -> Message:
    """The clause after "so", where the words before it are only about a person."""
    for at in range(1, len(clause.tokens) - 1):
        if clause.tokens[at].text not in HENCE:
            continue
        before = [find for find in clause.slots.finds if find.start < at]
        after = [find for find in clause.slots.finds if find.start > at]
        remarks = any(not token.tags.isdisjoint(DOING) for token in clause.tokens[:at])
        if remarks and before and after and all(find.slot not in TOLD for find in before):
            return clause.clause(at + 1, len(clause.tokens))
    return clause


def only_remarks(clause: Message) -> bool:
    """Whether the clause is about a person and wishes nothing: "i usually wear heels"."""
    if clause.asks or clause.tagged(*WISHING) or not clause.slots.finds:
        return False
    slots = {find.slot for find in clause.slots.finds}
    if slots == {"quantity"} and tells_purpose(clause, 0):
        return True
    if slots & {"size", "quantity", "option", "age"}:
        return False
    if clause.says_any(ALREADY) and clause.says_any(MINE):
        return True
    if "colour" in slots and not clause.says_any(NEVER):
        return False
    return any(_wears(clause, at) for at in range(len(clause.tokens)))


def _wears(clause: Message, at: int) -> bool:
    """Whether a verb tells a habit of wearing: "huvaa", "usually wear"."""
    token = clause.tokens[at]
    if token.tags.isdisjoint(DOING) and token.text != "go":
        return False
    worn = "~try_on" in token.tags and token.text.startswith("hu")
    return worn or clause.says_any(HABIT | NEVER)
