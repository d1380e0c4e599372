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

from dukani.agent.local_reader.learned.features import Told
from dukani.agent.local_reader.learned.grammar import Grammar
from dukani.agent.local_reader.learned.vocabulary import BOS, LONGEST_EFFECT, SYMBOL, SYMBOLS

Array = NDArray[np.float32]

FILE = "effects.npz"
HEADS = 4
_EMBEDDED = 0.35
_CUBIC = 0.044715  # of the approximate GELU
_BEAM = 4  # guesses followed side by side
_LEAST, _BEHIND = -6.0, 3.0  # logarithms: guesses below, or so far behind the best, are left
_NONE_YET = np.zeros(0, np.float32)

Past = list[tuple[Array, Array]]  # of each layer: the keys and values of the symbols so far


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

    def guesses(self, told: Told) -> list[Guess]:
        """The likeliest effects of a message that can be, the best first, by a beam search.

        The probabilities are those among all symbols: low where what would be said cannot be.
        """
        grammar = Grammar(told.numbered, told.context)
        encoded = self._encoded(told.places)
        memories = [
            (_heads(encoded @ layer["ck"]), _heads(encoded @ layer["cv"]))
            for layer in self.layers["dec"]
        ]
        begun, ended = [Guess((), 0.0)], list[Guess]()
        past: Past = [(_NONE_YET, _NONE_YET) for _ in memories]
        for at in range(LONGEST_EFFECT):
            scores, past = self._next(begun, at, memories, past)
            allowed = np.stack([grammar.may_follow(one.symbols) for one in begun])
            longer = _longer(begun, np.where(allowed, scores, -np.inf))
            ended += [one for one, _ in longer if one.symbols[-1] == "EOS"]
            open_ones = [(one, of) for one, of in longer if one.symbols[-1] != "EOS"]
            least = max((one.log_probability for one in ended), default=-np.inf) - _BEHIND
            open_ones = [(one, of) for one, of in open_ones if one.log_probability > least]
            if not open_ones:
                break
            begun = [one for one, _ in open_ones]
            kept = [of for _, of in open_ones]
            past = [(keys[kept], values[kept]) for keys, values in past]
        told_whole = [Guess(one.symbols[:-1], one.log_probability) for one in ended]
        return sorted(told_whole, key=lambda one: -one.log_probability)

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
        self, begun: list[Guess], at: int, memories: list[tuple[Array, Array]], past: Past
    ) -> tuple[Array, Past]:
        """The logarithms of the probabilities of each guess with each symbol behind it."""
        last = [SYMBOL[one.symbols[-1]] if one.symbols else BOS for one in begun]
        x = self.embedding[last] * self.scale + self.weights["pd"][at]
        longer: Past = []
        for layer, (keys, values), (own_keys, own_values) in zip(
            self.layers["dec"], memories, past, strict=True
        ):
            y = _normed(x, layer["l1"])
            key, value = _own(y @ layer["k"]), _own(y @ layer["v"])
            if at:
                key = np.concatenate((own_keys, key), 2)
                value = np.concatenate((own_values, value), 2)
            longer.append((key, value))
            x = x + _attended(_own(y @ layer["q"]), key, value)[:, 0] @ layer["o"]
            y = _normed(x, layer["l3"])
            x = x + _attended(_heads(y @ layer["cq"]), keys, values) @ layer["co"]
            x = x + _fed(x, layer)
        scores = _normed(x, self.weights["ld"]) @ self.weights["Wo"] @ self.output
        scores = scores + self.weights["bo"]
        scores = scores - scores.max(-1, keepdims=True)
        shares = scores - np.log(np.exp(scores).sum(-1, keepdims=True))
        before = np.array([[one.log_probability] for one in begun], np.float32)
        return shares + before, longer


def _longer(begun: list[Guess], scores: Array) -> list[tuple[Guess, int]]:
    """The best of the guesses with a symbol more, and the number of the one each grew from."""
    best = np.argsort(-scores, axis=None)[:_BEAM]
    grown = []
    for of, symbol in zip(*np.unravel_index(best, scores.shape), strict=True):
        score = float(scores[of, symbol])
        if score > _LEAST:
            grown.append((Guess((*begun[of].symbols, SYMBOLS[symbol]), score), int(of)))
    return grown


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


def _own(x: Array) -> Array:
    """(guesses, width) as (guesses, heads, 1, width of a head)."""
    return x.reshape(len(x), HEADS, 1, -1)


def _attended(queries: Array, keys: Array, values: Array) -> Array:
    """(…, heads, places, width of a head) as (…, places, width)."""
    scores = queries @ keys.swapaxes(-1, -2) / math.sqrt(queries.shape[-1])
    scores = np.exp(scores - scores.max(-1, keepdims=True))
    shares = scores / scores.sum(-1, keepdims=True)
    mixed: Array = (shares @ values).swapaxes(-2, -3)
    return mixed.reshape(*mixed.shape[:-2], -1)


def _fed(x: Array, layer: dict[str, Array]) -> Array:
    inner = _normed(x, layer["l2"]) @ layer["f1"] + layer["b1"]
    inner = 0.5 * inner * (1 + np.tanh(math.sqrt(2 / math.pi) * (inner + _CUBIC * inner**3)))
    fed: Array = inner @ layer["f2"] + layer["b2"]
    return fed
