"""Persists the sandbox's state over restarts, in a SQLite file written by a thread of its own.

The event loop only puts items on a queue. A kill -9 loses at most the last fraction of a second
of a demo's chat.
"""

from __future__ import annotations

import queue
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

Entry = tuple[str, str, bytes | None]
BATCH = 500


class Journal:
    """Byte strings by kind and id; without a path nothing is stored."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._queue: queue.SimpleQueue[Entry | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def open(self) -> None:
        """Start writing, also the items put before."""
        if self._path is None or self._thread is not None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        # Here and not in the thread: who reads meanwhile would find the database locked.
        with closing(_connect(self._path)) as database:
            database.execute("pragma journal_mode = wal")
        self._thread = threading.Thread(target=self._write, name="sandbox-journal", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Write the queued items, then stop."""
        if self._thread is None:
            return
        self._queue.put(None)
        self._thread.join()
        self._thread = None

    def put(self, kind: str, name: str, body: bytes | None) -> None:
        """Store an item, or delete it when `body` is none."""
        if self._path is not None:
            self._queue.put((kind, name, body))

    def read(self, kind: str) -> Iterator[tuple[str, bytes]]:
        """All stored items of a kind, as (id, body)."""
        if self._path is None or not self._path.exists():
            return
        with closing(_connect(self._path)) as database:
            yield from database.execute("select id, body from item where kind = ?", (kind,))

    def _write(self) -> None:
        assert self._path is not None
        with closing(_connect(self._path)) as database:
            running = True
            while running:
                entries = self._batch()
                running = entries[-1] is not None
                _store(database, [entry for entry in entries if entry is not None])

    def _batch(self) -> list[Entry | None]:
        entries = [self._queue.get()]
        while entries[-1] is not None and len(entries) < BATCH:
            try:
                entries.append(self._queue.get_nowait())
            except queue.Empty:
                break
        return entries


def _connect(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    database.execute("pragma synchronous = off")
    database.execute(
        "create table if not exists item"
        " (kind text, id text, body blob, primary key (kind, id)) without rowid"
    )
    return database


def _store(database: sqlite3.Connection, entries: list[Entry]) -> None:
    """Store the entries in one transaction."""
    with database:
        for entry in entries:
            _store_one(database, entry)


def _store_one(database: sqlite3.Connection, entry: Entry) -> None:
    kind, name, body = entry
    if body is None:
        database.execute("delete from item where kind = ? and id = ?", (kind, name))
    else:
        database.execute("insert or replace into item values (?, ?, ?)", (kind, name, body))
