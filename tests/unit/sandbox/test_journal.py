"""The sandbox's journal keeps what it was given, and is read while it is written."""

from __future__ import annotations

from pathlib import Path

from dukani.sandbox.journal import Journal


def test_a_journal_is_read_at_once_where_its_writer_has_just_begun(tmp_path: Path) -> None:
    for number in range(100):
        path = tmp_path / str(number) / "state.sqlite"
        writer = Journal(path)
        writer.put("message", "one", b"hello")

        writer.open()
        told = dict(Journal(path).read("message"))

        assert told in ({}, {"one": b"hello"})
        writer.close()
        assert dict(Journal(path).read("message")) == {"one": b"hello"}
