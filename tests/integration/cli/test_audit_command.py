"""`dukani audit` tells what it finds, and by its exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dukani.core.crypto import new_key
from dukani.core.database import Database
from tests.commands import dukani
from tests.factories import a_boutique
from tests.integration.core.audit.whole_shop import break_rows, open_whole_shop

pytestmark = pytest.mark.slow  # each command starts a process


async def test_a_breach_is_told_with_its_rows_and_the_exit_code(
    database: Database, superuser_url: str, tmp_path: Path
) -> None:
    ids = open_whole_shop(superuser_url, await a_boutique(database, slug="malaika"))

    def ask(*words: str) -> tuple[int, str]:
        key = f'["{new_key()}"]'
        done = dukani(
            "audit", *words, folder=tmp_path, DUKANI_DATABASE__URL=superuser_url,
            DUKANI_SECURITY__ENCRYPTION_KEYS=key,
        )  # fmt: skip
        return done.returncode, done.stdout

    # given a shop in which all is as it must be
    assert ask()[0] == 0
    assert ask("--boutique", "nobody")[0] == 1

    # when stock is no more what its ledger says
    break_rows(superuser_url, "update product_variants set quantity = quantity + 1", ids)

    # then it says where, and what to do
    code, told = ask("--boutique", "malaika")
    assert code == 1
    assert ids["variant"] in told.replace("\n", "")
    assert "Count the piece" in told
    code, as_json = ask("--json")
    [finding] = json.loads(as_json)["findings"]
    assert (code, finding["check"], finding["boutique"]) == (1, "stock_is_its_ledger", "malaika")
    assert finding["rows"][0]["id"] == ids["variant"]
