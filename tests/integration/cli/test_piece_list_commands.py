"""`dukani products import` and `export`: a list in and out, by command."""

from __future__ import annotations

from pathlib import Path

import pytest

from dukani.core.crypto import new_key
from dukani.core.database import Database
from tests.commands import dukani
from tests.factories import a_boutique

pytestmark = pytest.mark.slow  # each command starts a process

LIST = """SKU,Jina,Aina,Bei ya duka,Rangi,Saizi,Idadi
A,Amani,gauni,"KSh 3,500/=",nyekundu,"S,M",2
B,Neema,gauni,3.500,nyekundu,M,1
"""


async def test_a_list_goes_in_and_out_by_command(
    database: Database, superuser_url: str, tmp_path: Path
) -> None:
    # given a shop, and a list of which a column has a name of its own and a line is wrong
    await a_boutique(database, slug="malaika")
    listed, exported = tmp_path / "list.csv", tmp_path / "out.xlsx"
    listed.write_text(LIST)
    key = f'["{new_key()}"]'

    def say(*words: str | Path) -> str:
        done = dukani(
            "products", *map(str, words), folder=tmp_path, DUKANI_DATABASE__URL=superuser_url,
            DUKANI_SECURITY__ENCRYPTION_KEYS=key,
        )  # fmt: skip
        return f"{done.returncode} {done.stdout} {done.stderr}"

    # when it is tried, it says what would happen, and nothing has
    mapped = ("--mapping", "Bei ya duka=price")
    tried = say("import", listed, *mapped, "--dry-run")
    assert tried.startswith("1")
    assert "line 3: Price: “3.500” can be read in two ways. Write 3500 / 3.50." in tried
    assert "Nothing was changed yet. Lines: 1 new, 1 refused." in tried

    # when it is imported, the good line is in; the columns are known by now
    assert "Lines: 1 new, 1 refused." in say("import", listed)
    assert "Lines: 1 unchanged, 1 refused." in say("import", listed)

    # and what is exported is nothing new
    assert "its pieces are in" in say("export", exported)
    assert say("import", exported).startswith("0")
    assert "2 unchanged" in say("import", exported)
    assert "Columns: SKU, Jina" in say("import", listed, "--mapping", "Cost=price")
