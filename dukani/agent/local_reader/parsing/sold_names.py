"""Names of pieces the boutique sells, said before any of them is shown.

"I want the Amani Wrap Dress" names a piece; wrap is then no pattern to filter by, and the
"Pwani" of a Pwani Straw Hat no beach. A name counts when a word is in it that only names hold,
when its first two words are said together, or when its kind is said beside it: the "Kazi" of a
"shati la Kazi" is a name where a Kazi Shirt is sold, and work anywhere else.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dukani.agent.lexicon.kinds import kind_of
from dukani.agent.lexicon.tables import WORDS
from dukani.agent.lexicon.tokens import Token, words_of
from dukani.agent.lexicon.typos import SHORTEST, nearest
from dukani.agent.lexicon.words import describe, known, known_exactly
from dukani.agent.lexicon.wordsets import ALL, word_set

SHORTEST_NAME = 4
PRICED = word_set("names", "priced")
CURRENCY = word_set("figures", "currency")
INTRODUCING = word_set("names", "introducing")

ANY_SUCH = frozenset(("a", "an", "any", "some"))
GENITIVE = frozenset(("ya", "za", "la", "cha", "vya", "wa", "ka"))
DESCRIBING = ("category", "pattern", "colour", "garment", "embroidery", "size", "size_word")

Places = frozenset[tuple[int, int]]  # (which name, which word of it)


@dataclass(frozen=True)
class Sold:
    """Where each word stands in the names, and the words only names have."""

    places: dict[str, Places]
    proper: tuple[str, ...]
    pairs: frozenset[tuple[str, str]]  # words side by side in a name
    kinds: tuple[frozenset[str], ...]  # of each name: what kinds of piece its words tell
    wholes: frozenset[tuple[str, ...]]  # names in full, without what is in brackets, and that alone


@dataclass(frozen=True, slots=True)
class NameSpan:
    """tokens[start:end] name a piece; `colours` are places of words that are no colour there."""

    words: str
    start: int
    end: int
    colours: frozenset[int] = frozenset()


@lru_cache(maxsize=256)
def _sold(names: tuple[str, ...]) -> Sold:
    places: dict[str, set[tuple[int, int]]] = {}
    pairs: set[tuple[str, str]] = set()
    for number, name in enumerate(names):
        words = words_of(name)
        pairs.update(itertools.pairwise(words))
        for at, word in enumerate(words):
            places.setdefault(word, set()).add((number, at))
    proper = tuple(sorted(word for word in places if _is_proper(word)))
    found = {word: frozenset(at) for word, at in places.items()}
    kinds = tuple(frozenset[str]().union(*map(_kinds, words_of(name))) for name in names)
    wholes = frozenset(part for name in names for part in _wholes(name))
    return Sold(found, proper, frozenset(pairs), kinds, wholes)


def _wholes(name: str) -> Iterator[tuple[str, ...]]:
    """Parts of a name that are names too; not a colour and a kind, nor a kind alone."""
    plain, _, rest = name.partition("(")
    for part in (name, plain, rest.partition(")")[0]):
        words = tuple(word for word in words_of(part) if word not in GENITIVE)
        if any(not (entry := WORDS.get(word)) or entry.kind == "pattern" for word in words):
            yield words


@lru_cache(maxsize=4096)
def _kinds(word: str) -> frozenset[str]:
    """The kinds of piece a word tells, close and broad: heels are shoes, "skafu" is a scarf."""
    entry = describe(word).entry
    broad = entry.value if entry is not None and entry.kind == "category" else None
    return frozenset(kind for kind in (kind_of(word), broad) if kind is not None)


def _is_proper(word: str) -> bool:
    short = len(word) == SHORTEST_NAME - 1 and not known(word) and not kind_of(word)  # "nyc"
    return word.isalpha() and (len(word) >= SHORTEST_NAME or short) and not known_exactly(word)


def _is_number_name(tokens: Sequence[Token], start: int, said: Sequence[str]) -> bool:
    """The 501 of 501 Straight Jeans; not the 500 of "under 500"."""
    near = {token.text for token in tokens[max(0, start - 2) : start]}
    after = tokens[start + 1].text if start + 1 < len(tokens) else ""
    long = said[0].isdigit() and len(said[0]) >= SHORTEST_NAME - 1
    return long and not near & PRICED and after not in CURRENCY


def _name_word(token: Token, names: Sold) -> str | None:
    """The token as a word of a name, perhaps misspelt."""
    if token.text in names.places:
        return token.text
    if token.entry or token.verb or len(token.text) < SHORTEST or known(token.text):
        return None
    return nearest(token.text, names.proper)


def _words_at(tokens: Sequence[Token], at: int, names: Sold) -> list[str]:
    """The words of names in this token; a phrase of the lexicon may hold several."""
    if " " in tokens[at].text:
        parts = tokens[at].text.split()
        return parts if all(part in names.places for part in parts) else []
    word = _name_word(tokens[at], names) or _singular(tokens[at].text, names)
    return [word] if word else []


def _singular(word: str, names: Sold) -> str | None:
    """ "flower girls", where a Flower Girl Dress is sold."""
    single = word.removesuffix("s")
    return single if len(single) >= SHORTEST_NAME and single in names.places else None


def sold_names(tokens: Sequence[Token], names: tuple[str, ...]) -> Iterator[NameSpan]:
    """The stretches of the message that name a piece."""
    if not names:
        return
    known_names, at = _sold(names), 0
    while at < len(tokens):
        span = _span_from(tokens, at, known_names)
        if span is not None:
            yield span
        at = span.end if span else at + 1


def _span_from(tokens: Sequence[Token], start: int, names: Sold) -> NameSpan | None:
    """The longest stretch from here whose words follow each other in one name."""
    said: list[str] = []
    places: set[tuple[int, int]] = set()
    end = start
    while end < len(tokens):
        words = _words_at(tokens, end, names)
        if said and tokens[end].text in GENITIVE and _goes_on(tokens, end + 1, places, names):
            end += 1  # the "za" of "seti za dhahabu", named Seti ya Dhahabu
            words = _words_at(tokens, end, names)
        following = _followed(places, words, names) if said else _began(words, names)
        if not words or not following:
            break
        places, end = following, end + 1
        said += words
        if tokens[end - 1].pause:
            break
    while len(said) > 1 and said[-1] in GENITIVE and tokens[end - 1].text == said[-1]:
        said, end = said[:-1], end - 1
    if not said or _introduces(tokens, start, end):
        return None
    proper = any(_is_proper(word) for word in said) or _is_number_name(tokens, start, said)
    named = proper or _opens(said, places) or _is_phrase(tokens[start:end], said, names)
    named = named or _named_by_colour(tokens, start, end, said, names)
    named = named or (_is_whole(said, names) and not _any_such(tokens, start))
    if not named and not _beside_its_kind(tokens, start, end, places, names):
        return None
    while len(said) > 1 and said[0] in GENITIVE and tokens[start].text == said[0]:
        said, start = said[1:], start + 1
    return NameSpan(" ".join(said), start, end, _colours_in(tokens, start, end, names))


def _goes_on(tokens: Sequence[Token], at: int, places: set[tuple[int, int]], names: Sold) -> bool:
    """The name's next word is told by a "ya": "seti ya dhahabu", "wedge za vanilla"."""
    if at >= len(tokens) or tokens[at - 1].pause:
        return False
    words = _words_at(tokens, at, names)
    linked = any((genitive, words[0]) in names.pairs for genitive in GENITIVE) if words else False
    own = len(words) == 1 and words[0] in names.proper
    return (linked or own) and bool(_followed(places, words, names))


