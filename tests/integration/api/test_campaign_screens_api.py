"""What the campaigns' screens ask for beside a campaign: how far each has come, and pictures."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from dukani.core.database import Database
from dukani.core.services import Services
from dukani.core.store import campaign_occurrences, campaign_recipients
from tests.factories import a_boutique, a_customer, a_product
from tests.integration.api.conftest import Signed
from tests.integration.store.test_store_campaigns import AT, a_campaign, recipient


async def test_a_list_tells_how_far_each_campaign_has_come(
    owner: Signed, stranger: Signed, database: Database
) -> None:
    # given a campaign of three recipients, of whom one is kept apart to compare with
    campaign = await a_campaign(database, owner.boutique)
    people = []
    for number in range(3):
        phone = f"+25472200010{number}"
        customer = await a_customer(database, owner.boutique, phone=phone)
        people.append(recipient(customer, phone, held_out=number == 2))
    async with database.tenant_connection(owner.boutique) as conn:
        occurrence = await campaign_occurrences.open_occurrence(
            conn, campaign_id=campaign.id, due_at=AT
        )
        await campaign_recipients.add(
            conn, campaign_id=campaign.id, occurrence_id=occurrence.id, recipients=people
        )
        await conn.execute(
            "update campaign_recipients set state = 'read' where id = %s", (people[0].id,)
        )

    # when its owner, and another, ask for it
    path = f"/campaign-summaries?campaign_id={campaign.id}"
    [told] = (await owner.get(path))["items"]
    others = await stranger.get(path)

    # then each counts once, and the other gets nothing
    assert told == {
        **dict.fromkeys(("skipped", "failed", "unknown", "orders", "revenue_minor"), 0),
        **dict.fromkeys(("waiting", "sent", "delivered", "read"), 1),
        "campaign_id": campaign.id,
        "recipients": 2,
    }
    assert others == {"items": []}
    assert (await owner.get("/campaign-summaries"))["items"] == [told]


async def test_the_same_pieces_have_the_same_picture(
    owner: Signed, database: Database, services: Services
) -> None:
    ids = [(await a_product(database, owner.boutique, name=name))[0].product_id for name in "AB"]

    first = await _picture(owner, ids)
    again = await _picture(owner, ids)
    turned = await _picture(owner, ids[::-1])

    assert first["url"] == again["url"] != turned["url"]


async def test_pieces_of_another_boutique_make_no_picture(
    owner: Signed, database: Database
) -> None:
    theirs = await a_product(database, await a_boutique(database), name="Amani")

    refused = await owner.call(
        "POST", "/collages", json={"product_ids": [theirs[0].product_id, str(uuid4())]}
    )

    assert refused.status_code == 404


async def _picture(owner: Signed, ids: list[str]) -> Any:
    return await owner.post("/collages", {"product_ids": ids})
