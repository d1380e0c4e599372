"""Recognises a wish for a further piece: "also a hoodie", "na belt", "one more"."""

from __future__ import annotations

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.pieces import name_said, whole
from dukani.agent.local_reader.edits.words import ANOTHER, GOING_ON, KEEP, OTHER, SET_TO
from dukani.agent.local_reader.parsing.ages import SIBLINGS, THEIR_SIBLINGS, THEIRS
from dukani.agent.local_reader.parsing.message import Message
from dukani.domain.pieces import SoldPiece, sizes_worn_at

HEADS = ("name", "category")
THE_ONE = word_set("edits", "the_one")
FORGOTTEN = word_set("edits", "forgotten")
ADJECTIVES = tuple(word_set("edits", "adjectives"))
TOO = frozenset(("too", "pia", "also"))
TAKING = ("size", "colour", "quantity")
FILLERS = ("@hello", "@stopword", "@ok", "@yes")


FURTHER = frozenset(("another", "nyingine", "ingine", "mwingine", "zaidi"))


def says_another(clause: Message) -> bool:
    """Whether a further piece is wanted: "also", "ongeza", "another one"; not "the other one"."""
    if clause.tagged("~add"):
        return True
    if clause.tagged("~change") and clause.lines_said() and not clause.says_any(FURTHER):
        return False  # "also change the hoodie to L"
    return any(
        token.text in ANOTHER
        and not (at and _points(clause.tokens[at - 1]))
        and not _tells_of_two(clause, at)
        and not _compares(clause, at)
        for at, token in enumerate(clause.tokens)
    )


def _compares(clause: Message, at: int) -> bool:
    """Whether "zaidi" only compares: "njano ni nzuri zaidi", "navy inapendeza zaidi"."""
    if clause.tokens[at].text != "zaidi" or not at:
        return False
    before = clause.tokens[at - 1]
    return before.text.endswith(ADJECTIVES) or "~like" in before.tags


def _tells_of_two(clause: Message, at: int) -> bool:
    """Whether "nyingine" contrasts two pieces ("moja nyeusi nyingine nyeupe"), and adds none."""
    if clause.tokens[at].text not in OTHER or clause.context.cart:
        return False
    return any(token.text in THE_ONE for token in clause.tokens[: max(0, at - 1)])


def goes_on(clause: Message) -> bool:
    """Whether "and" adds a further piece: "na belt ya brown 34", "and the belt"."""
    if clause.asks or not _joins(clause) or not _ordered(clause):
        return False
    if clause.tagged("~remove", "~change", "~reduce") or clause.says_any(KEEP):
        return False
    if clause.says_any(SET_TO) and not _is_of_another_child(clause):
        return False
    headed = any(clause.slots.wanted(slot) for slot in HEADS)
    if not headed and _answers_then(clause):
        return False
    told = any(clause.slots.wanted(slot) for slot in ("size", "quantity"))
    if clause.context.question in TAKING and not clause.context.cart:
        if for_sibling(clause):
            return True
        return headed and bool(pieces_said(clause)) and not _of_piece_in_hand(clause)
    cart = bool(clause.context.cart)
    if cart and (clause.slots.wanted("colour") or (headed and told) or for_another_child(clause)):
        return True
    if cart and clause.slots.wanted("size") and clause.slots.wanted("quantity"):
        return True  # "na XL moja": so many in another size
    return headed and not clause.lines_said() and len(pieces_said(clause)) == 1


def _answers_then(clause: Message) -> bool:
    """Whether "then" answers the size or colour asked for: the black is sold out, "then navy"."""
    said = [t for t in clause.tokens if t.text in GOING_ON or t.tags.isdisjoint(FILLERS)]
    asked = clause.context.question in ("size", "colour") and clause.context.focus is not None
    then = bool(said) and said[0].text == "then"
    return asked and then and not clause.tagged("~add")


def for_another_child(clause: Message) -> bool:
    """Whether an age is told that no line of the order fits: "and one for her brother, he's 3"."""
    ages, cart = clause.slots.wanted("age"), clause.context.cart
    return bool(cart) and bool(ages) and not sizes_worn_at(int(str(ages[0].value)), cart)


def _is_of_another_child(clause: Message) -> bool:
    """Whether "make it" is of a piece for another child: "na dadake ako 8, yake iwe grey"."""
    other = for_sibling(clause) or clause.says_any(OTHER)
    return other and for_another_child(clause)


def for_sibling(clause: Message) -> bool:
    """Whether the age of a child's brother or sister is told: "and for her sister who is 8 …"."""
    told = clause.says_any(SIBLINGS) and clause.says_any(THEIRS)
    told = told or clause.says_any(THEIR_SIBLINGS)
    return told and bool(clause.slots.wanted("age"))


def _ordered(clause: Message) -> bool:
    """Whether there is an order, or a chosen piece whose size or colour is asked for."""
    taking = clause.context.question in TAKING
    return bool(clause.context.cart or clause.context.has_order or taking)


def _joins(clause: Message) -> bool:
    """Whether the clause begins with "and …", "oh and …", or ends with "too" after paying."""
    if clause.says_any(FORGOTTEN) or (clause.says("forget") and clause.says("dont")):
        return True
    said = [t for t in clause.tokens if t.text in GOING_ON or t.tags.isdisjoint(FILLERS)]
    if not said or clause.says("je", "vipi"):
        return False
    last = clause.tokens[-1].text in TOO and not clause.context.cart
    return said[0].text in GOING_ON or last


def pieces_said(clause: Message) -> list[SoldPiece]:
    """The pieces sold that the words fit."""
    kinds = {find.value for find in clause.slots.wanted("category")}
    name = name_said(clause, whole(clause))
    return [
        piece
        for piece in clause.context.sold.pieces
        if (not kinds or piece.category in kinds)
        and (name is None or all(word in piece.name.lower() for word in name.split()))
    ]


def _of_piece_in_hand(clause: Message) -> bool:
    """Whether the clause is about the piece in focus: "and the dress in L"."""
    focus = clause.context.focus
    return focus is not None and any(p.product_id == focus.product_id for p in pieces_said(clause))


def _points(token: Token) -> bool:
    return token.text == "the" or "@this" in token.tags
