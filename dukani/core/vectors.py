"""Lets psycopg send numpy's arrays as pgvector's `vector`."""

from __future__ import annotations

import psycopg
from pgvector.psycopg.vector import VectorBinaryDumper
from psycopg.adapt import AdaptersMap


def with_vectors() -> AdaptersMap:
    """The adapters of a connection that takes float32 arrays as parameters.

    pgvector's own `register_vector` asks the server for the ids of its types: four round trips
    for each connection of a pool. They are not needed as long as every statement names the type
    (`%(vector)s::vector`) and reads no vector back.
    """
    adapters = AdaptersMap(psycopg.adapters)
    adapters.register_dumper("numpy.ndarray", VectorBinaryDumper)
    return adapters
