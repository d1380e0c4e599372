"""Numbers the features a message is told by, and the symbols its effect on an order is told in.

Values of one message (its pieces, colours, sizes, lines) are told by numbers given anew for each
message, `p0`, `c0`, `s0`, `L0`: what is learned holds for any shop. The same numbers stand in the
features and in the effect, so that a value is copied from the one to the other.
"""

from __future__ import annotations

import zlib
from functools import lru_cache

PIECES, COLOURS, SIZES, LINES, HIGHEST = 10, 12, 14, 8, 20
LONGEST_MESSAGE = 56  # tokens
MOST_FEATURES = 34  # of one place
LONGEST = 84  # places: what was said last, lines, pieces, words, what the rules read
MOST_READ = 9  # places of what the rules read
LONGEST_EFFECT = 30  # symbols

# ADD piece colour size count · REM line · SETQ, INC, DEC line count · CHG line colour size count ·
# PART line count colour size · SWAP line piece colour size count. Q: not said; AGE n, UP, DN
# (the next size) stand for a size.
CHANGES = ("ADD", "REM", "SETQ", "INC", "DEC", "CHG", "PART", "SWAP")
WITHOUT_CHANGE = (
    "ask", "look", "remark", "yes", "no", "pay", "address", "cart", "undo", "clear", "cancel",
    "wait", "person", "which", "nothing",
)  # fmt: skip
_SPECIAL = ("PAD", "BOS", "EOS", *CHANGES, "Q", "AGE", "UP", "DN", *WITHOUT_CHANGE)
_VALUES = (("p", PIECES), ("c", COLOURS), ("s", SIZES), ("L", LINES), ("n", HIGHEST + 1))
SYMBOLS = (*_SPECIAL, *(f"{kind}{at}" for kind, many in _VALUES for at in range(many)))
SYMBOL = {symbol: at for at, symbol in enumerate(SYMBOLS)}
BOS, EOS = SYMBOL["BOS"], SYMBOL["EOS"]

_ACTS = (
    "add", "set", "change_quantity", "remove", "substitute", "split", "clear", "undo", "address",
    "note", "set_wearer", "payer", "confirm", "decline", "checkout", "pay_again", "claim_paid",
    "cancel", "search", "more", "back", "ask_price", "ask_stock", "wait_for_stock", "ask_size",
    "tell_size", "ask_shop", "view_order", "order_status", "repeat", "handoff", "complaint",
    "opt_out", "opt_in", "stop_promotions", "want_promotions", "greeting", "thanks", "remark",
    "start_over", "unclear",
)  # fmt: skip
_NAMED = (
    "line", "shown", "piece", "said last", "word", "pause1", "pause2", "asked", "denied",
    "spoken of", "role:name", "role:category", "role:colour", "role:size", "role:quantity",
    "role:option", "role:age", "role:occasion", "role:pattern", "role:budget_min",
    "role:budget_max", "role:embroidery", "last:greeting", "last:shown", "last:changed",
    "last:cart", "last:address", "last:total", "last:failed", "last:answered", "last:placed",
    "last:paid", "q:colour", "q:size", "q:which", "q:which_line", "number", "large number",
    "colour", "size", "name", "kind", "of a line",
    "read", "read:done", "read:asked", "read:missing",
    *(f"act:{kind}" for kind in _ACTS),
    "price", "cheapest", "dearest", "smallest", "largest",
)  # fmt: skip
FEATURE = {name: len(SYMBOLS) + at for at, name in enumerate(_NAMED)}
HASHED = len(SYMBOLS) + len(_NAMED)
_WORDS, _GRAMS, _TAGS = 6000, 4000, 300
TAGGED = HASHED + _WORDS + _GRAMS
SIZE = TAGGED + _TAGS
_MOST_GRAMS = 9


@lru_cache(maxsize=16384)
def word_feature(word: str) -> int:
    return HASHED + _hash(f"w:{word}") % _WORDS


@lru_cache(maxsize=16384)
def gram_features(word: str) -> tuple[int, ...]:
    """The features of a word's parts of three and four letters, its ends marked."""
    marked = f"^{word}$"
    grams = {marked[at : at + size] for size in (3, 4) for at in range(len(marked) - size + 1)}
    chosen = [HASHED + _WORDS + _hash(f"g:{gram}") % _GRAMS for gram in sorted(grams)]
    return tuple(chosen[:_MOST_GRAMS])


@lru_cache(maxsize=1024)
def tag_feature(tag: str) -> int:
    return TAGGED + _hash(f"t:{tag}") % _TAGS


def person_feature(relation: str) -> int:
    """The feature of somebody a piece is for: of a line, of a word, and of what the rules read."""
    return tag_feature(f"person:{relation}")


def _hash(text: str) -> int:
    return zlib.crc32(text.encode())
