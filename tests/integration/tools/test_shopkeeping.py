"""Boutiques from the command line: what is said, what is refused, and what is there after."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from dukani.agent.local_eye import LocalEye
from dukani.boutique_file import BoutiqueFile, read_boutique
from dukani.core.crypto import SecretBox, new_key
from dukani.core.errors import NotFound
from dukani.core.services import Services
from dukani.core.settings import ROOT, GivenSettings
from dukani.running import KEY_FILE, with_demo_key
from dukani.shopkeeping import (
    PiecesFile,
    WhichBoutique,
    close_shop,
    fill_shop,
    open_shop,
    unreachable,
)
from dukani.tools.boutiques import OtherKey
from tests.wiring import rows, with_settings

DOCS = ROOT / "docs"
EXAMPLE = (DOCS / "boutique.toml").read_text()


def a_file(*, slug: str = "malaika", number: str = "+254700000001") -> BoutiqueFile:
    return read_boutique(EXAMPLE.replace('"malaika"', f'"{slug}"').replace("+254700000001", number))


def pieces(path: Path = DOCS / "pieces.csv") -> PiecesFile:
    return PiecesFile(path, path.read_text())


@pytest.fixture
def said() -> list[str]:
    return []


async def test_a_new_boutique_is_told_what_is_still_to_be_done(
    services: Services, said: list[str]
) -> None:
    await open_shop(services, a_file(), said.append)

    told = "\n".join(said)
    assert "Added Malaika Fashions, paid by daraja." in told
    assert "/webhook/whatsapp" in told
    assert "no pieces yet" in told
    assert "dukani products add FILE --boutique malaika" in told


@pytest.mark.parametrize(
    ("url", "reached"),
    [
        ("https://shop.example.com", True),
        ("http://shop.example.com", False),
        ("http://127.0.0.1:8000", False),
        ("https://localhost", False),
        ("https://[::1]:8000", False),
        ("https://192.168.1.20", False),
        ("https://0.0.0.0:8000", False),
        ("https://shop.local", False),
        ("https://api:8000", False),
        ("https://196.201.214.200", True),
        ("shop.example.com", False),
    ],
)
async def test_an_address_no_provider_reaches_is_warned_of(
    services: Services, said: list[str], url: str, reached: bool
) -> None:
    await open_shop(with_settings(services, web={"public_url": url}), a_file(), said.append)
    warned = [line for line in said if line.startswith("Warning") and url in line]
    assert bool(warned) is not reached
    assert all("DUKANI_WEB__PUBLIC_URL" in line for line in warned)
    assert bool(unreachable(url, provider="Twilio")) is not reached


async def test_with_another_key_than_the_boutiques_here_nothing_is_added(
    services: Services, said: list[str]
) -> None:
    # given a boutique sealed with one key
    key, fresh = new_key(), new_key()
    await open_shop(replace(services, secrets=SecretBox([key])), a_file(), said.append)
    other = a_file(slug="amina", number="+254700000009")

    # when another is added with a fresh one: refused, with the reason and the remedy
    with pytest.raises(OtherKey, match=r"'malaika'.*ENCRYPTION_KEYS"):
        await open_shop(replace(services, secrets=SecretBox([fresh])), other, said.append)
    assert [b["slug"] for b in await rows(services, "boutiques")] == ["malaika"]

    # with both keys it is added
    await open_shop(replace(services, secrets=SecretBox([fresh, key])), other, said.append)
    assert len(await rows(services, "boutiques")) == 2


def test_in_a_demos_folder_the_demos_key_is_used_where_none_is_set(tmp_path: Path) -> None:
    given = GivenSettings(data_dir=tmp_path)
    assert with_demo_key(given).security.encryption_keys == []
    (tmp_path / KEY_FILE).write_text("the demo's\n")
    assert with_demo_key(given).security.encryption_keys == [SecretStr("the demo's")]
    # a key that is set is the one that is meant, and a database of one's own is no demo's
    own = GivenSettings(data_dir=tmp_path, security={"encryption_keys": ["mine"]})
    assert with_demo_key(own).security.encryption_keys == [SecretStr("mine")]
    real = GivenSettings(data_dir=tmp_path, database={"url": "postgresql://db/x"})
    assert with_demo_key(real).security.encryption_keys == []


async def test_a_shop_is_filled_from_a_file_and_taken_away(
    services: Services, said: list[str], tmp_path: Path
) -> None:
    eye = LocalEye()
    await open_shop(services, a_file(), said.append)

    # filled, and again
    assert await fill_shop(services, eye, pieces(), said.append, slug=None)
    assert said[-1] == "Malaika Fashions: 3 added; 4 new pictures looked at."
    assert await fill_shop(services, eye, pieces(), said.append, slug="malaika")
    assert said[-1] == "Malaika Fashions: 3 unchanged; 0 new pictures looked at."

    # one wrong line is told, and does not keep the others out
    head = pieces().text.splitlines()[0]
    wrong = tmp_path / "wrong.csv"
    wrong.write_text(f"{head}\nA,Hat,hat,900,beige,ONE,1,,,,\nB,Hat,hat,free,beige,ONE,1,,,,\n")
    assert not await fill_shop(services, eye, pieces(wrong), said.append, slug=None)
    told = "\n".join(said[-3:])
    assert "line 3: price" in told
    assert "1 added" in told

    # it is not told of its missing pieces any more, and then it goes
    said.clear()
    await open_shop(services, a_file(), said.append)
    assert not any("no pieces" in line for line in said)
    await close_shop(services, "malaika", said.append)
    assert said[-1].startswith("Deleted Malaika Fashions")
    with pytest.raises(NotFound, match="add-boutique"):
        await fill_shop(services, eye, pieces(), said.append, slug=None)


async def test_of_several_boutiques_one_must_be_named(services: Services, said: list[str]) -> None:
    await open_shop(services, a_file(), said.append)
    await open_shop(services, a_file(slug="amina", number="+254700000009"), said.append)
    with pytest.raises(WhichBoutique, match="malaika, amina"):
        await fill_shop(services, LocalEye(), pieces(), said.append, slug=None)
    with pytest.raises(NotFound, match="malaika, amina"):
        await fill_shop(services, LocalEye(), pieces(), said.append, slug="zawadi")