def _is_phrase(tokens: Sequence[Token], said: list[str], names: Sold) -> bool:
    """ "green valley": side by side in a name, with a word that is none of a garment's."""
    together = all(pair in names.pairs for pair in itertools.pairwise(said))
    plain = [t for t in tokens if t.entry is None and t.verb is None and t.text not in ALL]
    numbered = any(word.isdigit() for word in said)  # "AF 1"
    long = any(
        len(t.text) >= (2 if numbered else SHORTEST_NAME) and t.text.isalpha() for t in plain
    )
    strange = any(t.text.isalpha() and len(t.text) > 2 and not known(t.text) for t in tokens)
    return len(said) > 1 and together and (long or strange)  # "air max"


def _is_whole(said: Sequence[str], names: Sold) -> bool:
    """A name as a whole, or what stands for it in brackets: "mkanda wa ngozi", "leather tote"."""
    spoken = tuple(word for word in said if word not in GENITIVE)
    return len(spoken) > 1 and spoken in names.wholes


def _any_such(tokens: Sequence[Token], start: int) -> bool:
    """ "a denim jacket": whichever there is."""
    return start > 0 and tokens[start - 1].text in ANY_SUCH


def _beside_its_kind(
    tokens: Sequence[Token], start: int, end: int, places: set[tuple[int, int]], names: Sold
) -> bool:
    """ "Pwani scarf", "shati jeupe la Kazi", "leso waridi": the piece of that name and kind."""
    telling = any(_may_name(token) for token in tokens[start:end])
    kinds = frozenset[str]().union(*(names.kinds[number] for number, _ in places))
    if not telling or not kinds:
        return False
    inside = any(_kinds_at(token) & kinds for token in tokens[start:end])
    return bool(inside or _before(tokens, start) & kinds or _after(tokens, end) & kinds)


