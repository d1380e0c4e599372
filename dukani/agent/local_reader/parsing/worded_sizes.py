"""Tells whether a word is a size: "large", and not "blazer ni kubwa" or "mdogo ana miaka 5"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.ages import SIBLINGS
from dukani.agent.local_reader.parsing.price_told import tells_of_price

WOULD_BE = word_set("judged", "would_be")
IS = frozenset(("ni", "is", "iko", "are", "was"))
NEXT_SIZE = word_set("judged", "next_size")
FOR = frozenset(("kwake", "kwangu", "kwao", "kwa", "for"))
VERY = frozenset(("sana", "mno"))
SIZED_BY = frozenset(("zaidi", "than", "kuliko"))
BODY = word_set("remarks", "body")
OF_KIN = word_set("slots", "of_kin")  # "mdogo wake": a younger brother
CHILDREN = frozenset((
    "girl", "girls", "boy", "boys", "kid", "kids", "child", "children", "baby", "babies",
))  # fmt: skip
PERSONS = frozenset(("mdogo", "mkubwa", "mnene", "mwembamba"))
DOES = re.compile(r"(?:a|ha)(?:na|me|mesha|li|ta|ki|ka|nge)[a-z]{2,}")  # a person's verb
OF_PERSONS = frozenset(("wengine", "mwingine", "huyu", "yule", "ana", "yeye", "mtoto", "miaka"))
WE_HAVE = frozenset(("tuna", "nina", "tunayo", "ninayo"))
OF_A_PIECE = ("category", "garment", "colour", "mark", "size", "number")
BODY_NEAR = 3  # words: "hips zangu ni kubwa"
FEW = 26  # a number above it with an "s" names pieces by their size


def is_size(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word is a size, not a comparison ("kubwa zaidi") or a trait of a person."""
    after = tokens[at + 1].text if at + 1 < len(tokens) else ""
    before = tokens[at - 1].text if at else ""
    if _is_judged(tokens, at) or _is_compared(tokens, at):
        return False
    if tokens[at].kind == "size_word" and _is_of_an_event(tokens, at):
        return False
    if tokens[at].text in PERSONS and any(t.text in OF_PERSONS for t in tokens):
        return False  # "huyu mdogo ana miaka minane"
    if tokens[at].text in PERSONS and _says_ages(tokens):
        return False  # "mkubwa nipe navy 7-8Y, mdogo nyekundu 5-6Y"
    if tokens[at].text in PERSONS and DOES.fullmatch(after):
        return False  # "mkubwa amekua": the elder has grown
    if tokens[at].text == "s" and before.isdigit() and int(before) > FEW:
        return False  # "the 40s"; "2 S" counts
    of_body = {token.text for token in tokens[max(0, at - BODY_NEAR) : at]} & BODY
    if (of_body and tokens[at].kind == "size_word") or after in BODY:
        return False  # "nina mwili mkubwa" describes the person
    if tokens[at].kind == "size_word" and tells_of_price(tokens, at):
        return False
    of_kin = after in OF_KIN or after in SIBLINGS or after in CHILDREN  # "a small sister"
    return after not in SIZED_BY and not (tokens[at].kind == "size_word" and of_kin)


def _is_of_an_event(tokens: Sequence[Token], at: int) -> bool:
    """Whether what the customer has is large: "tuna ibada kubwa", "we have a big wedding"."""
    noun = tokens[at - 1] if at else None
    having = tokens[at - 2].text if at > 1 else ""
    if having in WE_HAVE and noun is not None and not noun.pause:
        return noun.kind not in OF_A_PIECE
    behind = tokens[at + 1] if at + 1 < len(tokens) else None
    before = [token.text for token in tokens[max(0, at - 3) : at]]
    has = before[:1] in (["i"], ["we"]) and before[1:] in (["have", "a"], ["got", "a"])
    has |= before[-2:] == ["are", "a"]  # "we are a small dance crew"
    return has and behind is not None and behind.kind not in OF_A_PIECE and behind.text != "one"


def _says_ages(tokens: Sequence[Token]) -> bool:
    """Whether a children's size is told: "5-6Y", "6-7"."""
    return any(token.text[0].isdigit() and "-" in token.text for token in tokens)


def _is_judged(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word says how a piece or a size is: "blazer ni kubwa", "14 itakuwa kubwa"."""
    if _is_for_somebody(tokens, at):
        return True
    copula = tokens[at - 1].text if at > 1 else ""
    of = tokens[at - 2] if at > 1 else None
    if of is None or of.pause or tokens[at].kind != "size_word":
        return False
    said_of = of.kind in ("category", "garment", "size", "colour") or of.text.isdigit()
    return copula in WOULD_BE or (copula in IS and said_of)


def _is_for_somebody(tokens: Sequence[Token], at: int) -> bool:
    """Whether it is too large or small for a use: "XL kubwa kwake", "ni ndogo sana kwa vitabu"."""
    if tokens[at].kind != "size_word" or not at or tokens[at - 1].pause:
        return False
    before, behind = tokens[at - 1], [token.text for token in tokens[at + 1 : at + 3]]
    near = bool(behind) and behind[0] in FOR and not tokens[at].pause
    for_use = near or (behind[:1] and behind[0] in VERY and behind[1:] and behind[1] in FOR)
    if before.text in IS:
        return bool(for_use or (behind[:1] and behind[0] in VERY))
    if before.text == "too":
        return bool(for_use)  # "it's too small for books"
    sized = before.kind == "size" or before.text.isdigit()
    return sized and bool(for_use)


def _is_compared(tokens: Sequence[Token], at: int) -> bool:
    """Whether "one size" counts sizes: "one size smaller"."""
    after = tokens[at + 1].text if at + 1 < len(tokens) else ""
    return tokens[at].value == "ONE" and after in NEXT_SIZE
