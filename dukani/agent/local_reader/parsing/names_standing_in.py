"""Reads a word that opens a name where it stands for a piece: "2 Lamu in rust size 30" is a belt.

The Lamu of "deliver to Lamu" is a town. So too of a pattern, a colour or a plain word: "na chui
yellow size 36", "niwekee mwezi".
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.name_words import NameSpan
from dukani.agent.local_reader.parsing.names_beside_kinds import DESCRIBING, kinds_at
from dukani.agent.local_reader.parsing.names_index import SHORTEST_NAME, Sold

ANY_SUCH = frozenset(("a", "an", "any", "some"))
JOINERS = word_set("edits", "joiners")
LEADING = ("@this", "~add", "~want", "~give", "~take", "~put", "~buy", "~like", "~choose", "~get")
SENDING = ("~send", "~bring")
BESIDE_VERB = word_set("names", "beside_verb")
SAYING_COLOUR = frozenset(("rangi", "colour", "color", "in", "ya", "za", "la", "cha"))
PIECES = word_set("numbers", "pieces")
RARE_COLOURS = frozenset(("waridi",))  # a rose; the colour is mostly called "pinki"
TOO = frozenset(("plus", "also", "pia", "too", "add", "ongeza"))
OF_IT = frozenset(("lakini", "but", "of", "the", "ya", "za", "i", "want"))
MOST_BETWEEN = 4  # words between the name and its value


def standing_in(
    tokens: Sequence[Token], at: int, names: Sold, patterns: frozenset[str]
) -> NameSpan | None:
    """A name's own word alone, which else is a place, a pattern or a colour, meaning the piece.

    It stands where a piece does, behind a count or what leads to a piece, and is followed by a
    value of its own, with no kind of garment beside it: "na chui yellow size 36".
    """
    token, lead = tokens[at], _lead(tokens, at)
    places = _places(token, names)
    label = any(place == names.labels.get(number) for number, place in places)
    own = label or any(place == 0 for _, place in places)
    ambiguous = _is_ambiguous(token, patterns) or _is_pointed_name(tokens, at)
    asked = lead is not None and not lead.tags.isdisjoint(LEADING)  # "niwekee mwezi"
    # "subira ya purple", "3 subira", "nipe subira, krimu": else it is patience
    noun = label or asked or _is_counted(tokens, at)
    ambiguous = ambiguous or (noun and token.verb is not None)
    if lead is not None and "@place" in token.tags and _brings(lead):
        asked = False  # "niletee Mombasa"
    if not own or not (asked or is_led(tokens, at)) or not ambiguous:
        return None
    end = next((i for i in range(at, len(tokens)) if tokens[i].pause), len(tokens) - 1) + 1
    behind = list(itertools.takewhile(lambda t: t.text not in JOINERS, tokens[at + 1 : end]))
    before = reversed(tokens[:at])
    beside = [
        *behind,
        *itertools.takewhile(lambda t: t.text not in JOINERS and not t.pause, before),
    ]
    if _is_label_before_kind(tokens, at, names):
        return NameSpan(f"{token.text} {tokens[at + 1].text}", at, at + 2, frozenset({at}))
    valued = any(one.kind in ("colour", "size", "mark") for one in behind[:MOST_BETWEEN])
    valued = valued or (bool(behind) and behind[0].text in ("one", "ones"))
    told = bool(token.pause) and _told(tokens, at + 1)  # "plus mwezi, navy, size m"
    pointed = at > 0 and (tokens[at - 1].text == "the" or "@this" in tokens[at - 1].tags)
    led = asked or pointed or _joins_a_piece(tokens, at)
    only_counted = all(_counts(one) or one.text in PIECES for one in behind)
    valued = valued or (asked and only_counted) or (led and told)
    valued = valued or (_joins_a_piece(tokens, at) and at + 1 == len(tokens))
    valued = valued or _is_one_more(tokens, at)
    if not valued or any(kinds_at(one) for one in beside):
        return None
    rare = token.text in RARE_COLOURS and (
        asked or _joins_a_piece(tokens, at) or _is_one_more(tokens, at)
    )
    if token.kind == "colour" and not rare and not _has_a_colour_told(behind):
        return None  # "one black one nude"; but "Waridi rangi ya rust", "Waridi in rust"
    return NameSpan(token.text, at, at + 1, frozenset({at} if token.kind == "colour" else ()))


def _is_label_before_kind(tokens: Sequence[Token], at: int, names: Sold) -> bool:
    """Whether a Swahili colour stands before its kind, as no colour does: "waridi kanga".

    It is the name of a Kanga za Waridi, also where another kanga is pink ("kanga ya waridi"); of
    Waridi Mom Jeans where another colour is told behind it ("waridi jeans ya yellow").
    """
    token, behind = tokens[at], tokens[at + 1 : at + 2]
    if token.kind != "colour" or not token.swahili or token.pause or not behind:
        return False
    other = any(one.kind == "colour" for one in tokens[at + 2 : at + 2 + MOST_BETWEEN])
    places = _places(token, names)
    labelled = {n for n, place in places if names.labels.get(n) == place or (other and not place)}
    return any(kinds_at(behind[0]) & names.kinds[number] for number in labelled)


def _places(token: Token, names: Sold) -> frozenset[tuple[int, int]]:
    return names.places.get(token.text, frozenset())


def _lead(tokens: Sequence[Token], at: int) -> Token | None:
    """The word before, across a count and "please": "please give me the mwezi", "add 2 subira"."""
    first = at - 1 if at and _counts(tokens[at - 1]) and not tokens[at - 1].pause else at
    passed = BESIDE_VERB | {"the"}
    before = (
        one
        for one in reversed(tokens[:first])
        if one.pause or (one.text not in passed and "@this" not in one.tags)
    )
    return next(before, None)


def _joins_a_piece(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word is joined to a piece that is wanted: "I want the jacket and entebbe".

    So too in a list: "I want the jacket, entebbe, two, and …".
    """
    listed = at > 1 and bool(tokens[at - 1].pause and tokens[at].pause)
    if at < 2 or not (listed or tokens[at - 1].text in JOINERS | TOO):
        return False
    before = tokens[: at - 1]
    wanted = next((i for i, one in enumerate(before) if not one.tags.isdisjoint(LEADING)), None)
    if wanted is None or any(not one.tags.isdisjoint(SENDING) for one in before):
        return False
    return any(one.kind in ("category", "garment") for one in before[wanted:]) and not any(
        "@place" in one.tags and one.pause for one in before
    )


