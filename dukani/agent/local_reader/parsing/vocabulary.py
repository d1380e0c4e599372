"""Matches words with the names of the pieces in view."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from dukani.agent.lexicon.styles import STYLES
from dukani.agent.lexicon.tokens import COMMA, Token, normalise, tokenise, words_of
from dukani.agent.lexicon.typos import SHORTEST, nearest
from dukani.agent.lexicon.words import known, known_exactly
from dukani.agent.lexicon.wordsets import word_set
from dukani.domain.context import TurnContext

SHORTEST_NAME = 3
GLUE = word_set("names", "glue")
GENITIVE = frozenset(("ya", "za", "la", "cha", "vya", "wa", "ka"))
PURPOSE = word_set("names", "purpose")
PRICED = word_set("names", "priced")  # before a number that is money
CURRENCY = word_set("figures", "currency")
JOINERS = word_set("edits", "joiners")


@dataclass(frozen=True)
class Vocabulary:
    """The name words of the options, the focus and the cart; `telling` distinguish some of them.

    `styles` are style words that distinguish options: "heels" with sneakers and heels shown.
    """

    words: frozenset[str]
    telling: frozenset[str]
    styles: frozenset[str]
    targets: tuple[str, ...]  # words long enough for spelling correction


def _name_words(name: str) -> frozenset[str]:
    """The words of a product's name as tokens, with the single words of phrases."""
    words = {part for token in tokenise(name) for part in token.text.split()}
    words |= {part for piece in normalise(name).split() for part in piece.split("-")}
    return frozenset(word for word in words if len(word) >= SHORTEST_NAME and word not in GLUE)


@lru_cache(maxsize=512)
def _vocabulary_of(names: tuple[str, ...]) -> Vocabulary:
    counted = Counter(word for name in set(names) for word in _name_words(name))
    several = len(set(names)) > 1
    telling = {word for word, count in counted.items() if not several or count < len(set(names))}
    targets = tuple(sorted(word for word in counted if len(word) >= SHORTEST))
    return Vocabulary(frozenset(counted), frozenset(telling), frozenset(), targets)


def names_in_view(context: TurnContext) -> tuple[str, ...]:
    """The names of the options, the focus and the cart's lines."""
    shown = (*context.options, *([context.focus] if context.focus else ()))
    return (*(option.name for option in shown), *(line.name for line in context.cart))


def names_sold(context: TurnContext) -> tuple[str, ...]:
    """The names of all pieces the boutique sells."""
    return context.sold.names or tuple(piece.name for piece in context.sold.pieces)


