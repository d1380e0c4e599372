"""A message costs what its own template is charged as: in the preview, the hold and the send."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from dukani.campaigns.preview import preview
from dukani.campaigns.previewed import Preview
from dukani.core.services import Services
from dukani.core.store import message_templates
from dukani.core.store.message_templates import TemplateCategory, TemplateStatus, Told
from dukani.domain.campaigns import CampaignMessage, Experiment, WrittenCampaign
from tests.fakes.providers import FakeProviders
from tests.integration.campaigns import crowd
from tests.integration.campaigns.a_campaign import (
    TEMPLATE,
    TOKENS,
    a_fan,
    a_sending,
    a_shop,
    all_may_leave_at_once,
    balance,
    by_day,
    recipients,
    run,
)
from tests.wiring import rows

DEAR, CHEAP = 5, 1  # tokens of a marketing and of a utility message, in these tests


@pytest.fixture(autouse=True)
def rates(superuser_url: str) -> None:
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "update private.message_rates set tokens = case category when 'marketing' then %s"
            " else %s end",
            (DEAR, CHEAP),
        )


async def a_template(
    services: Services,
    boutique: str,
    category: TemplateCategory,
    *,
    name: str = TEMPLATE,
    language: Any = "en",
    status: TemplateStatus = "approved",
) -> None:
    async with services.database.operator_connection(boutique) as conn:
        await message_templates.put(
            conn, boutique_id=boutique, provider="meta", name=name, language=language,
            status=status, category=category,
        )  # fmt: skip


async def a_crowd(services: Services, *languages: str | None) -> str:
    """A shop with pieces, and customers who get its campaigns, in these languages."""
    shop = await crowd.a_shop(services.database)
    async with services.database.system_connection() as conn:
        await conn.execute("update boutiques set whatsapp_provider = 'meta'")
    for n, language in enumerate(languages):
        fan = await crowd.a_fan(services.database, shop.boutique_id, phone=f"+2547120000{n:02}")
        async with services.database.system_connection() as conn:
            await conn.execute("update customers set language = %s where id = %s", (language, fan))
    return shop.boutique_id


async def seen(services: Services, boutique: str, **values: Any) -> Preview:
    message = CampaignMessage(template=TEMPLATE)
    written = WrittenCampaign(**({"name": "December", "message": message} | values))
    nine = datetime(2026, 12, 1, 6, tzinfo=UTC)
    return await preview(services.database, written, boutique_id=boutique, now=nine)


@pytest.mark.parametrize(
    ("category", "status", "tokens"),
    [
        ("marketing", "approved", DEAR),
        ("utility", "approved", CHEAP),
        # It is in review: it is charged as what it was submitted as.
        ("utility", "pending", CHEAP),
    ],
)
async def test_the_preview_asks_the_templates_category(
    services: Services, category: TemplateCategory, status: TemplateStatus, tokens: int
) -> None:
    boutique = await a_crowd(services, "en", "en")
    await a_template(services, boutique, category, status=status)

    found = await seen(services, boutique)

    assert (found.recipients, found.tokens) == (2, 2 * tokens)
    assert found.by_category == {category: 2}


async def test_a_template_that_nobody_knows_is_priced_as_the_dearest(services: Services) -> None:
    boutique = await a_crowd(services, "en")

    assert (await seen(services, boutique)).tokens == DEAR


async def test_each_is_priced_by_the_language_she_would_get(services: Services) -> None:
    # given a template that is marketing in English and utility in Swahili
    boutique = await a_crowd(services, "en", "sw", "sw", None)
    await a_template(services, boutique, "marketing", language="en")
    await a_template(services, boutique, "utility", language="sw")

    hers = await seen(services, boutique)
    swahili = await seen(
        services, boutique, message=CampaignMessage(template=TEMPLATE, language="sw")
    )

    # who has no language of her own gets the boutique's, English
    assert hers.by_category == {"marketing": 2, "utility": 2}
    assert hers.tokens == 2 * DEAR + 2 * CHEAP
    assert swahili.tokens == 4 * CHEAP


async def test_each_arm_is_priced_by_its_own_template(services: Services) -> None:
    boutique = await a_crowd(services, *["en"] * 8)
    await a_template(services, boutique, "marketing")
    await a_template(services, boutique, "utility", name="order_news")
    experiment = Experiment.model_validate(
        {"variants": [{"key": "a", "share": 0.5, "message": {"template": TEMPLATE}},
                      {"key": "b", "share": 0.5, "message": {"template": "order_news"}}]}
    )  # fmt: skip

    found = await seen(services, boutique, experiment=experiment)

    assert sum(found.by_variant.values()) == 8
    dear, cheap = found.by_variant.get("a", 0), found.by_variant.get("b", 0)
    assert dear and cheap and found.tokens == dear * DEAR + cheap * CHEAP


async def test_an_announced_category_counts_from_its_hour_on(services: Services) -> None:
    boutique = await a_crowd(services, "en")
    await a_template(services, boutique, "utility")

    async def announce(at: datetime) -> None:
        told = Told(TEMPLATE, "en", next_category="marketing", category_changes_at=at)
        async with services.database.system_connection() as conn:
            await message_templates.note(conn, told, boutique_id=boutique, provider="meta")

    await announce(datetime.now(UTC) + timedelta(hours=1))
    before = await seen(services, boutique)
    await announce(datetime.now(UTC) - timedelta(minutes=1))
    after = await seen(services, boutique)

    assert (before.tokens, after.tokens) == (CHEAP, DEAR)


async def test_as_much_is_held_as_is_taken(services: Services, providers: FakeProviders) -> None:
    # given two of English, which is utility, and one of Swahili, which is marketing
    boutique = await a_shop(services)
    await a_template(services, boutique, "utility", language="en")
    await a_template(services, boutique, "marketing", language="sw")
    fans = [await a_fan(services, boutique, n) for n in range(3)]
    sending = await a_sending(services, boutique, customers=fans, begins=False)
    async with services.database.system_connection() as conn:
        await conn.execute(
            "update campaign_recipients set language = 'sw' where identity = %s", (by_day(2),)
        )

    # when it begins
    await begin(services, sending)
    held = (await balance(services, boutique))[1]

    # then what each message takes is what was held for it
    assert held == 2 * CHEAP + DEAR
    await all_may_leave_at_once(services)
    await run(services, sending)
    took = {row["identity"]: row["tokens"] for row in await recipients(services, sending)}
    assert took == {by_day(0): CHEAP, by_day(1): CHEAP, by_day(2): DEAR}
    (hold,) = await rows(services, "wallet_holds", "key as id, remaining")
    assert hold["remaining"] == 0 and await balance(services, boutique) == (TOKENS - held, held, 0)


async def begin(services: Services, sending: Any) -> None:
    from dukani.campaigns.starting import start

    async with services.database.tenant_connection(sending.boutique_id) as conn:
        await start(
            conn,
            boutique_id=sending.boutique_id,
            campaign_id=sending.campaign_id,
            occurrence_id=sending.occurrence_id,
        )