def _named_by_colour(
    tokens: Sequence[Token], start: int, end: int, said: Sequence[str], names: Sold
) -> bool:
    """The "leso waridi" of "leso waridi ya blue": the colour it is wanted in is said besides."""
    together = len(said) > 1 and all(pair in names.pairs for pair in itertools.pairwise(said))
    inside = any(token.kind == "colour" for token in tokens[start:end])
    beside = any(token.kind == "colour" for token in tokens[end : end + 3])
    return together and inside and beside


def _may_name(token: Token) -> bool:
    """Words with a sense of their own that shops call pieces by: places, times, occasions."""
    if token.entry is not None and token.kind.startswith("@"):
        return not token.tags.isdisjoint(("@place", "@day"))
    if token.kind == "occasion" and token.text == token.value:
        return False  # "beach sandals" are for the beach; "Pwani" is first of all a name
    if token.kind in DESCRIBING or token.kind in ("number", "money", "ordinal", "mark"):
        return False
    return token.text.isalpha() and len(token.text) >= SHORTEST_NAME and not token.verb


def _kinds_at(token: Token) -> frozenset[str]:
    return _kinds(token.text) if token.kind in ("category", "garment") else frozenset()


def _before(tokens: Sequence[Token], start: int) -> frozenset[str]:
    """The kinds a genitive leads back to: "skafu mbili za", "blauzi nyeupe za"; or just before."""
    at = start - 1
    if at >= 0 and tokens[at].text in GENITIVE and not tokens[at].pause:
        at -= 1
        while at >= 0 and _describes(tokens[at]) and not tokens[at].pause:
            at -= 1
    return _kinds_at(tokens[at]) if at >= 0 and not tokens[at].pause else frozenset()


def _after(tokens: Sequence[Token], end: int) -> frozenset[str]:
    """ "Usiku heels", "Kazi official shirt": English puts the kind last."""
    at = end
    while at < len(tokens) and not tokens[at - 1].pause and _describes(tokens[at]):
        at += 1
    beside = at < len(tokens) and not tokens[at - 1].pause
    return _kinds_at(tokens[at]) if beside else frozenset()


def _describes(token: Token) -> bool:
    return token.kind in ("colour", "pattern", "number", "embroidery", "size")


def _colours_in(tokens: Sequence[Token], start: int, end: int, names: Sold) -> frozenset[int]:
    """The red of a Red Sea Kimono: it stands in the name beside the word it stands by here."""
    found = set()
    for at in range(start, end):
        words = tokens[at].text.split()
        before = tokens[at - 1].text.split()[-1] if at > start else ""
        after = tokens[at + 1].text.split()[0] if at + 1 < end else ""
        owned = before in GENITIVE and any((one, words[0]) in names.pairs for one in GENITIVE)
        beside = owned or (before, words[0]) in names.pairs or (words[-1], after) in names.pairs
        if tokens[at].kind == "colour" and beside:
            found.add(at)
    return frozenset(found)


def _opens(said: list[str], places: set[tuple[int, int]]) -> bool:
    """A name's first words, as they stand in it; what describes a garment is no such word."""
    entry = WORDS.get(said[0])
    describing = entry is not None and entry.kind in DESCRIBING and _tells_garment(said[1:])
    return len(said) > 1 and not describing and any(at == len(said) - 1 for _, at in places)


def _tells_garment(words: Sequence[str]) -> bool:
    """The "dress" behind "flower dress"; the "girl" behind "flower" makes it a name."""
    entry = WORDS.get(words[0]) if words else None
    described = entry is not None and entry.kind in DESCRIBING
    return not words or described or bool(_kinds(words[0]))


def _began(words: list[str], names: Sold) -> set[tuple[int, int]]:
    return _followed(set(names.places[words[0]]), words[1:], names) if words else set()


def _followed(places: set[tuple[int, int]], words: list[str], names: Sold) -> set[tuple[int, int]]:
    """Where the names go on with these words, in order; words may be left out between."""
    for word in words:
        begun: dict[int, int] = {}  # of each name the first place reached
        for number, at in places:
            begun[number] = min(at, begun.get(number, at))
        later = names.places.get(word, frozenset())
        places = {(number, at) for number, at in later if at > begun.get(number, at)}
    return places


def _introduces(tokens: Sequence[Token], start: int, end: int) -> bool:
    """ "I'm Neema": the customer's own name."""
    return end - start == 1 and start > 0 and tokens[start - 1].text in INTRODUCING
