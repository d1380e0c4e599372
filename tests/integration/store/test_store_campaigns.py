"""Campaigns, their occurrences and recipients in the database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from dukani.campaigns.written import documents_of, written_in
from dukani.core.database import Database
from dukani.core.store import (
    campaign_occurrences,
    campaign_recipients,
    campaigns,
    suppressed_identities,
)
from dukani.core.store.campaign_recipients import NewRecipient
from dukani.core.store.campaigns import Campaign
from dukani.core.store.keyset import Key
from dukani.domain.campaigns import CampaignMessage, Pace, WrittenCampaign
from tests.factories import a_boutique, a_customer

AT = datetime(2026, 12, 1, 7, tzinfo=UTC)


def written(**values: Any) -> WrittenCampaign:
    return WrittenCampaign(
        **{
            "name": "December",
            "message": CampaignMessage(template="customer_purchase_notification"),
        }
        | values
    )


async def a_campaign(database: Database, boutique_id: str, **values: Any) -> Campaign:
    async with database.tenant_connection(boutique_id) as conn:
        return await campaigns.create(conn, documents_of(written(**values)))


def recipient(customer_id: str, phone: str, **values: Any) -> NewRecipient:
    return NewRecipient(
        **{
            "id": str(uuid4()),
            "customer_id": customer_id,
            "identity": phone,
            "variables": {"slug": "0123456789ab"},
            "language": "en",
            "due_at": AT,
        }
        | values
    )


async def test_a_draft_is_written_edited_and_removed(database: Database):
    # given a draft with a pool, a pace and days that are left out
    boutique_id = await a_boutique(database)
    as_written = written(
        pieces=(uuid4(), uuid4()), pace=Pace(per_minute=30, skip_days=frozenset({"sun", "sat"}))
    )
    async with database.tenant_connection(boutique_id) as conn:
        draft = await campaigns.create(conn, documents_of(as_written))
        assert draft.status == "draft" and written_in(draft) == as_written

        # when it is edited
        edited = await campaigns.edit(
            conn, documents_of(written(name="January")), campaign_id=draft.id
        )

        # then it is what was written last, until it is removed
        assert edited is not None and written_in(edited) == written(name="January")
        assert await campaigns.get(conn, campaign_id=draft.id) == edited
        assert await campaigns.remove(conn, campaign_id=draft.id)
        assert await campaigns.get(conn, campaign_id=draft.id) is None


async def test_a_campaign_moves_once_and_is_edited_no_more(database: Database):
    # given a scheduled campaign
    boutique_id = await a_boutique(database)
    draft = await a_campaign(database, boutique_id)
    async with database.tenant_connection(boutique_id) as conn:
        assert await campaigns.move(
            conn, campaign_id=draft.id, since=["draft"], to="scheduled", next_at=AT
        )

        # when it is scheduled again, edited or removed: nothing happens
        again = await campaigns.move(
            conn, campaign_id=draft.id, since=["draft"], to="scheduled", next_at=AT
        )
        changed = await campaigns.edit(
            conn, documents_of(written(name="Other")), campaign_id=draft.id
        )
        assert (again, changed) == (None, None)
        assert not await campaigns.remove(conn, campaign_id=draft.id)

    # then it is due at its time, for who looks at all boutiques
    async with database.system_connection() as conn:
        assert draft.id not in {
            one.campaign_id for one in await campaigns.due(conn, at=AT - timedelta(minutes=1))
        }
        (due,) = [one for one in await campaigns.due(conn, at=AT) if one.campaign_id == draft.id]
        assert (due.boutique_id, due.next_at) == (boutique_id, AT)

    # and notes when it began and ended
    async with database.tenant_connection(boutique_id) as conn:
        begun = await campaigns.move(conn, campaign_id=draft.id, since=["scheduled"], to="sending")
        over = await campaigns.move(conn, campaign_id=draft.id, since=["sending"], to="completed")
    assert begun is not None and begun.started_at and not begun.ended_at and not begun.next_at
    assert over is not None and over.started_at == begun.started_at and over.ended_at


async def test_a_page_of_campaigns_goes_on_where_the_last_ended(database: Database):
    boutique_id = await a_boutique(database)
    for number in range(5):
        await a_campaign(database, boutique_id, name=f"No. {number}")

    async with database.tenant_connection(boutique_id) as conn:
        first = await campaigns.page(conn, after=None, limit=3)
        key = Key(first[-1].created_at, first[-1].id)
        second = await campaigns.page(conn, after=key, limit=3)
        assert await campaigns.page(conn, statuses=["sending"], after=None, limit=3) == []

    names = [one.name for one in [*first, *second]]
    assert names == ["No. 4", "No. 3", "No. 2", "No. 1", "No. 0"]


async def test_an_hour_has_one_occurrence_whoever_opens_it(database: Database):
    boutique_id = await a_boutique(database)
    campaign = await a_campaign(database, boutique_id)
    async with database.tenant_connection(boutique_id) as conn:
        first = await campaign_occurrences.open_occurrence(conn, campaign_id=campaign.id, due_at=AT)
        again = await campaign_occurrences.open_occurrence(conn, campaign_id=campaign.id, due_at=AT)
        week = AT + timedelta(days=7)
        later = await campaign_occurrences.open_occurrence(
            conn, campaign_id=campaign.id, due_at=week
        )
        assert again == first and (first.number, later.number) == (1, 2)

        # when two chunks are written down, what was left out adds up
        for after, left_out in ((str(uuid4()), {"opted_out": 2}),
                                (str(uuid4()), {"opted_out": 1, "low_score": 4})):  # fmt: skip
            await campaign_occurrences.note_planned(
                conn, occurrence_id=first.id, after=after, customers=10, left_out=left_out
            )
        noted = await campaign_occurrences.get(conn, occurrence_id=first.id)
    assert noted is not None and noted.planned_after == after and noted.audience_size == 20
    assert noted.left_out == {"opted_out": 3, "low_score": 4}


async def test_a_recipient_is_written_down_once(database: Database):
    # given an occurrence with a recipient, and one who is held out
    boutique_id = await a_boutique(database)
    campaign = await a_campaign(database, boutique_id)
    first, second = [await a_customer(database, boutique_id) for _ in range(2)]
    async with database.tenant_connection(boutique_id) as conn:
        occurrence = await campaign_occurrences.open_occurrence(
            conn, campaign_id=campaign.id, due_at=AT
        )
        ids = {"campaign_id": campaign.id, "occurrence_id": occurrence.id}
        sent = recipient(first, "+254722000001", variables={"customer_name": "Njeri's \"\\"})
        kept = recipient(second, "+254722000002", held_out=True)
        assert await campaign_recipients.add(conn, **ids, recipients=[sent, kept]) == {
            sent.id, kept.id,
        }  # fmt: skip

        # when the same people are written down again, under other ids
        again = [recipient(first, "+254722000001", variables={"customer_name": "Other"})]
        assert await campaign_recipients.add(conn, **ids, recipients=again) == set()

        # then they are what they were
        found = await campaign_recipients.get(conn, recipient_id=sent.id)
        assert found is not None and found.state == "planned" and found.due_at == AT
        assert found.variables == {"customer_name": "Njeri's \"\\"}
        apart = await campaign_recipients.get(conn, recipient_id=kept.id)
        assert apart is not None and (apart.state, apart.reason) == ("skipped", "holdout")
        assert await campaign_recipients.counts(conn, campaign_id=campaign.id) == {"planned": 1}
        page = await campaign_recipients.page(conn, campaign_id=campaign.id, limit=1)
        rest = await campaign_recipients.page(
            conn, campaign_id=campaign.id, after=page[0].id, limit=9
        )
        assert {one.id for one in [*page, *rest]} == {sent.id, kept.id}


async def test_a_suppressed_number_keeps_its_first_reason(database: Database):
    boutique_id = await a_boutique(database)
    async with database.tenant_connection(boutique_id) as conn:
        assert await suppressed_identities.add(conn, identity="+1", reason="unreachable")
        assert not await suppressed_identities.add(conn, identity="+1", reason="by_a_person")
        assert await suppressed_identities.why(conn, identity="+1") == "unreachable"
        assert await suppressed_identities.remove(conn, identity="+1")
        assert await suppressed_identities.why(conn, identity="+1") is None


async def test_another_boutique_gets_nothing_of_a_campaign(database: Database):
    # given a campaign of one boutique, with a recipient and a suppressed number
    boutique_id, other = await a_boutique(database), await a_boutique(database)
    campaign = await a_campaign(database, boutique_id)
    customer_id = await a_customer(database, boutique_id)
    new = recipient(customer_id, "+254722000009")
    async with database.tenant_connection(boutique_id) as conn:
        occurrence = await campaign_occurrences.open_occurrence(
            conn, campaign_id=campaign.id, due_at=AT
        )
        await campaign_recipients.add(
            conn, campaign_id=campaign.id, occurrence_id=occurrence.id, recipients=[new]
        )
        await suppressed_identities.add(conn, identity="+254722000009", reason="complained")

    # when another asks for all of it, nothing is there, and nothing is changed
    async with database.tenant_connection(other) as conn:
        assert await campaigns.get(conn, campaign_id=campaign.id) is None
        assert await campaigns.get_for_update(conn, campaign_id=campaign.id) is None
        assert await campaigns.page(conn, after=None, limit=9) == []
        assert (
            await campaigns.move(conn, campaign_id=campaign.id, since=["draft"], to="sending")
            is None
        )
        assert not await campaigns.remove(conn, campaign_id=campaign.id)
        assert await campaign_occurrences.get(conn, occurrence_id=occurrence.id) is None
        assert await campaign_occurrences.of_campaign(conn, campaign_id=campaign.id) == []
        assert await campaign_recipients.get(conn, recipient_id=new.id) is None
        assert await campaign_recipients.page(conn, campaign_id=campaign.id, limit=9) == []
        assert await campaign_recipients.counts(conn, campaign_id=campaign.id) == {}
        assert await suppressed_identities.why(conn, identity="+254722000009") is None
