"""Extracts the model's features of a clause: masked words, n-grams, parts of words, the step."""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Collection, Iterator, Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.words import known
from dukani.domain.steps import Step

BUCKETS = 1 << 15
MASKED = {
    "category": "<kind>", "garment": "<kind>", "colour": "<colour>", "size": "<size>",
    "number": "<n>", "money": "<money>", "occasion": "<occasion>", "pattern": "<pattern>",
    "embroidery": "<pattern>", "@place": "<place>",
}  # fmt: skip
NAME = "<name>"
LONG_NUMBER, PHONE = 3, 9  # digits
PARTS = (3, 4)  # letters of a word's part
WHERE: dict[Step, str] = {
    "start": "start", "image_analyzed": "shown", "products_found": "shown",
    "size_recommended": "asked", "cart_updated": "cart",
    "awaiting_delivery_address": "address", "awaiting_confirmation": "total",
    "payment_initiated": "prompt", "payment_failed": "failed", "order_completed": "paid",
    "human_handoff": "start", "opted_out": "start",
}  # fmt: skip


def buckets(
    tokens: Sequence[Token], named: Collection[int], where: str | None, kinds: Sequence[str] = ()
) -> list[int]:
    """The hash buckets of a clause's features; `named` are the places of words of product names.

    `where` is a value of WHERE, or None for any step; `kinds` are those of the rules' acts.
    """
    told = features(tokens, named, where, kinds)
    return sorted({zlib.crc32(feature.encode()) % BUCKETS for feature in told})


def features(
    tokens: Sequence[Token], named: Collection[int], where: str | None, kinds: Sequence[str]
) -> Iterator[str]:
    """The features of a clause, by name."""
    words = masked(tokens, named)
    yield "always"
    yield from (f"rule {kind}" for kind in kinds)
    yield f"rules {' '.join(kinds)}"
    yield f"length {min(len(words), 9) if len(words) < 5 else len(words) // 3 + 20}"
    if where is not None:
        yield f"at {where}"
        yield f"at {where}, first {words[0]}" if words else f"at {where}, nothing"
        if len(words) <= 3:
            yield f"at {where}, {' '.join(words)}"
    edged = ["^", *words, "$"]
    yield from (f"1 {word}" for word in set(words))
    yield from (f"2 {a} {b}" for a, b in itertools.pairwise(edged))
    yield from (f"2+ {a} {b}" for a, b in zip(edged, edged[2:], strict=False))
    yield from (f"3 {a} {b} {c}" for a, b, c in zip(edged, edged[1:], edged[2:], strict=False))
    yield from (f"first {word}" for word in words[:2])
    yield from _of_tokens(tokens)
    for word in set(words):
        if word[0] != "<":
            yield from _parts(word)


def masked(tokens: Sequence[Token], named: Collection[int]) -> list[str]:
    """The words, with those that differ between shops masked; repeated masks become one."""
    words = [NAME if at in named else _masked(token) for at, token in enumerate(tokens)]
    return [word for word, _ in itertools.groupby(words) if word]


def _masked(token: Token) -> str:
    digits = token.text.replace(",", "").replace(" ", "").replace(".", "", 1)
    if digits.isdigit():
        if len(digits) >= PHONE:
            return "<phone>"
        return "<big>" if len(digits) >= LONG_NUMBER and "." not in token.text else "<n>"
    if token.text[0].isdigit() and token.kind != "number":
        return "<size>" if token.kind in ("size", "") else token.text
    return MASKED.get(token.kind, token.text)


def _of_tokens(tokens: Sequence[Token]) -> Iterator[str]:
    pauses = sum(bool(token.pause) for token in tokens)
    unknown = sum(not known(token.text) and token.text.isalpha() for token in tokens)
    yield f"pauses {min(pauses, 3)}"
    yield f"unknown {min(unknown, 4)}"
    if any(token.asked for token in tokens):
        yield "asked"
    yield from {f"verb {token.verb.lemma}" for token in tokens if token.verb}
    yield from {f"verb! {t.verb.lemma}" for t in tokens if t.verb and t.verb.denied}
    yield from {tag for token in tokens for tag in token.tags if tag[0] == "@" and len(tag) > 2}


def _parts(word: str) -> Iterator[str]:
    edged = f"^{word}$"
    for length in PARTS:
        for at in range(len(edged) - length + 1):
            yield f"p {edged[at : at + length]}"
