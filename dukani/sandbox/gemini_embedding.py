"""Gemini's embeddings: `batchEmbedContents`, and vectors in which shared words are near.

A vector is made of the text's words and their beginnings, each hashed to a place and a sign, so it
is the same in every process. It knows no meaning: only texts that share words are near each other.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from dukani.sandbox.gemini_wire import BadRequest

MOST_REQUESTS = 100
USUAL_DIMENSIONS = 3072
FEWEST_DIMENSIONS = 128
BEGINNING = 4  # letters; so "dresses" is nearer to "dress" than to "shoe"
BEGINNING_WEIGHS = 0.5

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class ToEmbed:
    text: str
    dimensions: int


def read_batch(body: dict[str, Any], *, model: str) -> list[ToEmbed]:
    """Raises BadRequest, in Gemini's words."""
    requests = body.get("requests")
    if not isinstance(requests, list) or not requests:
        raise BadRequest("* BatchEmbedContentsRequest.requests: requests is not specified")
    if len(requests) > MOST_REQUESTS:
        raise BadRequest(
            f"* BatchEmbedContentsRequest.requests: at most {MOST_REQUESTS} requests can be in "
            "one batch"
        )
    return [_read_one(one, f"requests[{at}]", model) for at, one in enumerate(requests)]


def _read_one(request: Any, place: str, model: str) -> ToEmbed:
    told = request if isinstance(request, dict) else {}
    place = f"* BatchEmbedContentsRequest.{place}"
    if told.get("model") != f"models/{model}":
        raise BadRequest(f"{place}.model: must be models/{model}, as the batch's is")
    parts = (told.get("content") or {}).get("parts") or []
    text = "\n".join(str(part["text"]) for part in parts if part.get("text"))
    if not text:
        raise BadRequest(f"{place}.content: content is not specified")
    dimensions = told.get("outputDimensionality") or USUAL_DIMENSIONS
    if not isinstance(dimensions, int) or not (FEWEST_DIMENSIONS <= dimensions <= USUAL_DIMENSIONS):
        raise BadRequest(
            f"{place}.output_dimensionality: must be in the range "
            f"[{FEWEST_DIMENSIONS}, {USUAL_DIMENSIONS}]"
        )
    return ToEmbed(text, dimensions)


def embedding_of(asked: ToEmbed) -> dict[str, Any]:
    """A unit vector, as on the wire."""
    values = [0.0] * asked.dimensions
    for feature, weight in _features(asked.text):
        hashed = int.from_bytes(sha256(feature.encode()).digest()[:8], "big")
        values[(hashed >> 1) % asked.dimensions] += weight if hashed & 1 else -weight
    length = math.sqrt(sum(value * value for value in values))
    if length == 0.0:  # two words that cancel each other
        return {"values": [1.0, *values[1:]]}
    return {"values": [value / length for value in values]}


def _features(text: str) -> list[tuple[str, float]]:
    """Words, and words by their beginning; a text without any word is one feature."""
    words = _WORD.findall(text.casefold())
    if not words:
        return [(text, 1.0)]
    beginnings = [(f"{word[:BEGINNING]}…", BEGINNING_WEIGHS) for word in words]
    return [(word, 1.0) for word in words] + beginnings
