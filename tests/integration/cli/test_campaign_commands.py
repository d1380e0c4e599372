"""`dukani campaigns preview` shows whom a campaign is for."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from dukani.campaigns.written import documents_of
from dukani.core.crypto import new_key
from dukani.core.database import Database
from dukani.core.store import campaigns
from dukani.domain.campaigns import CampaignMessage, WrittenCampaign
from tests.commands import dukani
from tests.integration.campaigns.crowd import a_fan, a_shop

pytestmark = pytest.mark.slow  # each command starts a process


async def test_a_campaign_is_previewed_by_its_id(
    database: Database, superuser_url: str, tmp_path: Path
) -> None:
    # given a campaign for one of two customers
    shop = await a_shop(database)
    await a_fan(database, shop.boutique_id, name="Njeri")
    await a_fan(database, shop.boutique_id, agreed=False)
    written = WrittenCampaign(name="December", message=CampaignMessage(template="new_pieces"))
    async with database.tenant_connection(shop.boutique_id) as conn:
        campaign = await campaigns.create(conn, documents_of(written))

    def say(campaign_id: str) -> str:
        given = {
            "DUKANI_DATABASE__URL": superuser_url,
            "DUKANI_SECURITY__ENCRYPTION_KEYS": f'["{new_key()}"]',
            "COLUMNS": "160",
        }
        done = dukani("campaigns", "preview", campaign_id, folder=tmp_path, **given)
        return f"{done.returncode} {done.stdout} {done.stderr}"

    # then the command says so
    said = say(campaign.id)
    assert said.startswith("0")
    assert "December, of Malaika: 1 of 2 get it." in said
    assert "said stop" in said and "Njeri" in said and "suits her" in said
    # and what is none is told
    assert "There is no campaign" in say(str(uuid4()))
    assert "give a campaign's id" in say("december")
