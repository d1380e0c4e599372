"""Finds names of places in an address, with small misspellings.

"Ngong Road" does not name the place Ngong.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from rapidfuzz import fuzz

CLOSE = 90  # rapidfuzz ratio from which a word counts as a misspelt name
SHORTEST_SLIP = 6  # letters of a name that may be misspelt: shorter names are too similar
SHORTEST_NAME = 3

_WORD = re.compile(r"(?P<word>[^\W\d_]+|\d+)(?P<gap>[\W_]*)")
_BREAK = re.compile(r"[,;:.\n/()|]")
_APOSTROPHES = re.compile(r"['’‘`´ʼ]")
_ABBREVIATED = {"rd": "road", "ave": "avenue", "hwy": "highway"}

_SAID = tomllib.loads(files(__package__).joinpath("places.toml").read_text(encoding="utf-8"))
TOWNS = frozenset(_SAID["towns"])
_ROADS, _BESIDE, _JOINING, _NOT = (
    frozenset(_SAID[name]) for name in ("roads", "beside", "joining", "not")
)
_ROADS_TO = tuple(tuple(lead.split()) for lead in _SAID["roads_to"])

_SPLITS = re.compile(r"[,/&+();|]|\s(?:and|na|or|au)\s", re.IGNORECASE)
_FIRST = re.compile(r"^(?:(?:the|rest|other|parts|all|greater|within|around|of)\s)+")
# "town" is not stripped: "Nairobi town" is the centre, "Nairobi" in an address is not.
_LAST = re.compile(r"(?:\s(?:county|environs|area|estate))+$")


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    last: bool  # a comma or another separator follows


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in an address: `start` and `end` are word positions, `end` exclusive."""

    start: int
    end: int
    letters: int
    exact: bool
    beside: bool  # the address is only near this place ("next to")

    def within(self, other: Mention) -> bool:
        longer = other.end - other.start > self.end - self.start
        return longer and other.start <= self.start and self.end <= other.end


@lru_cache(maxsize=8192)
def words_of(text: str) -> tuple[Word, ...]:
    """The words in lower case without accents; "Umoja2" is split into letters and digits."""
    spread = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text.casefold()))
    plain = "".join(letter for letter in spread if not unicodedata.combining(letter))
    return tuple(
        Word(_ABBREVIATED.get(found["word"], found["word"]), bool(_BREAK.search(found["gap"])))
        for found in _WORD.finditer(plain)
    )


@lru_cache(maxsize=2048)
def names_in(written: str) -> tuple[str, ...]:
    """The names in a zone's title: "Thika, Rongai and Kiambu" has three."""
    parts = [written, *_SPLITS.split(written)]
    plain = [" ".join(word.text for word in words_of(part)) for part in parts]
    told = [_FIRST.sub("", name) for name in plain]
    names = dict.fromkeys([*told, *(_LAST.sub("", name) for name in told)])
    return tuple(name for name in names if len(name) >= SHORTEST_NAME and not name.isdigit())


def mentions(address: str, names: Iterable[str]) -> Iterator[tuple[str, Mention]]:
    """Each mention of the names in the address; `names` are spelt as `names_in` returns them."""
    written = words_of(address)
    for name in names:
        for mention in _mentions(written, name.split()):
            yield name, mention


def _mentions(written: Sequence[Word], name: Sequence[str]) -> Iterator[Mention]:
    whole = "".join(name)
    for length in {max(len(name) - 1, 1), len(name), len(name) + 1}:
        for start in range(len(written) - length + 1):
            end = start + length
            words = [word.text for word in written[start:end]]
            exact = "".join(words) == whole  # spaces do not matter: "southc", "Lang ata"
            if not exact and not _close(words, name):
                continue
            if (
                _is_road(written, end, name)
                or _led_by(written, start, _ROADS_TO)
                or _denied(written, start)
            ):
                continue
            yield Mention(start, end, len(whole), exact, _is_beside(written, start))


def _close(words: Sequence[str], name: Sequence[str]) -> bool:
    """Whether each word is close: "Embakasi West" must not match "Embakasi East"."""
    return len(words) == len(name) and all(map(_is_slip, words, name))


def _is_slip(word: str, meant: str) -> bool:
    if word == meant:
        return True
    return len(meant) >= SHORTEST_SLIP and fuzz.ratio(word, meant) >= CLOSE


def _is_road(written: Sequence[Word], end: int, name: Sequence[str]) -> bool:
    if end >= len(written) or written[end - 1].last or name[-1] in _ROADS:
        return False
    after = [word.text for word in written[end : end + 2]]
    return after[0] in _ROADS or after == ["super", "highway"]


def _led_by(written: Sequence[Word], start: int, leads: Iterable[tuple[str, ...]]) -> bool:
    before = tuple(word.text for word in written[max(start - 3, 0) : start])
    return any(before[-len(lead) :] == lead for lead in leads)


def _denied(written: Sequence[Word], start: int) -> bool:
    return start > 0 and written[start - 1].text in _NOT


def _is_beside(written: Sequence[Word], start: int) -> bool:
    at = start - 1
    while at >= max(start - 2, 0) and written[at].text in _JOINING and not written[at].last:
        at -= 1  # "karibu na", "next to the"
    return at >= 0 and written[at].text in _BESIDE and not written[at].last
