"""A recipient's message shows her pieces, and keeps what their numbers mean."""

from __future__ import annotations

from typing import Any

from dukani.campaigns.picturing import draw_ahead
from dukani.core.services import Services
from dukani.core.store import catalog_links, collages, message_templates
from dukani.core.store.catalog_links import NewLink
from dukani.domain.template_forms import purchase_notification
from tests.factories import Variant, a_boutique, a_product
from tests.fakes.providers import FakeProviders
from tests.integration.campaigns.a_campaign import (
    TEMPLATE,
    Sending,
    a_sending,
    a_shop,
    recipients,
    run,
)
from tests.wiring import rows

PAGE = "http://shop.test"


async def a_showing(
    services: Services, pieces: int = 3, **pace: Any
) -> tuple[Sending, list[Variant]]:
    """A campaign to one customer, whose page has so many pieces, by a template with a picture."""
    boutique = await a_shop(services)
    database = services.database
    form = purchase_notification("en", base_url=PAGE, picture=f"{boutique}/templates/example.jpg")
    await services.media.put(f"{boutique}/templates/example.jpg", b"a picture", "image/jpeg")
    async with database.operator_connection(boutique) as conn:
        await message_templates.put(
            conn,
            boutique_id=boutique,
            provider="meta",
            name=TEMPLATE,
            language="en",
            status="approved",
            category="marketing",
            form=form.model_dump(mode="json"),
        )
    made = [(await a_product(database, boutique))[0] for _ in range(pieces)]
    sending = await a_sending(services, boutique, **pace)
    (her,) = await recipients(services, sending)
    async with database.tenant_connection(boutique) as conn:
        link = NewLink(
            slug=her["variables"]["slug"],
            recipient_id=str(her["id"]),
            customer_id=str(her["customer_id"]),
            product_ids=[one.product_id for one in made],
            slots=[],
        )
        await catalog_links.add(conn, campaign_id=sending.campaign_id, links=[link])
    return sending, made


async def drawn(services: Services, sending: Sending) -> int:
    return await draw_ahead(
        services, boutique_id=sending.boutique_id, occurrence_id=sending.occurrence_id
    )


async def pictures(services: Services) -> list[str]:
    return [row["media_path"] for row in await rows(services, "collages", "key as id, media_path")]


def picture_of(sent: dict[str, Any]) -> str:
    (header,) = [part for part in sent["template"]["components"] if part["type"] == "header"]
    return str(header["parameters"][0]["image"]["link"])


async def test_the_picture_made_ahead_is_sent_with_what_its_numbers_mean(
    services: Services, providers: FakeProviders
) -> None:
    # given a picture that was made ahead
    sending, pieces = await a_showing(services)
    assert await drawn(services, sending) == 1
    (path,) = await pictures(services)

    # when the message leaves
    await run(services, sending)

    # then it carries that picture, and the chat knows each number's piece
    (message,) = await rows(services, "messages")
    assert message["media_path"] == path
    assert path.removeprefix(f"{sending.boutique_id}/") in picture_of(providers.sent[0])
    options = message["payload"]["options"]
    assert [(one["number"], one["product_id"]) for one in options] == [
        (n, piece.product_id) for n, piece in enumerate(pieces, 1)
    ]
    # and nothing is left to draw
    assert await drawn(services, sending) == 0


async def test_a_message_that_comes_before_its_picture_makes_it(
    services: Services, providers: FakeProviders
) -> None:
    sending, _ = await a_showing(services)

    await run(services, sending)

    (path,) = await pictures(services)
    (message,) = await rows(services, "messages")
    assert (message["media_path"], len(providers.sent)) == (path, 1)


async def test_a_piece_that_is_sold_no_more_leaves_its_number(
    services: Services, providers: FakeProviders
) -> None:
    sending, pieces = await a_showing(services)
    async with services.database.tenant_connection(sending.boutique_id) as conn:
        await conn.execute(
            "update products set active = false where id = %s", (pieces[1].product_id,)
        )

    await run(services, sending)

    (message,) = await rows(services, "messages")
    assert [one["number"] for one in message["payload"]["options"]] == [1, 3]


async def test_nothing_is_drawn_of_another_boutiques_campaign(services: Services) -> None:
    sending, _ = await a_showing(services)
    other = await a_boutique(services.database)

    made = await draw_ahead(services, boutique_id=other, occurrence_id=sending.occurrence_id)

    assert made == 0
    async with services.database.tenant_connection(other) as conn:
        lists = await catalog_links.lists_to_send(
            conn, occurrence_id=sending.occurrence_id, arms=[""]
        )
        assert lists == []
        assert await collages.path_of(conn, key="0" * 64) is None
