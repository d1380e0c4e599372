"""The network as it is fitted, in JAX: the same sums as in `learned/network.py`, in batches."""

from __future__ import annotations

import math
from typing import Any

import jax
import jax.numpy as jnp

from dukani.agent.local_reader.learned.network import HEADS
from dukani.agent.local_reader.learned.vocabulary import (
    BOS,
    LONGEST,
    LONGEST_EFFECT,
    SIZE,
    SYMBOLS,
)

WIDTH, INNER, ENCODERS, DECODERS = 128, 256, 3, 2
DROPPED, SMOOTHED = 0.2, 0.03
_SCALE = 0.35 * math.sqrt(WIDTH)

Tree = Any  # nested dicts and lists of arrays
Array = Any


def initial(key: Array) -> Tree:
    """Weights to begin with."""
    keys = iter(jax.random.split(key, 200))

    def drawn(*shape: int, scale: float = 1.0) -> Array:
        return jax.random.normal(next(keys), shape) * scale / math.sqrt(shape[0])

    def layer(*, crosses: bool) -> Tree:
        square = {name: drawn(WIDTH, WIDTH) for name in ("q", "k", "v")}
        own = {"o": drawn(WIDTH, WIDTH, scale=0.5), "l1": jnp.ones(WIDTH), "l2": jnp.ones(WIDTH)}
        fed = {"f1": drawn(WIDTH, INNER), "b1": jnp.zeros(INNER)}
        fed |= {"f2": drawn(INNER, WIDTH, scale=0.5), "b2": jnp.zeros(WIDTH)}
        cross = {name: drawn(WIDTH, WIDTH) for name in ("cq", "ck", "cv")} if crosses else {}
        if crosses:
            cross |= {"co": drawn(WIDTH, WIDTH, scale=0.5), "l3": jnp.ones(WIDTH)}
        return square | own | fed | cross

    return {
        "E": jax.random.normal(next(keys), (SIZE, WIDTH)) * 0.05,
        "pe": jax.random.normal(next(keys), (LONGEST, WIDTH)) * 0.02,
        "pd": jax.random.normal(next(keys), (LONGEST_EFFECT + 10, WIDTH)) * 0.02,
        "bo": jnp.zeros(len(SYMBOLS)),
        "enc": [layer(crosses=False) for _ in range(ENCODERS)],
        "dec": [layer(crosses=True) for _ in range(DECODERS)],
        "le": jnp.ones(WIDTH),
        "ld": jnp.ones(WIDTH),
        "Wo": drawn(WIDTH, WIDTH),
    }


def loss(
    weights: Tree, rows: Array, shares: Array, there: Array, effects: Array, key: Array
) -> Array:
    """The mean cross entropy of the effects' symbols.

    rows, shares: (messages, places, features); there: (messages, places), 1 where a place is;
    effects: (messages, symbols), 0 behind the end.
    """
    first, second = jax.random.split(key)
    encoded, mask = _encoded(weights, rows, shares, there, first)
    begun = jnp.full((len(effects), 1), BOS)
    before = jnp.concatenate([begun, effects[:, :-1]], 1)
    told = jax.nn.log_softmax(_decoded(weights, encoded, mask, before, second))
    right = jnp.take_along_axis(told, effects[..., None], -1)[..., 0]
    right = (1 - SMOOTHED) * right + SMOOTHED * told.mean(-1)
    counted = (effects > 0).astype(jnp.float32)
    return -(right * counted).sum() / counted.sum()


def _encoded(
    weights: Tree, rows: Array, shares: Array, there: Array, key: Array
) -> tuple[Array, Array]:
    x = (weights["E"][rows] * shares[..., None]).sum(2) * _SCALE
    x = x + weights["pe"][None, : rows.shape[1]]
    keys = jax.random.split(key, 2 * ENCODERS + 1)
    x = _dropped(x, keys[-1])
    mask = (there - 1)[:, None, None, :] * 1e9
    for at, layer in enumerate(weights["enc"]):
        y = _normed(x, layer["l1"])
        mixed = _attended(y @ layer["q"], y @ layer["k"], y @ layer["v"], mask)
        x = x + _dropped(mixed @ layer["o"], keys[2 * at])
        x = x + _dropped(_fed(x, layer), keys[2 * at + 1])
    return _normed(x, weights["le"]), mask


def _decoded(weights: Tree, encoded: Array, mask: Array, before: Array, key: Array) -> Array:
    long = before.shape[1]
    x = weights["E"][before] * _SCALE + weights["pd"][None, :long]
    earlier = jnp.where(jnp.tril(jnp.ones((long, long))) > 0, 0.0, -1e9)[None, None]
    keys = jax.random.split(key, 3 * DECODERS)
    for at, layer in enumerate(weights["dec"]):
        y = _normed(x, layer["l1"])
        mixed = _attended(y @ layer["q"], y @ layer["k"], y @ layer["v"], earlier)
        x = x + _dropped(mixed @ layer["o"], keys[3 * at])
        y = _normed(x, layer["l3"])
        crossed = _attended(y @ layer["cq"], encoded @ layer["ck"], encoded @ layer["cv"], mask)
        x = x + _dropped(crossed @ layer["co"], keys[3 * at + 1])
        x = x + _dropped(_fed(x, layer), keys[3 * at + 2])
    x = _normed(x, weights["ld"]) @ weights["Wo"]
    return x @ weights["E"][: len(SYMBOLS)].T * (_SCALE / 4) + weights["bo"]


def _normed(x: Array, scale: Array) -> Array:
    return x * jax.lax.rsqrt((x * x).mean(-1, keepdims=True) + 1e-6) * scale


def _attended(queries: Array, keys: Array, values: Array, mask: Array) -> Array:
    many, places, _ = queries.shape
    q, k, v = (
        one.reshape(many, one.shape[1], HEADS, -1).transpose(0, 2, 1, 3)
        for one in (queries, keys, values)
    )
    shares = jax.nn.softmax(q @ k.transpose(0, 1, 3, 2) / math.sqrt(WIDTH / HEADS) + mask, -1)
    return (shares @ v).transpose(0, 2, 1, 3).reshape(many, places, WIDTH)


def _fed(x: Array, layer: Tree) -> Array:
    inner = jax.nn.gelu(_normed(x, layer["l2"]) @ layer["f1"] + layer["b1"])
    return inner @ layer["f2"] + layer["b2"]


def _dropped(x: Array, key: Array) -> Array:
    return x * jax.random.bernoulli(key, 1 - DROPPED, x.shape) / (1 - DROPPED)
