"""Sends numpy's arrays to pgvector as its `vector`, and reads them back."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import psycopg
from numpy.typing import NDArray
from pgvector.psycopg.vector import VectorBinaryDumper
from psycopg.adapt import AdaptersMap


def with_vectors() -> AdaptersMap:
    """The adapters of a connection that takes float32 arrays as parameters.

    pgvector's own `register_vector` asks the server for the ids of its types: four round trips
    for each connection of a pool. They are not needed as long as every statement names the type
    (`%(vector)s::vector`) and reads vectors as `vector_send(…)`.
    """
    adapters = AdaptersMap(psycopg.adapters)
    adapters.register_dumper("numpy.ndarray", VectorBinaryDumper)
    return adapters


def read_vector(sent: bytes | None) -> NDArray[np.float32] | None:
    """The vector that `vector_send` made bytes of: four bytes of header, then big-endian floats."""
    return None if sent is None else np.frombuffer(sent, ">f4", offset=4).astype(np.float32)


def read_vectors(sent: Sequence[bytes | None], *, width: int) -> NDArray[np.float32]:
    """Many of them as rows, of zeros for None; big-endian still, for whoever copies them anyway."""
    none = bytes(4 + 4 * width)
    joined = b"".join(none if one is None else one for one in sent)
    return np.frombuffer(joined, ">f4").reshape(len(sent), 1 + width)[:, 1:]
