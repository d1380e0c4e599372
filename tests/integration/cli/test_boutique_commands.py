"""`dukani boutique …` sets a shop up until it sells, and says what it lacks."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from dukani.core.crypto import new_key
from tests.commands import dukani
from tests.integration.cli.test_add_boutique import EXAMPLE, add_boutique
from tests.integration.sandbox.outside import Target

pytestmark = pytest.mark.slow  # each command starts a process


async def test_a_shop_is_set_up_and_what_it_lacks_is_named(
    superuser_url: str, tmp_path: Path, target: Target
) -> None:
    sandbox = f"{target.url}/sandbox"
    settings = {
        "DUKANI_DATABASE__URL": superuser_url,
        "DUKANI_SECURITY__ENCRYPTION_KEYS": f'["{new_key()}"]',
        "DUKANI_TWILIO__BASE_URL": sandbox,
        "DUKANI_TWILIO__MESSAGING_URL": sandbox,
        "DUKANI_DARAJA__BASE_URL": sandbox,
    }

    async def say(*words: str, text: str = "") -> str:
        # In a thread: the sandbox that the command asks is served by this loop.
        done = await asyncio.to_thread(
            dukani, "boutique", *words, folder=tmp_path, text=text, **settings
        )
        return f"{done.returncode} {done.stdout} {done.stderr}"

    # given a boutique from a file, whose credentials its provider does not know
    await asyncio.to_thread(add_boutique, EXAMPLE, tmp_path, **settings)

    # when its hours and a zone are changed by command
    assert (await say("hours", "malaika", "mon-sat=8:00-17:00")).startswith("0")
    zones = await say("zones", "malaika", "--add", "Ruaka", "--fee", "350", "--also", "Banana")

    # then both are there, and no secret is shown
    assert "Ruaka (also Banana): KES 350" in zones
    shown = await say("show", "malaika")
    assert "08:00-17:00" in shown
    assert "the account's auth token" not in shown
    assert "malaika" in await say("list")

    # and it is told what it lacks, each with the command that mends it
    lacks = await say("check", "malaika")
    assert lacks.startswith("1")
    assert "MISS channel (refused auth token)" in lacks
    assert "dukani boutique channel malaika" in lacks
    assert "ok   hours" in lacks

    # and what a provider refuses is not kept
    refused = await say("mpesa", "malaika", "--shortcode", "600101", text="key\nsecret\npasskey\n")
    assert refused.startswith("1")
    assert "Daraja refuses this consumer key" in refused


def test_a_day_that_is_none_is_told(superuser_url: str, tmp_path: Path) -> None:
    wrong = dukani("boutique", "hours", "malaika", "someday=9-5", folder=tmp_path,
                   DUKANI_DATABASE__URL=superuser_url)  # fmt: skip

    assert wrong.returncode == 2
    assert "someday" in wrong.stderr + wrong.stdout
