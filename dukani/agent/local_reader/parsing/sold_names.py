"""Finds names of sold pieces in a message, also of pieces that were never shown.

In "I want the Amani Wrap Dress", "wrap" is then no pattern, and the "Pwani" of a Pwani Straw Hat
no beach. A name counts when it has a word that occurs only in names, when its first two words are
said together, or by what stands beside it: its kind (`names_beside_kinds.py`), another colour
(`names_by_colour.py`), or a value where a piece is wished (`names_standing_in.py`).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from dukani.agent.lexicon.tables import WORDS
from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.words import known
from dukani.agent.lexicon.wordsets import ALL, word_set
from dukani.agent.local_reader.parsing.kin_names import is_of_kin
from dukani.agent.local_reader.parsing.name_words import (
    NameSpan,
    began,
    followed,
    goes_on,
    singular,
    words_at,
)
from dukani.agent.local_reader.parsing.names_beside_kinds import DESCRIBING, beside_own_kind
from dukani.agent.local_reader.parsing.names_by_colour import (
    colours_in,
    in_no_colour_sold,
    in_no_such_colour,
    named_by_colour,
)
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
from dukani.agent.local_reader.parsing.names_standing_in import ANY_SUCH, standing_in
from dukani.domain.wearers import for_grown_up

PRICED = word_set("names", "priced")
CURRENCY = word_set("figures", "currency")
INTRODUCING = word_set("names", "introducing")


def _is_number_name(tokens: Sequence[Token], start: int, said: Sequence[str]) -> bool:
    """Whether a number is a name (501 Straight Jeans), not an amount ("under 500")."""
    near = {token.text for token in tokens[max(0, start - 2) : start]}
    after = tokens[start + 1].text if start + 1 < len(tokens) else ""
    long = said[0].isdigit() and len(said[0]) >= SHORTEST_NAME - 1
    return long and not near & PRICED and after not in CURRENCY


def sold_names(
    tokens: Sequence[Token], names: tuple[str, ...], filed: Filed = NOTHING_FILED
) -> Iterator[NameSpan]:
    """The spans of the message that name a sold piece."""
    if not names:
        return
    known_names, at = index_of(names), 0
    while at < len(tokens):
        span = _span_from(tokens, at, known_names, filed)
        span = span or standing_in(tokens, at, known_names, filed.patterns)
        if span is not None:
            yield span
        at = span.end if span else at + 1


def _span_from(tokens: Sequence[Token], start: int, names: Sold, filed: Filed) -> NameSpan | None:
    """The longest span from here whose words follow each other in one name."""
    said: list[str] = []
    places: set[tuple[int, int]] = set()
    end = start
    while end < len(tokens):
        words = words_at(tokens, end, names)
        if said and tokens[end].text in GENITIVE and goes_on(tokens, end + 1, places, names):
            end += 1  # the "za" of "seti za dhahabu", named Seti ya Dhahabu
            words = words_at(tokens, end, names)
        following = followed(places, words, names) if said else began(words, names)
        if said and not following and (single := singular(tokens[end].text, names)):
            words, following = [single], followed(places, [single], names)  # "flower girls"
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
    named = named or named_by_colour(tokens, start, end, said, names)
    named = named or (_is_whole(said, names) and not _any_such(tokens, start))
    named = named or in_no_such_colour(tokens[start:end], said, names, filed)
    named = named or in_no_colour_sold(tokens, start, end, filed)
    named = named or is_of_kin(tokens, start, end)
    named = named or _in_no_such_cloth(tokens[start], said, filed)
    if not named and not beside_own_kind(tokens, start, end, places, names):
        return None
    while len(said) > 1 and said[0] in GENITIVE and tokens[start].text == said[0]:
        said, start = said[1:], start + 1
    return NameSpan(" ".join(said), start, end, colours_in(tokens, start, end, names))


def _in_no_such_cloth(first: Token, said: Sequence[str], filed: Filed) -> bool:
    """Whether a cloth that nothing is filed as begins the name: the satin of a Satin Blouse."""
    known = bool(filed.patterns) and first.value not in filed.patterns
    return known and len(said) > 1 and first.kind == "pattern"


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


def _any_such(tokens: Sequence[Token], start: int) -> bool:
    """Whether any such piece will do: "a denim jacket"."""
    return start > 0 and tokens[start - 1].text in ANY_SUCH


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


def _introduces(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether the word is the customer's own name: "I'm Neema"."""
    return end - start == 1 and start > 0 and tokens[start - 1].text in INTRODUCING
