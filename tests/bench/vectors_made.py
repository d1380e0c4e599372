"""Vectors of pictures for the bench, of kinds that look alike, copied in by the million."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

import numpy as np
import psycopg
from numpy.typing import NDArray
from psycopg import sql

DIMENSIONS = 512
KINDS = 400
NOISE = 0.06  # of each of 512 numbers of unit length: pieces of a kind differ as real ones do
MODEL = "bench"
AT_ONCE = 20_000
RUN = 20  # pictures that a shop adds one after the other, before another shop does

# A row of COPY's binary format, whose numbers are big-endian.
_ROW = np.dtype([
    ("fields", ">i2"), ("l1", ">i4"), ("boutique", "V16"), ("l2", ">i4"), ("image", "V16"),
    ("l3", ">i4"), ("model", f"S{len(MODEL)}"), ("l4", ">i4"), ("dimensions", ">i2"),
    ("unused", ">i2"), ("vector", ">f4", (DIMENSIONS,)),
])  # fmt: skip
_BEGIN = b"PGCOPY\n\xff\r\n\0" + b"\0" * 8
_END = b"\xff\xff"


@dataclass(frozen=True, slots=True)
class Looks:
    """Draws vectors of unit length near one of `KINDS`, and remembers none."""

    dice: np.random.Generator
    kinds: NDArray[np.float32]

    @classmethod
    def drawn(cls, seed: int) -> Looks:
        dice = np.random.default_rng(seed)
        return cls(dice, dice.standard_normal((KINDS, DIMENSIONS), dtype=np.float32))

    def some(self, count: int) -> NDArray[np.float32]:
        noise = self.dice.standard_normal((count, DIMENSIONS), dtype=np.float32)
        kinds = self.kinds[self.dice.integers(KINDS, size=count)]
        vectors = kinds / np.sqrt(DIMENSIONS) + NOISE * noise
        return unit(vectors)


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


def boutiques_in_turn(boutiques: Sequence[str], each: int) -> Iterator[list[str]]:
    """Whose the next `AT_ONCE` pictures are: shops add theirs by turns, `RUN` at a time."""
    rows = [one for _ in range(each // RUN) for one in boutiques for _ in range(RUN)]
    for begin in range(0, len(rows), AT_ONCE):
        yield rows[begin : begin + AT_ONCE]


def copy_in(
    conn: psycopg.Connection, table: str, owners: Sequence[str], vectors: NDArray[np.float32]
) -> None:
    rows = np.zeros(len(owners), _ROW)
    rows["fields"] = 4
    rows["l1"] = rows["l2"] = 16
    rows["l3"], rows["l4"] = len(MODEL), 4 + 4 * DIMENSIONS
    rows["model"], rows["dimensions"], rows["vector"] = MODEL.encode(), DIMENSIONS, vectors
    rows["boutique"] = np.array([UUID(one).bytes for one in owners], "V16")
    rows["image"] = np.array([uuid4().bytes for _ in owners], "V16")
    into = sql.SQL("copy {} (boutique_id, image_id, model, vector) from stdin (format binary)")
    with conn.cursor().copy(into.format(sql.Identifier(table))) as copy:
        copy.write(_BEGIN)
        copy.write(rows.tobytes())
        copy.write(_END)
