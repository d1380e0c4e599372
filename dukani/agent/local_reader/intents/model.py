"""Runs the intent model: loads its weights and classifies a clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from dukani.agent.local_reader.intents.features import WHERE, buckets
from dukani.agent.local_reader.intents.labels import LABELS, Label
from dukani.agent.local_reader.parsing.message import Message

FILE = "intents.npz"


@dataclass(frozen=True, slots=True)
class Intent:
    """The likeliest intent of a clause; `share` is its probability, 0 to 1."""

    label: Label
    share: float
    shares: dict[Label, float]


@lru_cache(maxsize=1)
def weights() -> NDArray[np.float32]:
    """The fitted weights, (buckets, labels); read once."""
    path = resources.files("dukani.agent.local_reader.intents") / FILE
    with path.open("rb") as file, np.load(file) as stored:
        small: NDArray[np.int8] = stored["weights"]
        scale: NDArray[np.float32] = stored["scale"]
    return small.astype(np.float32) * scale


def intent_of(message: Message, kinds: Sequence[str]) -> Intent:
    """The intent of a message or clause, given the kinds of acts the rules made of it."""
    return intent_from(weights(), buckets_of(message, kinds))


def buckets_of(message: Message, kinds: Sequence[str]) -> list[int]:
    """The hash buckets of a message's features."""
    named = {
        at
        for find in message.slots.finds
        if find.slot == "name"
        for at in range(find.start, find.end)
    }
    return buckets(message.tokens, named, WHERE[message.context.step], kinds)


def intent_from(weights: NDArray[np.float32], at: list[int]) -> Intent:
    """The intent by softmax over the sum of these buckets' rows."""
    scores = weights[at].sum(axis=0)
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    best = int(shares.argmax())
    told = dict(zip(LABELS, shares.tolist(), strict=True))
    return Intent(LABELS[best], told[LABELS[best]], told)
