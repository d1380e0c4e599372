"""The packed dashboard: it is of the sources beside it, and comes out as it went in."""

from __future__ import annotations

from pathlib import Path

import pytest

from dukani.web_app.bundle import HASH_MEMBER, unpack
from scripts.pack_dashboard import SOURCES, pack, source_hash


@pytest.mark.skipif(not SOURCES.exists(), reason="the sources of the dashboard are not here")
def test_the_packed_dashboard_is_built_from_these_sources():
    assert unpack()[HASH_MEMBER].decode() == source_hash(), "run `make dashboard`"


def test_what_was_packed_comes_out_again(tmp_path: Path):
    # given: a build of two files
    sources, built, packed = tmp_path / "sources", tmp_path / "out", tmp_path / "built.tar.xz"
    (sources / "src").mkdir(parents=True)
    (built / "_next").mkdir(parents=True)
    (built / "index.html").write_bytes(b"<p>Leo</p>")
    (built / "_next" / "a.js").write_bytes(b"1")

    # when
    pack(built, packed, sources=sources)

    # then
    contents = unpack(packed)
    assert contents["index.html"] == b"<p>Leo</p>"
    assert contents["_next/a.js"] == b"1"
    assert contents[HASH_MEMBER].decode() == source_hash(sources)


def test_the_same_build_is_packed_to_the_same_bytes(tmp_path: Path):
    built = tmp_path / "out"
    built.mkdir()
    (built / "index.html").write_bytes(b"<p>Leo</p>")

    pack(built, tmp_path / "one", sources=tmp_path)
    pack(built, tmp_path / "two", sources=tmp_path)

    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize("change", ["content", "name", "new file"])
def test_a_changed_source_changes_the_hash(tmp_path: Path, change: str):
    page = tmp_path / "src" / "page.tsx"
    page.parent.mkdir()
    page.write_text("one")
    before = source_hash(tmp_path)

    if change == "content":
        page.write_text("two")
    elif change == "name":
        page.rename(page.with_name("other.tsx"))
    else:
        (page.parent / "other.tsx").write_text("")

    assert source_hash(tmp_path) != before


def test_what_is_not_built_from_changes_nothing(tmp_path: Path):
    before = source_hash(tmp_path)

    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "orders.spec.ts").write_text("")

    assert source_hash(tmp_path) == before
