"""Reads the owner's words as a command, by rules over whole messages.

A message is a command only if every word of it belongs there: words to a customer, which come the
same way, are none. A slip of a letter in a longer word does no harm, except in what names a piece
or an order, which the database decides about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from dukani.agent.lexicon.tables import SPELLINGS, WORDS, read_table
from dukani.agent.lexicon.typos import COMMON, SHORTEST, nearest
from dukani.agent.local_reader import gives_back
from dukani.domain import owner_commands as c

_TABLES: dict[str, dict[str, Any]] = read_table("owner.toml")
_ORDER = re.compile(
    r"\bdk(?:\s*[-–—]\s*|\s+(?=[a-z]*\d)|(?=[a-z]*\d))([0-9a-z]{1,9})\b", re.IGNORECASE
)
_EDGES = ".,!?:;()\"'“”*_~`"
_LONGEST = 300
_MOST_WORDS_OF_A_PIECE = 6
_MOST_WORDS = 9
_CODE = re.compile(r"(?!dk-)[a-z]{1,10}[-_]?\d{1,6}[a-z]?(?:[-_][a-z0-9]{1,6})?", re.IGNORECASE)
_YES, _NO = "👍", "👎"


def _words(table: str, name: str) -> frozenset[str]:
    return frozenset(_TABLES[table].get(name, "").split())


_KNOWN = frozenset(
    word
    for table in _TABLES.values()
    for words in table.values()
    for phrase in ([words] if isinstance(words, str) else words)
    for word in phrase.split()
)
_TARGETS = tuple(
    sorted(
        word
        for table in _TABLES
        for name in ("names", "today", "yesterday", "month")
        for word in _words(table, name)
        if len(word) >= SHORTEST
    )
)


def read(text: str) -> c.Command | None:
    """The command in the text; None: it is none."""
    if len(text) > _LONGEST:
        return None
    raw = split(text)
    words = [_corrected(word) for word in _spelled(raw)]
    if not words:
        return None
    for rule in _RULES:
        if command := rule(words, raw):
            return command
    return None


def split(text: str) -> list[str]:
    """The words as written, without the marks around them; order numbers as one word."""
    marked = _ORDER.sub(lambda found: f"DK-{found[1].upper()}", text.replace("’", "'"))
    marked = marked.replace(_YES, " yes ").replace(_NO, " no ")
    words = (word.strip(_EDGES) for word in re.split(r"[\s,]+", marked))
    return [word for word in words if word]


def _spelled(raw: Sequence[str]) -> list[str]:
    return [word.lower().replace("'", "") for word in raw]


def _corrected(word: str) -> str:
    """A command's word with a slip in it, as it is meant; any other as it is."""
    if word in _KNOWN or word in COMMON or word in WORDS or not word.isalpha():
        return word
    if word in SPELLINGS and len(SPELLINGS[word]) == 1:
        return SPELLINGS[word][0]
    return nearest(word, _TARGETS) or word


def _is(words: Sequence[str], table: str, *, names: str = "names") -> bool:
    """Whether the words hold a name of the table, and besides it only what may stand beside it."""
    said, known = set(words), _words(table, names)
    return bool(said & known) and said <= known | _words(table, "besides")


Rule = Callable[[Sequence[str], Sequence[str]], c.Command | None]


def _simple(words: Sequence[str], _raw: Sequence[str]) -> c.Command | None:
    if gives_back(" ".join(words)):
        return c.HandBack()
    for table, command in _SIMPLE.items():
        if _is(words, table):
            return command
    for table, command in (("pause", c.Pause()), ("resume", c.Resume())):
        said = set(words)
        if said & _words(table, "names") and (
            said <= _words(table, "names") | _words("pausing", "besides")
        ):
            return command
    said_whole = " ".join(words)
    for table, switch in (("shop", c.Shop()), ("desk", c.Desk())):
        if said_whole in _TABLES[table]["phrases"]:
            return switch
    return None


_SIMPLE: dict[str, c.Command] = {
    "yes": c.Yes(),
    "no": c.No(),
    "help": c.Help(),
    "hand_back": c.HandBack(),
}


def _pending(words: Sequence[str], _raw: Sequence[str]) -> c.Command | None:
    if not _is(words, "pending"):
        return None
    return c.Pending() if len(words) > 1 or words[0] in _words("pending", "alone") else None


_PERIODS: tuple[c.Period, ...] = ("today", "yesterday", "week", "month")


