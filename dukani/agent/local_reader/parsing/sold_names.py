"""Finds names of sold pieces in a message, also of pieces that were never shown.

In "I want the Amani Wrap Dress", "wrap" is then no pattern, and the "Pwani" of a Pwani Straw Hat
no beach. A name counts when it has a word that occurs only in names, when its first two words are
said together, or when its category is said beside it: "Kazi" of a "shati la Kazi" is a name where
a Kazi Shirt is sold, and otherwise means work. A word that opens a name counts also where it stands
for a piece: the Lamu of "2 Lamu in rust size 30" is a belt, that of "deliver to Lamu" a town.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dukani.agent.lexicon.tables import WORDS
from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.typos import SHORTEST, nearest
from dukani.agent.lexicon.words import known
from dukani.agent.lexicon.wordsets import ALL, word_set
from dukani.agent.local_reader.parsing.kin_names import is_of_kin, is_somebodys, may_name_kin
from dukani.agent.local_reader.parsing.names_index import (
    GENITIVE,
    NOTHING_FILED,
    SHORTEST_NAME,
    Filed,
    Sold,
    index_of,
    is_proper,
    kinds_meant,
)
from dukani.domain.wearers import for_grown_up

PRICED = word_set("names", "priced")
CURRENCY = word_set("figures", "currency")
INTRODUCING = word_set("names", "introducing")

ANY_SUCH = frozenset(("a", "an", "any", "some"))
JOINERS = word_set("edits", "joiners")
SELLING = word_set("remarks", "selling")
ONLY = word_set("edits", "only")
KEEP = word_set("edits", "keep")
SET_TO = word_set("edits", "set_to")
LEADING = ("@this", "~add", "~want", "~give", "~take", "~put", "~buy", "~like", "~choose")
SENDING = ("~send", "~bring")
BESIDE_VERB = word_set("names", "beside_verb")
SAYING_COLOUR = frozenset(("rangi", "colour", "color", "in", "ya", "za", "la", "cha"))
MOST_BETWEEN = 4  # words between the name and its value
DESCRIBING = ("category", "pattern", "colour", "garment", "embroidery", "size", "size_word")


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name at tokens[start:end]; `colours` are places of colour words that belong to the name."""

    words: str
    start: int
    end: int
    colours: frozenset[int] = frozenset()


def _is_number_name(tokens: Sequence[Token], start: int, said: Sequence[str]) -> bool:
    """Whether a number is a name (501 Straight Jeans), not an amount ("under 500")."""
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
    """The name words in this token; a phrase of the lexicon may have several."""
    if " " in tokens[at].text:
        parts = tokens[at].text.split()
        parts = parts[parts[0] in GENITIVE :]  # the "ya maua" (floral) of a Wrap Dress Maua
        return parts if all(part in names.places for part in parts) else []
    word = _name_word(tokens[at], names) or _singular(tokens[at].text, names)
    return [word] if word else []


def _singular(word: str, names: Sold) -> str | None:
    """The singular of a word, if it occurs in a name: "flower girls" of a Flower Girl Dress."""
    single = word.removesuffix("s")
    return single if len(single) >= SHORTEST_NAME and single in names.places else None


def sold_names(
    tokens: Sequence[Token], names: tuple[str, ...], filed: Filed = NOTHING_FILED
) -> Iterator[NameSpan]:
    """The spans of the message that name a sold piece."""
    if not names:
        return
    known_names, at = index_of(names), 0
    while at < len(tokens):
        span = _span_from(tokens, at, known_names, filed)
        span = span or _standing_in(tokens, at, known_names, filed.patterns)
        if span is not None:
            yield span
        at = span.end if span else at + 1


