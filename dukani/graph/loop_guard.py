"""Stops endless exchanges with auto-responders: after a few answers the assistant is silent. Pure.

Another shop's automatic replies answer each of ours, and ours each of theirs. A bot is recognised
by turns that change nothing and ask nothing new. A person who is taken for one is answered again
as soon as a turn achieves something, or after half an hour.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from hashlib import sha256
from typing import NamedTuple, TypedDict

MOST_ANSWERS = 5  # to consecutive turns without effect
LONG = 8  # words: people repeat short questions, bots repeat whole texts
LONG_COUNTS = 2  # answers that a repeated long text counts for
WITHIN_S = 30 * 60.0
TOLD_AGAIN_AFTER_S = 24 * 3600.0
MOST_WORDS_KEPT = 8  # turns whose fingerprints are kept
FEWEST_WORDS = 3  # people repeat shorter texts all the time: "more", "yes please"

# Facts of a turn that achieved nothing.
SMALL_TALK = frozenset({
    "greeted", "thanked", "acknowledged", "unclear", "ask_person", "person_declined",
    "person_offered", "voice_not_heard",
    "photo_unreadable", "off_topic", "assistant_explained", "nothing_to_pay", "cart_empty",
    "ask_what_to_find", "no_orders", "say_otherwise",
})  # fmt: skip
# Facts that count as nothing achieved when the customer's words are repeated.
ANSWERS = SMALL_TALK | {
    "options_shown", "options_again", "nothing_found", "no_more_options", "shop_answer",
    "payment_ways", "piece_described", "price_told", "sum_told", "sum_without_told",
    "no_discount", "available",
    "out_of_stock", "size_advised", "size_unknown",
    "ask_variant", "ask_which_option", "ask_which_line", "ask_reading", "ask_address",
    "still_open", "left_out", "left_as_it_is", "offer_nearest", "cart_shown", "order_status",
}  # fmt: skip

_NO_WORD = re.compile(r"[\W\d_]+")


class Loop(TypedDict, total=False):
    """A conversation's recent turns without effect. Times are Unix seconds."""

    times: list[float]
    words: list[str]  # fingerprints of the customer's last texts, never the texts
    told_at: float  # when the owner was last told


class Judged(NamedTuple):
    loop: Loop
    quiet: bool = False  # the turn gets no answer
    tell: bool = False  # the owner is to be told of the loop


def judge(loop: Loop, *, facts: Collection[str], words: str, now: float) -> Judged:
    """Decides whether a turn is answered, from the kinds of its facts and the customer's words."""
    fingerprint = fingerprint_of(words)
    again = fingerprint is not None and fingerprint in loop.get("words", ())
    kept = Loop(words=_kept(loop.get("words", ()), fingerprint))
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


def fingerprint_of(words: str) -> str | None:
    """A hash of the words without digits and punctuation; None for fewer than FEWEST_WORDS."""
    plain = _plain(words)
    if len(plain) < FEWEST_WORDS:
        return None
    return sha256(" ".join(plain).encode()).hexdigest()[:12]


def _plain(words: str) -> list[str]:
    return _NO_WORD.sub(" ", words.lower()).split()


def _came_to_nothing(facts: Collection[str], *, again: bool) -> bool:
    return set(facts) <= (ANSWERS if again else SMALL_TALK)


def _kept(before: Sequence[str], fingerprint: str | None) -> list[str]:
    others = [other for other in before if other != fingerprint]
    return [*others, *([fingerprint] if fingerprint else [])][-MOST_WORDS_KEPT:]
