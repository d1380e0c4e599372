"""Fits the network of the second reading: `python scripts/fit_effects.py`.

Reads the scenes in `scripts/effects/scenes` and writes `learned/effects.npz`, from the weights
that are there or, with `--anew`, from none (twice the epochs, an hour on two cores).
`--holdout w46,w48` leaves these writers out, writes nothing, and prints how many of their messages
come out right, with the network alone. Needs `pip install jax optax` beside the project.

The weights in the project were fitted so in several goes, as writers were added, and beside the
scenes on some 5,000 readings of the rules (rows of their tests, simulated talks of `dukani eval
shoppers`), so that what the rules are made for stays as they read it. They have not seen w46 and
w48.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import Any

import jax
import numpy as np
import optax
from effects.more_messages import two_in_one, with_a_piece_more
from effects.scenes import SCENES, Scene, Unreadable, context_of, read_scenes, symbols_of
from effects.training import Array, Tree, initial, loss
from numpy.typing import NDArray

import dukani.agent.local_reader.learned as room
from dukani.agent.local_reader import understand
from dukani.agent.local_reader.learned.features import Told, told
from dukani.agent.local_reader.learned.network import FILE, Network, network
from dukani.agent.local_reader.learned.of_acts import read_of
from dukani.agent.local_reader.learned.vocabulary import (
    EOS,
    FEATURE,
    HASHED,
    LONGEST,
    LONGEST_EFFECT,
    MOST_FEATURES,
    SYMBOL,
    SYMBOLS,
    TAGGED,
)

EPOCHS, BATCH, RATE, WARMING = 12, 48, 1e-3, 400
WORDS_DROPPED, TAGS_DROPPED = 0.14, 0.15
NAMES_DROPPED, READINGS_DROPPED = 0.35, 0.15  # words of names; messages without the rules' reading
MISREAD = 0.2  # messages told once more with what the rules read of another one
KEPT, KEPT_EVERY = 0.996, 4  # the weights written are a moving mean of those of the steps
_OF_READING = [FEATURE[name] for name in ("read", "read:done", "read:asked")]
Example = tuple[Told, list[str]]
Arrays = tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--holdout", default="", help="writers left out, with commas")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--anew", action="store_true", help="not from the weights in the project")
    arguments = parser.parse_args()
    held = tuple(f"{writer}-" for writer in arguments.holdout.split(",") if writer)
    files = sorted(SCENES.glob("*.txt"))
    learned_on = [file for file in files if not file.name.startswith(held or ("-",))]
    examples = _examples(learned_on, more=True)
    print(len(examples), "messages")
    before = initial(jax.random.PRNGKey(0)) if arguments.anew else _nested(network().weights)
    weights = _fitted(examples, before, arguments.epochs)
    if held:
        _tell(weights, _examples([file for file in files if file.name.startswith(held)]))
    else:
        path = Path(room.__file__).parent / FILE
        np.savez_compressed(path, allow_pickle=False, **_packed(weights))


def _examples(files: list[Path], *, more: bool = False) -> list[Example]:
    """The messages of these files whose effect has symbols; `more`: with those made of them."""
    found: list[Example] = []
    for file in files:
        scenes, drawn = list(read_scenes(file)), random.Random(file.name)
        for scene in scenes:
            found += _of_scene(scene, file.name)
            if more:
                found += _of_scene(two_in_one(scene, drawn), file.name)
                others = [one for one in scenes if one is not scene]
                beside = with_a_piece_more(scene, others, drawn)
                found += _of_scene(beside, file.name) if beside else []
                found += _of_scene(scene, file.name, misread=drawn)
    return found


def _of_scene(scene: Scene, file: str, *, misread: random.Random | None = None) -> list[Example]:
    """Its messages; `misread`: some of them, with what the rules read of another one."""
    context = context_of(scene)
    reads = [read_of(understand(text, context).acts, context) for text, _ in scene.messages]
    found = []
    for (text, effect), read in zip(scene.messages, reads, strict=True):
        if misread and misread.random() > MISREAD:
            continue
        message = told(text, context, misread.choice(reads) if misread else read)
        try:
            found.append((message, symbols_of(effect, message, scene)))
        except Unreadable as why:
            print(f"{file}: {text!r}: {why}")
    return found


def _arrays(examples: list[Example]) -> Arrays:
    many = len(examples)
    rows = np.zeros((many, LONGEST, MOST_FEATURES), np.int32)
    shares = np.zeros(rows.shape, np.float32)
    there = np.zeros((many, LONGEST), np.float32)
    effects = np.zeros((many, LONGEST_EFFECT), np.int32)
    for at, (message, symbols) in enumerate(examples):
        for place, features in enumerate(message.places):
            there[at, place] = 1
            rows[at, place, : len(features)] = [row for row, _ in features]
            shares[at, place, : len(features)] = [share for _, share in features]
        ended = [*(SYMBOL[one] for one in symbols[: LONGEST_EFFECT - 1]), EOS]
        effects[at, : len(ended)] = ended
    return rows, shares, there, effects


def _fitted(examples: list[Example], weights: Tree, epochs: int) -> Tree:
    arrays = _arrays(examples)
    steps = epochs * (len(examples) // BATCH)
    rate = optax.warmup_cosine_decay_schedule(0, RATE, min(WARMING, steps // 10), steps, RATE / 50)
    rule = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(rate, weight_decay=0.02))
    state, mean, steps_done = rule.init(weights), weights, 0

    @jax.jit  # type: ignore[untyped-decorator, unused-ignore]
    def step(weights: Tree, state: Tree, batch: Arrays, key: Array) -> tuple[Tree, Tree, Array]:
        value, slope = jax.value_and_grad(loss)(weights, *batch, key)
        change, state = rule.update(slope, state, weights)
        return optax.apply_updates(weights, change), state, value

    key, drawn = jax.random.PRNGKey(1), np.random.default_rng(0)
    for epoch in range(epochs):
        total, batches = 0.0, _batches(arrays, drawn)
        for chosen in batches:
            key, now = jax.random.split(key)
            weights, state, value = step(weights, state, _varied(arrays, chosen, drawn), now)
            total += float(value)
            steps_done += 1
            if steps_done % KEPT_EVERY == 0:
                share = min(KEPT, 1 - 1 / (steps_done / KEPT_EVERY + 1))
                mean = _between(mean, weights, share)
        print(epoch + 1, f"{total / len(batches):.3f}", flush=True)
    return mean


@jax.jit  # type: ignore[untyped-decorator, unused-ignore]
def _between(mean: Tree, weights: Tree, share: float) -> Tree:
    return jax.tree.map(lambda one, other: share * one + (1 - share) * other, mean, weights)


def _batches(arrays: Arrays, drawn: np.random.Generator) -> list[NDArray[Any]]:
    """Messages in random order, those of like length together."""
    lengths = arrays[2].sum(1)
    order = drawn.permutation(len(lengths))
    batches = []
    for start in range(0, len(order), BATCH * 20):
        chunk = order[start : start + BATCH * 20]
        chunk = chunk[np.argsort(lengths[chunk])]
        batches += [chunk[at : at + BATCH] for at in range(0, len(chunk) - BATCH + 1, BATCH)]
    random.Random(int(drawn.integers(1 << 30))).shuffle(batches)
    return batches


def _varied(arrays: Arrays, chosen: NDArray[Any], drawn: np.random.Generator) -> Arrays:
    """The messages with values numbered anew, and some words left out; cut to their length."""
    rows, shares, there, effects = (one[chosen] for one in arrays)
    length = min(LONGEST, -(-int(there.sum(1).max()) // 14) * 14)
    ended = min(LONGEST_EFFECT, -(-int((effects > 0).sum(1).max()) // 8) * 8)
    rows, shares, there = rows[:, :length], shares[:, :length], there[:, :length]
    effects = effects[:, :ended]
    anew = np.stack([_renumbered(drawn) for _ in chosen])
    at = np.minimum(rows, len(SYMBOLS) - 1).reshape(len(rows), -1)
    renamed = np.take_along_axis(anew, at, 1).reshape(rows.shape)
    unsaid = (drawn.random(there.shape) < WORDS_DROPPED)[..., None] & (rows >= HASHED)
    unsaid |= (rows >= TAGGED) & (drawn.random(rows.shape) < TAGS_DROPPED)
    names = (rows == FEATURE["name"]).any(-1) & (drawn.random(there.shape) < NAMES_DROPPED)
    unsaid |= names[..., None] & (rows >= HASHED)
    unread = np.isin(rows[:, :, 0], _OF_READING)
    unread &= (drawn.random(len(rows)) < READINGS_DROPPED)[:, None]
    unsaid |= unread[..., None]
    there = there * ~unread
    rows = np.where(rows < len(SYMBOLS), renamed, rows)
    return rows, np.where(unsaid, 0, shares), there, np.take_along_axis(anew, effects, 1)


def _renumbered(drawn: np.random.Generator) -> NDArray[Any]:
    """The symbols with the numbers of pieces, colours and sizes exchanged."""
    anew = np.arange(len(SYMBOLS), dtype=np.int32)
    for kind in "pcs":
        of_kind = [SYMBOL[one] for one in SYMBOLS if one[0] == kind and one[1:].isdecimal()]
        anew[of_kind] = drawn.permutation(of_kind)
    return anew


def _flat(weights: Tree) -> dict[str, NDArray[Any]]:
    flat = {name: np.asarray(one) for name, one in weights.items() if name not in ("enc", "dec")}
    for side in ("enc", "dec"):
        for at, layer in enumerate(weights[side]):
            flat |= {f"{side}{at}.{name}": np.asarray(one) for name, one in layer.items()}
    return flat


def _nested(flat: dict[str, NDArray[Any]]) -> Tree:
    weights: Tree = {name: one for name, one in flat.items() if "." not in name}
    for side in ("enc", "dec"):
        many = sum(name.startswith(side) and name.endswith(".q") for name in flat)
        starts = [f"{side}{at}." for at in range(many)]
        weights[side] = [
            {name.removeprefix(start): one for name, one in flat.items() if name.startswith(start)}
            for start in starts
        ]
    return weights


def _packed(weights: Tree) -> dict[str, NDArray[Any]]:
    """The weights as stored: the embedding in 8 bits a row, all else in 16."""
    packed: dict[str, NDArray[Any]] = {}
    for name, one in _flat(weights).items():
        scale = np.ones(1, np.float32)
        if name == "E":
            scale = (np.abs(one).max(1, keepdims=True) / 127 + 1e-9).astype(np.float32)
        packed[name] = np.round(one / scale).astype(np.int8) if name == "E" else one.astype("f2")
        packed[f"{name}/scale"] = scale
    return packed


def _tell(weights: Tree, examples: list[Example]) -> None:
    """Prints how many messages of writers left out come out right."""
    fitted = Network(_flat(weights))
    guessed = [(fitted.guesses(one)[:1], symbols) for one, symbols in examples]
    right = [bool(best) and list(best[0].symbols) == symbols for best, symbols in guessed]
    print(f"{sum(right)} of {len(right)} effects right to the symbol")


if __name__ == "__main__":
    main()