def _span_from(tokens: Sequence[Token], start: int, names: Sold, filed: Filed) -> NameSpan | None:
    """The longest span from here whose words follow each other in one name."""
    said: list[str] = []
    places: set[tuple[int, int]] = set()
    end = start
    while end < len(tokens):
        words = _words_at(tokens, end, names)
        if said and tokens[end].text in GENITIVE and _goes_on(tokens, end + 1, places, names):
            end += 1  # the "za" of "seti za dhahabu", named Seti ya Dhahabu
            words = _words_at(tokens, end, names)
        following = _followed(places, words, names) if said else _began(words, names)
        if said and not following and (single := _singular(tokens[end].text, names)):
            words, following = [single], _followed(places, [single], names)  # "flower girls"
        if not words or not following:
            break
        places, end = following, end + 1
        said += words
        if tokens[end - 1].pause:
            break
    while len(said) > 1 and said[-1] in GENITIVE and tokens[end - 1].text == said[-1]:
        said, end = said[:-1], end - 1
    if not said or _introduces(tokens, start, end) or all(map(for_grown_up, said)):
        return None  # "dress za ladies" names no piece, also where one says "(Ladies)"
    proper = any(is_proper(word) for word in said) or _is_number_name(tokens, start, said)
    named = proper or _opens(said, places) or _is_phrase(tokens[start:end], said, names)
    named = named or _named_by_colour(tokens, start, end, said, names)
    named = named or (_is_whole(said, names) and not _any_such(tokens, start))
    named = named or _in_no_such_colour(tokens[start:end], said, names, filed)
    named = named or _in_no_colour_sold(tokens, start, end, filed)
    named = named or is_of_kin(tokens, start, end)
    named = named or _in_no_such_cloth(tokens[start], said, filed)
    if not named and not _beside_own_kind(tokens, start, end, places, names):
        return None
    while len(said) > 1 and said[0] in GENITIVE and tokens[start].text == said[0]:
        said, start = said[1:], start + 1
    return NameSpan(" ".join(said), start, end, _colours_in(tokens, start, end, names))


def _in_no_such_cloth(first: Token, said: Sequence[str], filed: Filed) -> bool:
    """Whether a cloth that nothing is filed as begins the name: the satin of a Satin Blouse."""
    known = bool(filed.patterns) and first.value not in filed.patterns
    return known and len(said) > 1 and first.kind == "pattern"