@lru_cache(maxsize=512)
def _neighbours(names: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    """All pairs of neighbouring words in these names."""
    return frozenset(pair for name in names for pair in itertools.pairwise(words_of(name)))


@lru_cache(maxsize=512)
def _first_words(names: tuple[str, ...]) -> frozenset[str]:
    said = (normalise(name).replace("-", " ").split() for name in names)
    return frozenset(words[0] for words in said if words)


def _names(context: TurnContext) -> tuple[tuple[str, ...], ...]:
    """(names in view, names sold), separate because the caches key on each."""
    return names_in_view(context), names_sold(context)


def opens_a_name(tokens: Sequence[Token], at: int, context: TurnContext) -> bool:
    """Whether a name begins at this token: "two Bosi suits"."""
    if at >= len(tokens):
        return False
    word = tokens[at].text
    if not any(word in _first_words(names) for names in _names(context)):
        return False
    return not known(word) or in_a_name(tokens, at, context)


def counts_a_named(tokens: Sequence[Token], at: int, context: TurnContext) -> bool:
    """Whether several of a piece are named by a word of it, no other's: "3 runners white"."""
    word = tokens[at].text if at < len(tokens) else ""
    if not word.endswith("s") or known(word):
        return False
    forms = {word, word.removesuffix("s")}
    return any(forms & set(name.lower().split()) for name in context.sold.names)


def in_a_name(tokens: Sequence[Token], at: int, context: TurnContext) -> bool:
    """Whether a number belongs to a name: "matatu" of a Matatu Print T-shirt, "4" of a Jordan 4."""
    word = tokens[at].text
    if opens_with_number(tokens, at, context):
        return True
    if word.isdigit():
        return at > 0 and not tokens[at - 1].pause and _goes_on(tokens[at - 1].text, word, context)
    after = tokens[at + 1].text.partition(" ")[0] if at + 1 < len(tokens) else ""
    before = tokens[at - 1].text.rpartition(" ")[2] if at else ""
    return any(
        (word, after) in _neighbours(names) or (before, word) in _neighbours(names)
        for names in _names(context)
    )


def with_names_unbroken(tokens: tuple[Token, ...], context: TurnContext) -> tuple[Token, ...]:
    """The tokens without a comma before the number of a name: "air max, 97 black 41"."""
    sold = _neighbours(names_sold(context))
    return tuple(
        replace(token, pause=0)
        if token.pause == COMMA and _is_number_of(token, after, sold, context)
        else token
        for token, after in itertools.zip_longest(tokens, tokens[1:])
    )


def _is_number_of(
    token: Token, after: Token | None, pairs: frozenset[tuple[str, str]], context: TurnContext
) -> bool:
    if after is None or not after.text.isdigit() or len(after.text) < 2:
        return False
    return (token.text, after.text) in pairs and after.text not in context.sold.sizes


def numbers_a_name(tokens: Sequence[Token], at: int, context: TurnContext) -> bool:
    """Whether a number names one shown piece: "iyo 97 ni how much" for an Air Max 97."""
    word, before = tokens[at].text, tokens[at - 1] if at else None
    if not word.isdigit() or len(word) < 2 or (before is not None and before.kind == "mark"):
        return False
    if before is not None and before.text in PRICED:
        return False
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is not None and (after.text in CURRENCY or after.kind in ("money", "category")):
        return False
    if any(word in piece.sizes for piece in context.options):
        return False
    if any(word == line.size for line in context.cart):
        return False
    names = {option.name for option in context.options} or {line.name for line in context.cart}
    if not names and word not in context.sold.sizes:
        said = {token.text for token in tokens if token.text != word}
        names = {name for name in names_sold(context) if said & set(words_of(name))}
        names = {name for name in names if not _stands_behind(name, before)}
    return sum(word in words_of(name) for name in names) == 1


def _stands_behind(name: str, before: Token | None) -> bool:
    """Whether the word before goes with it as one name: the nike of "nike 97"."""
    return before is not None and not before.pause and before.text in words_of(name)


def opens_with_number(tokens: Sequence[Token], at: int, context: TurnContext) -> bool:
    """Whether a number is the name of a sold piece: "501 za blue", not "under 501"."""
    word = tokens[at].text
    if not word.isdigit() or len(word) < SHORTEST_NAME:
        return False
    near = {token.text for token in tokens[max(0, at - 2) : at]}
    after = tokens[at + 1].text if at + 1 < len(tokens) else ""
    if near & PRICED or after in CURRENCY:
        return False
    return any(word in words_of(name) for names in _names(context) for name in names)


def _goes_on(before: str, word: str, context: TurnContext) -> bool:
    return any((before, word) in _neighbours(names) for names in _names(context))


def vocabulary(context: TurnContext) -> Vocabulary:
    """The vocabulary of what the customer sees."""
    shown = [option.name for option in context.options]
    words = _vocabulary_of(names_in_view(context))
    if len(shown) < 2:
        return words
    styles = frozenset(STYLES.values()) & _vocabulary_of(tuple(shown)).telling
    return replace(words, styles=styles)


def _name_word(token: Token, words: Vocabulary) -> str | None:
    """The name word a token is, perhaps misspelt."""
    if token.text in words.words:
        return token.text
    style = STYLES.get(token.text)
    if style in words.styles:
        return style
    if known(token.text) or not token.text.isalpha():
        return None
    return nearest(token.text, words.targets)


def _is_name_only(token: Token) -> bool:
    """Whether a word can only be a name, as the lexicon gives it no other meaning."""
    kinds = ("", "pattern", "occasion")
    return token.kind in kinds and token.verb is None and not _known_function(token)


def _known_function(token: Token) -> bool:
    return token.entry is None and known_exactly(token.text)


def name_spans(
    tokens: Sequence[Token], words: Vocabulary, taken: Iterable[int] = ()
) -> list[tuple[int, int]]:
    """The spans of name words with at least one distinctive word."""
    if not words.words:
        return []
    skip = set(taken)
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(tokens):
        end = at
        while end < len(tokens) and end not in skip and _part_of_name(tokens[end], words):
            end += 1
            if tokens[end - 1].pause:
                break
        telling = any(
            _tells(tokens[index], words) or _points_to(tokens, index, words)
            for index in range(at, end)
        )
        if end > at and telling and not _is_occasion(tokens, at, end):
            spans.append((at, end))
        at = max(end, at + 1)
    return spans


def _is_occasion(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a name word is the occasion instead: "for a wedding", "la harusi"."""
    if start > 1 and "@this" in tokens[start - 2].tags:
        return False  # "hiyo ya kazi" is the one named so
    if _has_values_of_its_own(tokens, start, end):
        return False  # "ya bahari S white" is the one named so
    before = (token.text for token in tokens[max(0, start - 2) : start])
    return (
        end - start == 1
        and tokens[start].kind == "occasion"
        and any(text in PURPOSE for text in before)
    )


def _has_values_of_its_own(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether "ya" opens the words of a piece, whose values stand right behind the name."""
    if start == 0 or tokens[start - 1].text not in GENITIVE or end >= len(tokens):
        return False
    before = tokens[start - 2] if start > 1 else None
    opens = before is None or bool(before.pause) or before.text in JOINERS or bool(before.verb)
    return opens and not tokens[end - 1].pause and tokens[end].kind in ("colour", "size", "mark")


def _points_to(tokens: Sequence[Token], at: int, words: Vocabulary) -> bool:
    """Whether a definite place name means a piece: "the Kilimani", "ile ya Pwani"."""
    token = tokens[at]
    free = token.entry is None or token.kind == "@place"
    named = free and token.text in words.telling and token.text.isalpha()
    if not named or (len(token.text) <= SHORTEST_NAME) or at == 0:
        return False
    before = tokens[at - 1]
    pointing = before.text == "the" or "@this" in before.tags
    owned = before.text in GENITIVE and at > 1 and "@this" in tokens[at - 2].tags
    return not before.pause and (pointing or owned)


def _part_of_name(token: Token, words: Vocabulary) -> bool:
    if token.kind == "mark":
        return False  # "kitenge size 16", beside a Gauni la Batiki (Free Size)
    if any(part in words.words for part in token.text.split()):
        return True
    return _name_word(token, words) is not None


def _tells(token: Token, words: Vocabulary) -> bool:
    """Whether the token distinguishes a piece, by more than its category or colour."""
    if STYLES.get(token.text) in words.styles:
        return True
    if token.kind in ("colour", "size", "number", "category", "garment", "size_word"):
        return " " in token.text and any(
            (part in words.telling and not known(part))
            or (part in words.telling and part in PATTERNS)
            for part in token.text.split()
        )
    word = _name_word(token, words)
    return word is not None and word in words.telling and _is_name_only(token)


PATTERNS = frozenset(("wrap", "maxi", "linen", "leather", "denim", "lace", "pleated", "graphic"))
