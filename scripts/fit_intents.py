"""Fits the reader's model of what a clause is for: `python scripts/fit_intents.py`.

Reads the hand-written clauses in `scripts/intents/clauses/*.tsv` (label, step or *, text with its
slots marked: `[c|black]`), has each read in shops that never were, with what the rules make of
it, and writes `dukani/agent/local_reader/intents/intents.npz`. `--holdout` fits on four fifths
and prints how well the rest is told, by the rules and by both. Multinomial logistic regression
by AdaGrad.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from intents.contexts import context_at
from numpy.typing import NDArray

import dukani.agent.local_reader.intents as room
from dukani.agent.local_reader.intents.features import BUCKETS, WHERE
from dukani.agent.local_reader.intents.fitting import fits, kinds_of
from dukani.agent.local_reader.intents.labels import LABELS
from dukani.agent.local_reader.intents.model import FILE, buckets_of, intent_from
from dukani.agent.local_reader.intents.settled import stands
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.whole_message import by_rules
from dukani.agent.local_reader.without_asides import message_of

CLAUSES = Path(__file__).parent / "intents" / "clauses"
SLOT = re.compile(r"\[(p|k|c|s|n|a|m|place|phone)\|([^\]|]*)\]")
ANYWHERE = ("start", "shown", "cart", "total", "failed", "paid")  # for the step *
READINGS = 2  # of each clause, in shops and orders of their own
EPOCHS, RATE, DECAY = 12, 0.05, 2e-6

Weights = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Clause:
    label: str
    where: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Example:
    """A clause as it was read once: its label, the buckets of its features, the rules' acts."""

    label: int
    at: tuple[int, ...]
    kinds: tuple[str, ...]
    message: Message


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--holdout", action="store_true", help="fit on four fifths, test the rest")
    parser.add_argument("--show", type=int, default=0, help="so many of the misread ones")
    given = parser.parse_args()
    clauses = list(_read())
    random.Random(7).shuffle(clauses)
    read = [[_example(clause, nth) for nth in range(READINGS)] for clause in clauses]
    cut = len(read) * 4 // 5 if given.holdout else len(read)
    weights = fit([example for readings in read[:cut] for example in readings])
    if given.holdout:
        _report(weights, [readings[0] for readings in read[cut:]], given.show)
        return
    scale = np.abs(weights).max(axis=0) / 127
    small = np.round(weights / scale).astype(np.int8)
    path = Path(room.__file__).with_name(FILE)
    np.savez_compressed(path, weights=small, scale=scale.astype(np.float32))
    print(f"{len(clauses)} clauses, {path.stat().st_size / 1e3:.0f} kB")


def _read() -> Iterator[Clause]:
    seen = set()
    for path in sorted(CLAUSES.glob("*.tsv")):
        for number, line in enumerate(path.read_text().splitlines(), start=1):
            label, where, text = line.split("\t")
            if label not in LABELS or where not in {*WHERE.values(), "*"}:
                raise SystemExit(f"{path.name}:{number}: no label {label} or step {where}")
            if (label, where, text) not in seen:
                seen.add((label, where, text))
                yield Clause(label, None if where == "*" else where, text)


def _example(clause: Clause, nth: int) -> Example:
    rng = random.Random(f"{nth}/{clause.text}")
    context, called = context_at(clause.where or rng.choice(ANYWHERE), rng)

    def said(found: re.Match[str]) -> str:
        slot, words = found.groups()
        return rng.choice(called) if slot == "p" else words

    text = SLOT.sub(said, clause.text)
    message = message_of(text, context)
    kinds = kinds_of(by_rules(message))
    at = tuple(buckets_of(message, kinds))
    return Example(LABELS.index(clause.label), at, tuple(kinds), message)


def fit(told: list[Example]) -> Weights:
    """Weights (buckets, labels), by AdaGrad over the examples in random order."""
    weights = np.zeros((BUCKETS, len(LABELS)), np.float32)
    squares = np.full_like(weights, 1e-4)
    order, rng = list(range(len(told))), random.Random(1)
    counts = Counter(example.label for example in told)
    usual = len(told) / len(counts)
    for _ in range(EPOCHS):
        rng.shuffle(order)
        for index in order:
            example = told[index]
            at = np.array(example.at)
            rows = weights[at]
            scores = rows.sum(axis=0)
            wrong = np.exp(scores - scores.max())
            wrong /= wrong.sum()
            wrong[example.label] -= 1
            balance = (usual / counts[example.label]) ** 0.3
            wrong *= balance
            steps = wrong + DECAY * rows
            squares[at] += steps * steps
            weights[at] = rows - RATE * steps / np.sqrt(squares[at])
    return weights


def _report(weights: Weights, held: Sequence[Example], show: int) -> None:
    """How often the intent is told, and fitting acts are made: by rules alone, and settled."""
    told: Counter[str] = Counter()
    missed: Counter[tuple[str, str]] = Counter()
    for example in held:
        label = LABELS[example.label]
        intent = intent_from(weights, list(example.at))
        ruled = fits(label, example.kinds)
        kept = stands(intent, example.kinds, example.message)
        right = ruled if kept else intent.label == label
        told["intent"] += intent.label == label
        told["by rules"] += ruled
        told["settled"] += right
        told["spoilt"] += ruled and not right
        if not right:
            missed[label, " ".join(example.kinds) if kept else intent.label] += 1
            if show > 0:
                show -= 1
                told_as = f"{label:12} {example.kinds} {intent.label} {intent.share:.2f}"
                print(f"{told_as}: {example.message.raw}")
    print(", ".join(f"{what} {count / len(held):.1%}" for what, count in told.items()))
    for (meant, taken), count in missed.most_common(40):
        print(f"  {meant} taken for {taken}: {count}")


if __name__ == "__main__":
    main()
