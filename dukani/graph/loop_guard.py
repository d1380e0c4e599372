"""Whoever writes like a machine is answered a few times and then no more. Pure.

Another shop's automatic replies answer each of ours, and ours each of theirs. What gives a machine
away is not who it is but that nothing comes of it: its turns change nothing and ask nothing new.
A person is answered again as soon as something does, or after a while.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from hashlib import sha256
from typing import NamedTuple, TypedDict

MOST_ANSWERS = 5  # to turns that came to nothing, one after another
LONG = 8  # words: people repeat a short question, and a machine a whole text
LONG_COUNTS = 2  # of those answers, when a whole text came again
WITHIN_S = 30 * 60.0
TOLD_AGAIN_AFTER_S = 24 * 3600.0
MOST_WORDS_KEPT = 8  # turns whose words are known again
FEWEST_WORDS = 3  # shorter ones people say again and again: "more", "yes please"

# What is said to nothing in particular, or to what was not understood.
SMALL_TALK = frozenset({
    "greeted", "thanked", "acknowledged", "unclear", "person_offered", "voice_not_heard",
    "photo_unreadable", "off_topic", "assistant_explained", "nothing_to_pay", "cart_empty",
    "ask_what_to_find", "no_orders",
})  # fmt: skip
# What may be said again to the same words, and then no more. Whatever is done is always told.
ANSWERS = SMALL_TALK | {
    "options_shown", "options_again", "nothing_found", "no_more_options", "shop_answer",
    "payment_ways", "price_told", "no_discount", "available", "out_of_stock", "size_advised",
    "size_unknown", "ask_variant", "ask_which_option", "ask_which_line", "ask_address",
    "still_open", "left_out", "left_as_it_is", "offer_nearest", "cart_shown", "order_status",
}  # fmt: skip

_NO_WORD = re.compile(r"[\W\d_]+")


class Loop(TypedDict, total=False):
    """What a conversation remembers of turns that came to nothing. Times are Unix seconds."""

    times: list[float]
    words: list[str]  # marks of what the last turns said, and not the words
    told_at: float  # when the owner was told


class Judged(NamedTuple):
    loop: Loop
    quiet: bool = False  # nothing is said to this turn
    tell: bool = False  # the owner is told why


def judge(loop: Loop, *, facts: Collection[str], words: str, now: float) -> Judged:
    """A turn of hers by the kinds of facts it led to and by what she wrote."""
    mark = mark_of(words)
    again = mark is not None and mark in loop.get("words", ())
    kept = Loop(words=_kept(loop.get("words", ()), mark))
    if "told_at" in loop:
        kept["told_at"] = loop["told_at"]
    if not _came_to_nothing(facts, again=again):
        return Judged(kept)
    counts = LONG_COUNTS if again and len(_plain(words)) >= LONG else 1
    recent = [t for t in loop.get("times", ()) if t > now - WITHIN_S]
    kept["times"] = [*recent, *[now] * counts][-MOST_ANSWERS - 1 :]
    if len(kept["times"]) <= MOST_ANSWERS:
        return Judged(kept)
    tell = now - kept.get("told_at", 0.0) > TOLD_AGAIN_AFTER_S
    if tell:
        kept["told_at"] = now
    return Judged(kept, quiet=True, tell=tell)


def mark_of(words: str) -> str | None:
    """The same for the same words, whatever numbers are in them; none for a word or two."""
    plain = _plain(words)
    if len(plain) < FEWEST_WORDS:
        return None
    return sha256(" ".join(plain).encode()).hexdigest()[:12]


def _plain(words: str) -> list[str]:
    return _NO_WORD.sub(" ", words.lower()).split()


def _came_to_nothing(facts: Collection[str], *, again: bool) -> bool:
    return set(facts) <= (ANSWERS if again else SMALL_TALK)


def _kept(before: Sequence[str], mark: str | None) -> list[str]:
    others = [word for word in before if word != mark]
    return [*others, *([mark] if mark else [])][-MOST_WORDS_KEPT:]
