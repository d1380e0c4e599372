"""Runs the fitted network: a small transformer that tells a message's effect, symbol by symbol.

Three encoder and two decoder layers of width 128, normalised before each layer (RMSNorm), fitted
by `scripts/fit_effects.py`. A value's symbol and its feature share one row of the embedding, so a
value is copied by attending to where it stands.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from dukani.agent.local_reader.learned.vocabulary import BOS, EOS, LONGEST_EFFECT, SYMBOLS

Array = NDArray[np.float32]

FILE = "effects.npz"
HEADS = 4
_EMBEDDED = 0.35
_CUBIC = 0.044715  # of the approximate GELU


@dataclass(frozen=True, slots=True)
class Guess:
    """The likeliest effect, and the logarithm of its probability (≤ 0)."""

    symbols: tuple[str, ...]
    log_probability: float


class Network:
    """The weights, by their names in the file, and what is computed with them."""

    def __init__(self, weights: dict[str, Array]) -> None:
        self.weights = weights
        self.embedding = weights["E"]
        self.width = self.embedding.shape[1]
        self.scale = _EMBEDDED * math.sqrt(self.width)
        self.output = self.embedding[: len(SYMBOLS)].T * (self.scale / 4)
        self.layers = {
            side: [_layer(weights, f"{side}{at}.") for at in range(_count(weights, side))]
            for side in ("enc", "dec")
        }

    def guess(self, places: list[list[tuple[int, float]]]) -> Guess:
        """The effect of a message told by these features, decoded greedily."""
        encoded = self._encoded(places)
        memories = [
            (_heads(encoded @ layer["ck"]), _heads(encoded @ layer["cv"]))
            for layer in self.layers["dec"]
        ]
        past: list[tuple[list[Array], list[Array]]] = [([], []) for _ in memories]
        symbol, told, total = BOS, list[str](), 0.0
        for at in range(LONGEST_EFFECT):
            shares = self._next(symbol, at, memories, past)
            symbol = int(shares.argmax())
            total += float(shares[symbol])
            if symbol == EOS:
                break
            told.append(SYMBOLS[symbol])
        return Guess(tuple(told), total)

    def _encoded(self, places: list[list[tuple[int, float]]]) -> Array:
        x = np.empty((len(places), self.width), np.float32)
        for at, features in enumerate(places):
            rows = [row for row, _ in features]
            x[at] = np.array([weight for _, weight in features], np.float32) @ self.embedding[rows]
        x = x * self.scale + self.weights["pe"][: len(places)]
        for layer in self.layers["enc"]:
            y = _normed(x, layer["l1"])
            mixed = _attended(
                _heads(y @ layer["q"]), _heads(y @ layer["k"]), _heads(y @ layer["v"])
            )
            x = x + mixed @ layer["o"]
            x = x + _fed(x, layer)
        return _normed(x, self.weights["le"])

    def _next(
        self,
        symbol: int,
        at: int,
        memories: list[tuple[Array, Array]],
        past: list[tuple[list[Array], list[Array]]],
    ) -> Array:
        """The logarithms of the probabilities of the next symbol."""
        x = self.embedding[symbol][None] * self.scale + self.weights["pd"][at][None]
        for layer, (keys, values), (own_keys, own_values) in zip(
            self.layers["dec"], memories, past, strict=True
        ):
            y = _normed(x, layer["l1"])
            own_keys.append(_heads(y @ layer["k"]))
            own_values.append(_heads(y @ layer["v"]))
            before = np.concatenate(own_keys, 1), np.concatenate(own_values, 1)
            x = x + _attended(_heads(y @ layer["q"]), *before) @ layer["o"]
            y = _normed(x, layer["l3"])
            x = x + _attended(_heads(y @ layer["cq"]), keys, values) @ layer["co"]
            x = x + _fed(x, layer)
        scores = (_normed(x, self.weights["ld"]) @ self.weights["Wo"] @ self.output)[0]
        scores = scores + self.weights["bo"]
        scores = scores - scores.max()
        shares: Array = scores - np.log(np.exp(scores).sum())
        return shares


@lru_cache(maxsize=1)
def network() -> Network:
    """The fitted network; read once, some 20 ms."""
    path = resources.files("dukani.agent.local_reader.learned") / FILE
    with path.open("rb") as file, np.load(file) as stored:
        weights = {
            name: stored[name].astype(np.float32) * stored[f"{name}/scale"]
            for name in stored.files
            if not name.endswith("/scale")
        }
    return Network(weights)


def _count(weights: dict[str, Array], side: str) -> int:
    return sum(name.startswith(side) and name.endswith(".q") for name in weights)


def _layer(weights: dict[str, Array], start: str) -> dict[str, Array]:
    return {
        name.removeprefix(start): array for name, array in weights.items() if name.startswith(start)
    }


def _normed(x: Array, scale: Array) -> Array:
    normed: Array = x / np.sqrt((x * x).mean(-1, keepdims=True) + 1e-6) * scale
    return normed


def _heads(x: Array) -> Array:
    """(places, width) as (heads, places, width of a head)."""
    return x.reshape(len(x), HEADS, -1).transpose(1, 0, 2)


def _attended(queries: Array, keys: Array, values: Array) -> Array:
    scores = queries @ keys.transpose(0, 2, 1) / math.sqrt(queries.shape[-1])
    scores = np.exp(scores - scores.max(-1, keepdims=True))
    shares = scores / scores.sum(-1, keepdims=True)
    mixed: Array = (shares @ values).transpose(1, 0, 2).reshape(queries.shape[1], -1)
    return mixed


def _fed(x: Array, layer: dict[str, Array]) -> Array:
    inner = _normed(x, layer["l2"]) @ layer["f1"] + layer["b1"]
    inner = 0.5 * inner * (1 + np.tanh(math.sqrt(2 / math.pi) * (inner + _CUBIC * inner**3)))
    fed: Array = inner @ layer["f2"] + layer["b2"]
    return fed