def _standing_in(
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
    ambiguous = ambiguous or (label and token.verb is not None)  # "subira ya purple": patience
    asked = lead is not None and not lead.tags.isdisjoint(LEADING)  # "niwekee mwezi"
    if lead is not None and "@place" in token.tags and _brings(lead):
        asked = False  # "niletee Mombasa"
    if not own or not (asked or _is_led(tokens, at)) or not ambiguous:
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
    valued = valued or (asked and not behind) or (led and told)
    valued = valued or (_joins_a_piece(tokens, at) and at + 1 == len(tokens))
    if not valued or any(_kinds_at(one) for one in beside):
        return None
    if token.kind == "colour" and (not behind or behind[0].text not in SAYING_COLOUR):
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
    return any(_kinds_at(behind[0]) & names.kinds[number] for number in labelled)


def _places(token: Token, names: Sold) -> frozenset[tuple[int, int]]:
    return names.places.get(token.text, frozenset())


def _lead(tokens: Sequence[Token], at: int) -> Token | None:
    """The word before, across "me" and "please": "please give me mwezi"."""
    before = (one for one in reversed(tokens[:at]) if one.pause or one.text not in BESIDE_VERB)
    return next(before, None)


def _joins_a_piece(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word is joined to a piece that is wanted: "I want the jacket and entebbe"."""
    if at < 2 or tokens[at - 1].text not in JOINERS:
        return False
    before = tokens[: at - 1]
    wanted = next((i for i, one in enumerate(before) if not one.tags.isdisjoint(LEADING)), None)
    if wanted is None or any(not one.tags.isdisjoint(SENDING) for one in before):
        return False
    return any(_kinds_at(one) for one in before[wanted:]) and not any(
        "@place" in one.tags and one.pause for one in before
    )


def _brings(verb: Token) -> bool:
    """Whether the verb has a place behind it as often as a piece: "niletee", "leta", "send"."""
    return "let" in verb.text or not verb.tags.isdisjoint(SENDING)


def _told(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].kind in ("colour", "size", "mark", "number")


def _is_led(tokens: Sequence[Token], at: int) -> bool:
    """Whether what stands before leads to a piece: a count, "the", "and", "I want"."""
    if at == 0 or tokens[at - 1].pause:
        return True
    before = tokens[at - 1]
    if before.kind in ("number", "colour") or before.text in JOINERS | ANY_SUCH | {"the"}:
        return True
    return not before.tags.isdisjoint(LEADING) or before.text.isdigit()


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


def _goes_on(tokens: Sequence[Token], at: int, places: set[tuple[int, int]], names: Sold) -> bool:
    """Whether a genitive leads to the name's next word: "seti ya dhahabu", "wedge za vanilla"."""
    if at >= len(tokens) or tokens[at - 1].pause:
        return False
    words = _words_at(tokens, at, names)
    linked = any((genitive, words[0]) in names.pairs for genitive in GENITIVE) if words else False
    own = len(words) == 1 and words[0] in names.proper
    return (linked or own) and bool(_followed(places, words, names))


def _is_phrase(tokens: Sequence[Token], said: list[str], names: Sold) -> bool:
    """Whether the words are neighbours in a name, with one that describes no garment."""
    together = all(pair in names.pairs for pair in itertools.pairwise(said))
    plain = [t for t in tokens if t.entry is None and t.verb is None and t.text not in ALL]
    numbered = any(word.isdigit() for word in said)  # "AF 1"
    long = any(
        len(t.text) >= (2 if numbered else SHORTEST_NAME) and t.text.isalpha() for t in plain
    )
    strange = any(t.text.isalpha() and len(t.text) > 2 and not known(t.text) for t in tokens)
    return len(said) > 1 and together and (long or strange)  # "air max"


def _is_whole(said: Sequence[str], names: Sold) -> bool:
    """Whether the words are a whole name, or its part in brackets: "mkanda wa ngozi"."""
    spoken = tuple(word for word in said if word not in GENITIVE)
    return len(spoken) > 1 and spoken in names.wholes


def _in_no_such_colour(
    tokens: Sequence[Token], said: Sequence[str], names: Sold, filed: Filed
) -> bool:
    """Whether words of a name read like a colour and a kind, and no such kind is of that colour.

    The "waridi dera" (pink dera) of a shop with a Waridi Dera and without a pink dera; the "khaki
    trousers" of one with Slim Khaki Trousers in other colours.
    """
    together = len(said) > 1 and all(pair in names.pairs for pair in itertools.pairwise(said))
    if not together or not filed.colours_of_kinds:
        return False
    kinds = frozenset[str]().union(*map(_kinds_at, tokens))
    told = {token.value for token in tokens if token.kind == "colour"}
    return bool(told and kinds) and filed.colours_of_kinds.isdisjoint(
        itertools.product(kinds, told)
    )


def _in_no_colour_sold(tokens: Sequence[Token], start: int, end: int, filed: Filed) -> bool:
    """Whether a colour that nothing is sold in stands for a piece named so: "khaki iwe brown".

    It stands where a noun does, and what it is to be like is said behind: "mko na khaki za men".
    """
    sold = {colour for _, colour in filed.colours_of_kinds}
    token = tokens[start]
    if end - start > 1 or token.kind != "colour" or not sold or token.value in sold:
        return False
    before = tokens[max(0, start - 2) : start]
    behind = list(itertools.takewhile(lambda t: t.text not in JOINERS, tokens[end : end + 4]))
    if any("~remove" in one.tags or one.text in KEEP for one in before):
        return all(one.text in ONLY for one in behind)  # "toa khaki", "nibaki na khaki tu"
    if not _is_led(tokens, start) and not any(one.text in SELLING for one in before[-1:]):
        return False
    if token.pause or any(_kinds_at(one) for one in behind):
        return False
    coloured = any(one.kind == "colour" and one.value in sold for one in behind)
    told = bool(behind) and (behind[0].text in GENITIVE | SET_TO or behind[0].kind == "mark")
    return coloured or told


def _any_such(tokens: Sequence[Token], start: int) -> bool:
    """Whether any such piece will do: "a denim jacket"."""
    return start > 0 and tokens[start - 1].text in ANY_SUCH


def _beside_own_kind(
    tokens: Sequence[Token], start: int, end: int, places: set[tuple[int, int]], names: Sold
) -> bool:
    """Whether the name's kind is said beside it: "Pwani scarf", "shati jeupe la Kazi"."""
    telling = any(_may_name(token) for token in tokens[start:end])
    telling = telling or any(may_name_kin(tokens, at) for at in range(start, end))
    kinds = frozenset[str]().union(*(names.kinds[number] for number, _ in places))
    if not telling or not kinds or is_somebodys(tokens, end):
        return False
    inside = any(_kinds_at(token) & kinds for token in tokens[start:end])
    return bool(inside or _before(tokens, start) & kinds or _after(tokens, end) & kinds)


def _named_by_colour(
    tokens: Sequence[Token], start: int, end: int, said: Sequence[str], names: Sold
) -> bool:
    """Whether a colour is part of the name, as another is said: "leso waridi ya blue".

    So too of "kanga za waridi moja rangi ya mustard".
    """
    together = len(said) > 1 and all(pair in names.pairs for pair in itertools.pairwise(said))
    inside = any(token.kind == "colour" for token in tokens[start:end])
    reach = [
        *tokens[end : end + 3],
        *(tokens[end + 3 : end + 4] if _tells_colour(tokens, end) else ()),
    ]
    beside = any(token.kind == "colour" for token in reach)
    return together and inside and beside


def _tells_colour(tokens: Sequence[Token], at: int) -> bool:
    """Whether "rangi ya" leads to a colour here, perhaps behind a count."""
    return any(token.text in ("rangi", "colour", "color") for token in tokens[at : at + 2])


def _may_name(token: Token) -> bool:
    """Whether a word with a meaning may still be a name: places, times, occasions."""
    if token.entry is not None and token.kind.startswith("@"):
        return not token.tags.isdisjoint(("@place", "@day"))
    if token.kind == "occasion" and token.text == token.value:
        return False  # "beach sandals" are for the beach; "Pwani" is first of all a name
    if token.kind in DESCRIBING or token.kind in ("number", "ordinal", "mark"):
        return False
    if token.kind == "money" and not token.text.isalpha():
        return False  # "ndovu" is a thousand, and the elephant of the Ndovu Pyjamas
    noun = not token.verb or token.text.endswith("o")  # "pendo" is a name, and of "penda"
    return token.text.isalpha() and len(token.text) >= SHORTEST_NAME and noun


def _kinds_at(token: Token) -> frozenset[str]:
    return kinds_meant(token.text) if token.kind in ("category", "garment") else frozenset()


def _before(tokens: Sequence[Token], start: int) -> frozenset[str]:
    """The kinds said before the name, also across a genitive: "skafu mbili za …"."""
    at = start - 1
    if at >= 0 and tokens[at].text in GENITIVE and not tokens[at].pause:
        at -= 1
        while at >= 0 and _describes(tokens[at]) and not tokens[at].pause:
            at -= 1
    return _kinds_at(tokens[at]) if at >= 0 and not tokens[at].pause else frozenset()


def _after(tokens: Sequence[Token], end: int) -> frozenset[str]:
    """The kinds said after the name: "Usiku heels", "Kazi official shirt"."""
    at = end
    while at < len(tokens) and not tokens[at - 1].pause and _describes(tokens[at]):
        at += 1
    beside = at < len(tokens) and not tokens[at - 1].pause
    return _kinds_at(tokens[at]) if beside else frozenset()


def _describes(token: Token) -> bool:
    return token.kind in ("colour", "pattern", "number", "embroidery", "size")


def _colours_in(tokens: Sequence[Token], start: int, end: int, names: Sold) -> frozenset[int]:
    """The places of colours that belong to the name: the red of a Red Sea Kimono."""
    found = set()
    for at in range(start, end):
        words = tokens[at].text.split()
        before = tokens[at - 1].text.split()[-1] if at > start else ""
        after = tokens[at + 1].text.split()[0] if at + 1 < end else ""
        owned = before in GENITIVE and any((one, words[0]) in names.pairs for one in GENITIVE)
        beside = owned or (before, words[0]) in names.pairs or (words[-1], after) in names.pairs
        if tokens[at].kind == "colour" and (beside or end - start == 1):
            found.add(at)
    return frozenset(found)


def _opens(said: list[str], places: set[tuple[int, int]]) -> bool:
    """Whether these are a name's first words, and not a mere description of a garment."""
    entry = WORDS.get(said[0])
    describing = entry is not None and entry.kind in DESCRIBING and _tells_garment(said[1:])
    return len(said) > 1 and not describing and any(at == len(said) - 1 for _, at in places)


def _tells_garment(words: Sequence[str]) -> bool:
    """Whether the words only name a garment: "dress" of "flower dress", not "girl"."""
    entry = WORDS.get(words[0]) if words else None
    described = entry is not None and entry.kind in DESCRIBING
    return not words or described or bool(kinds_meant(words[0]))


def _began(words: list[str], names: Sold) -> set[tuple[int, int]]:
    return _followed(set(names.places[words[0]]), words[1:], names) if words else set()


def _followed(places: set[tuple[int, int]], words: list[str], names: Sold) -> set[tuple[int, int]]:
    """The places in the names where these words follow, in order, perhaps with gaps."""
    for word in words:
        begun: dict[int, int] = {}  # of each name the first place reached
        for number, at in places:
            begun[number] = min(at, begun.get(number, at))
        later = names.places.get(word, frozenset())
        places = {(number, at) for number, at in later if at > begun.get(number, at)}
    return places


def _introduces(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether the word is the customer's own name: "I'm Neema"."""
    return end - start == 1 and start > 0 and tokens[start - 1].text in INTRODUCING
