"""A boutique is set up once by its number, and what opens its accounts is sealed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dukani.core.services import Services
from dukani.core.store import boutiques, credentials, delivery_zones
from dukani.core.store.boutiques import Boutique, NewBoutique
from dukani.core.store.credentials import Credentials
from dukani.core.store.delivery_zones import DeliveryZone
from dukani.tools.boutiques import CurrencyIsFixed, SlugTaken, set_up_boutique
from dukani.tools.delivery_zones import Delivered, delivery_of
from tests.wiring import AUTH_TOKEN, TWILIO_NUMBER, Caller, doors_of, rows

NEW = NewBoutique(
    slug="malaika",
    name="Malaika Fashions",
    whatsapp_provider="twilio",
    payment_provider="daraja",
    owner_phone="+254711000001",
    shop_info={"hours": "9 to 6"},
)
LINE = Credentials("twilio", TWILIO_NUMBER, {"account_sid": "AC901", "auth_token": AUTH_TOKEN})
MPESA = Credentials("daraja", "600001", {"consumer_key": "k", "passkey": "hush"})


async def boutique(services: Services) -> Boutique | None:
    async with services.database.system_connection() as conn:
        return await boutiques.by_inbound_number(conn, provider="twilio", account=TWILIO_NUMBER)


async def test_a_boutique_that_was_set_up_can_be_written_to(services: Services) -> None:
    # given
    done = await set_up_boutique(services, NEW, [LINE, MPESA])
    assert done.added

    # when a customer writes to its number
    async with doors_of(services) as client:
        answer = await Caller(client).twilio(Body="Habari")

    # then the message is the boutique's
    assert answer.status_code == 200
    [message] = await rows(services, "messages", "boutique_id::text as boutique_id, body")
    assert message == {"boutique_id": done.boutique_id, "body": "Habari"}


async def test_its_secrets_are_sealed_and_open_again(services: Services) -> None:
    done = await set_up_boutique(services, NEW, [LINE, MPESA])

    async with services.database.system_connection() as conn:
        cursor = await conn.execute("select secrets from provider_credentials")
        stored = " ".join(row["secrets"] for row in await cursor.fetchall())
        opened = await credentials.get(
            conn, boutique_id=done.boutique_id, provider="daraja", box=services.secrets
        )
    assert "hush" not in stored and AUTH_TOKEN not in stored
    assert opened == MPESA


async def test_the_same_number_again_brings_the_boutique_up_to_date(services: Services) -> None:
    # given
    first = await set_up_boutique(services, NEW, [LINE, MPESA])

    # when its file has changed, and it is paid by hand now
    changed = replace(NEW, slug="other", name="Malaika", payment_provider="manual", shop_info={})
    again = await set_up_boutique(services, changed, [LINE])

    # then it is the same boutique, and its M-Pesa is used no longer
    assert (again.boutique_id, again.added) == (first.boutique_id, False)
    found = await boutique(services)
    assert found is not None
    assert (found.slug, found.name, found.payment_provider) == ("malaika", "Malaika", "manual")
    assert found.shop_info == {}
    async with services.database.system_connection() as conn:
        keys = {"boutique_id": first.boutique_id, "box": services.secrets}
        assert await credentials.get(conn, provider="daraja", **keys) is None
        assert await credentials.get(conn, provider="twilio", **keys) == LINE


async def test_its_delivery_zones_are_as_it_was_set_up_last(services: Services) -> None:
    # given
    cbd, thika, pick_up = (
        DeliveryZone(name="CBD", fee_minor=15_000),
        DeliveryZone(name="Thika", fee_minor=35_000),
        DeliveryZone(name="Pick up", fee_minor=0, pickup=True),
    )
    first = await set_up_boutique(services, NEW, [LINE], [cbd, thika])

    # when
    await set_up_boutique(services, NEW, [LINE], [pick_up, replace(cbd, fee_minor=20_000)])

    # then
    async with services.database.tenant_connection(first.boutique_id) as conn:
        zones = await delivery_zones.of_boutique(conn)
    assert [(zone.name, zone.fee_minor) for zone in zones] == [("Pick up", 0), ("CBD", 20_000)]


async def test_delivery_of_an_address_is_priced_by_the_boutiques_own_zones(
    services: Services,
) -> None:
    # given a boutique with a zone, and one without
    zoned = await set_up_boutique(
        services, NEW, [LINE], [DeliveryZone(name="Thika", fee_minor=35_000, days_max=2)]
    )
    flat = await set_up_boutique(
        services,
        replace(NEW, slug="next-door", delivery_fee_minor=30_000),
        [replace(LINE, account="+254700000902")],
    )

    async def delivery(boutique_id: str, address: str) -> Delivered:
        async with services.database.tenant_connection(boutique_id) as conn:
            found = await boutiques.get(conn, boutique_id=boutique_id)
            assert found is not None
            return await delivery_of(conn, found, address=address)

    # when / then
    assert await delivery(zoned.boutique_id, "Thika, Section 9") == Delivered(
        35_000, "Thika", days_max=2
    )
    assert await delivery(zoned.boutique_id, "Kisii") == Delivered(None)
    assert await delivery(flat.boutique_id, "Thika, Section 9") == Delivered(30_000)


async def test_another_numbers_slug_is_not_taken_over(services: Services) -> None:
    await set_up_boutique(services, NEW, [LINE])

    with pytest.raises(SlugTaken, match="malaika"):
        await set_up_boutique(services, NEW, [replace(LINE, account="+254700000902")])

    assert len(await rows(services, "boutiques", "id")) == 1


async def test_a_boutique_with_prices_keeps_its_currency(services: Services) -> None:
    await set_up_boutique(services, NEW, [LINE])

    with pytest.raises(CurrencyIsFixed, match="KES"):
        await set_up_boutique(services, replace(NEW, currency="UGX"), [LINE])

    found = await boutique(services)
    assert found is not None and found.currency == "KES"


async def test_a_boutique_set_up_later_leaves_the_others_keys_alone(services: Services) -> None:
    first = await set_up_boutique(services, NEW, [LINE, MPESA])

    await set_up_boutique(
        services, replace(NEW, slug="next-door"), [replace(LINE, account="+254700000902")]
    )

    async with services.database.system_connection() as conn:
        kept = await credentials.get(
            conn, boutique_id=first.boutique_id, provider="daraja", box=services.secrets
        )
    assert kept == MPESA