def _is_one_more(tokens: Sequence[Token], at: int) -> bool:
    """Whether nothing else is said but that it comes too: "na watamu pia", "plus 2 of the lamu"."""
    beside = [*tokens[:at], *tokens[at + 1 :]]
    too = any(one.text in TOO for one in beside)
    said = all(
        _counts(one)
        or one.kind in ("size", "mark")
        or not one.tags.isdisjoint(("@yes", "@ok", "@no"))
        or one.text in TOO | JOINERS | OF_IT | PIECES | {"saizi", "size"}
        for one in beside
    )
    return too and said and len(beside) <= MOST_BETWEEN


def _has_a_colour_told(behind: Sequence[Token]) -> bool:
    return bool(behind) and behind[0].text in SAYING_COLOUR


def _brings(verb: Token) -> bool:
    """Whether the verb has a place behind it as often as a piece: "niletee", "leta", "send"."""
    return "let" in verb.text or not verb.tags.isdisjoint(SENDING)


def _told(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].kind in ("colour", "size", "mark", "number")


def is_led(tokens: Sequence[Token], at: int) -> bool:
    """Whether what stands before leads to a piece: a count, "the", "and", "I want"."""
    if at == 0 or tokens[at - 1].pause:
        return True
    before = tokens[at - 1]
    if before.kind in ("number", "colour") or before.text in JOINERS | ANY_SUCH | {"the"}:
        return True
    return not before.tags.isdisjoint(LEADING) or before.text.isdigit()


def _is_counted(tokens: Sequence[Token], at: int) -> bool:
    """Whether a count or an article makes a noun of a word that is a verb elsewhere."""
    before = tokens[at - 1] if at else None
    return before is not None and (_counts(before) or before.text == "the")


def _counts(token: Token) -> bool:
    return token.kind == "number" or token.text.lstrip("x").isdigit()  # "x2"


def _is_pointed_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether any word is pointed at as a piece is: "the zawadi one, the red"."""
    token, before = tokens[at], tokens[at - 1] if at else None
    pointed = before is not None and (before.text == "the" or "@this" in before.tags)
    plain = token.text.isalpha() and len(token.text) >= SHORTEST_NAME and not token.verb
    numbers = ("number", "money", "ordinal", "mark", "occasion")
    return pointed and plain and token.kind not in (*DESCRIBING, *numbers)


def _is_ambiguous(token: Token, patterns: frozenset[str]) -> bool:
    """Whether the word is a place, a colour, a pattern that no piece has, or a plain word."""
    if token.kind == "pattern":
        return token.value not in patterns
    if token.kind in ("colour", "occasion") or "@place" in token.tags:
        return True
    noun = token.verb is not None and token.text.endswith("o")  # "pendo", of "penda"
    plain = token.entry is None and (noun or (not token.verb and token.tags <= {token.text}))
    return plain and token.text.isalpha() and len(token.text) >= SHORTEST_NAME  # "mwezi"