def _sales(words: Sequence[str], _raw: Sequence[str]) -> c.Command | None:
    said = set(words)
    periods = [period for period in _PERIODS if said & _words("sales", period)]
    named = said & _words("sales", "names")
    counted = said & _words("sales", "counted") and said & _words("sales", "counting") and periods
    known = {word for name in _TABLES["sales"] for word in _words("sales", name)}
    if not (named or counted) or not said <= known or len(periods) > 1:
        return None
    return c.Sales(period=periods[0] if periods else "today")


def _moved(words: Sequence[str], _raw: Sequence[str]) -> c.Command | None:
    numbers = tuple(dict.fromkeys(word.upper() for word in words if _ORDER.fullmatch(word)))
    others = {word for word in words if not _ORDER.fullmatch(word)}
    movements: tuple[c.Movement, ...] = ("dispatched", "delivered")
    for to in movements:
        verbs = _words(to, "names")
        if numbers and others & verbs and others <= verbs | _words("moving", "besides"):
            return c.MoveOrders(to=to, numbers=numbers)
    return None


def _of_a_coded_piece(words: Sequence[str], raw: Sequence[str]) -> c.Command | None:
    """A SKU with figures, such as KTG-014, and the verb anywhere: "KTG-014 zimebaki ngapi"."""
    coded = [at for at, shown in enumerate(raw) if _CODE.fullmatch(shown)]
    if len(coded) != 1 or len(words) > _MOST_WORDS:
        return None
    others = [at for at in range(len(words)) if at != coded[0]]
    named = [
        (made, at)
        for table, made in _OF_PIECES.items()
        for at in others
        if words[at] in _words(table, "names") | _words(table, "asking")
    ]
    if not named:
        return None
    made, verb = named[0]
    besides = _words("pieces", "besides") | _words("stock", "asking")
    told = [at for at in others if at != verb and words[at] not in besides]
    if any(not _tells_which(words[at]) for at in told):
        return None
    return made(sku=raw[coded[0]], words=tuple(raw[at] for at in told if words[at] != "x"))


def _tells_which(word: str) -> bool:
    """Whether a word tells a colour, a size or a count of a piece."""
    counts = re.fullmatch(r"x|\+?\d{1,3}|x\d+|\d+x|\d+pcs?", word)
    entry = WORDS.get(word)
    kinds = ("number", "size", "size_word", "colour")
    return counts is not None or (entry is not None and entry.kind in kinds)


def _of_a_piece(words: Sequence[str], raw: Sequence[str]) -> c.Command | None:
    """A verb, then the SKU: the first word that is no number and no word of everyday."""
    besides, stock = _words("pieces", "besides"), _words("stock", "names")
    pairs = [(word, shown) for word, shown in zip(words, raw, strict=True) if word not in besides]
    if len(pairs) == 2 and pairs[1][0] in stock and not pairs[0][1].islower():  # "WRAP stock"
        pairs.reverse()
    pairs = [pair for n, pair in enumerate(pairs) if n == 0 or pair[0] not in stock]
    if len(pairs) < 2 or len(pairs) > _MOST_WORDS_OF_A_PIECE:
        return None
    verb, rest = pairs[0][0], [shown for _, shown in pairs[1:]]
    made = next(
        (made for table, made in _OF_PIECES.items() if verb in _words(table, "names")), None
    )
    sku = next((shown for shown in rest if _may_be_a_sku(shown)), None)
    if made is None or sku is None:
        return None
    everyday = COMMON | _words("pieces", "never") - {"x"}
    if any(shown.lower() in everyday and shown.lower() not in WORDS for shown in rest):
        return None  # a sentence: "sold it yesterday, sorry dear"
    others = [shown for shown in rest if shown != sku and shown.lower() != "x"]
    return made(sku=sku, words=tuple(others))


_OF_PIECES: dict[str, type[c.Stock | c.Sold | c.Received]] = {
    "stock": c.Stock,
    "sold": c.Sold,
    "received": c.Received,
}


def _may_be_a_sku(word: str) -> bool:
    plain = word.lower()
    counts = re.fullmatch(r"\+?\d{1,3}|x\d+|\d+x|\d+pcs?", plain)
    others = COMMON | _words("pieces", "never") | _OF_SIZES_AND_NUMBERS
    return not counts and plain not in others


_OF_SIZES_AND_NUMBERS = frozenset(
    word
    for word, entry in WORDS.items()
    if entry.kind in ("number", "size", "size_word", "colour", "ordinal", "mark")
)

_RULES: tuple[Rule, ...] = (
    _simple, _pending, _moved, _sales, _of_a_coded_piece, _of_a_piece,
)  # fmt: skip
