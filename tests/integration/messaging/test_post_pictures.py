"""Options go out as one numbered picture; photos come in checked and clean."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from cachetools import LRUCache
from PIL import Image

from dukani.agent.facts import Option, Reply
from dukani.core.errors import ConfigurationError, NotFound, ProviderRefused, UnreadableImage
from dukani.core.file_policy import FILE_POLICY
from dukani.core.media_links import expiring_link, own_link
from dukani.core.services import Services
from dukani.core.store import boutiques
from dukani.core.store.messages import Message
from dukani.tools import messaging
from dukani.tools.collage import known_picture, options_picture
from dukani.tools.media import fetch_inbound_media
from tests.factories import a_boutique, a_conversation, an_inbound
from tests.fakes.providers import FakeProviders
from tests.fakes.storage import ADDRESS, BUCKET, OBJECT, FakeStorage
from tests.integration.messaging.test_delivery import a_chat, deliver, status_of
from tests.wiring import META_NUMBER, TWILIO_NUMBER, a_line, doors_of, rows


def a_photo(colour: str = "red", side: int = 640) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(out, "JPEG", exif=b"Exif\0\0secret-place")
    return out.getvalue()


def an_option(number: int = 1, **fields: object) -> Option:
    given = {
        "number": number,
        "product_id": f"p{number}",
        "name": f"Amani {number}",
        "colour": "red",
        "colours": ("red",),
        "sizes": ("M",),
        "price_minor": 450000,
    }
    return Option.model_validate(given | fields)


OPTIONS = tuple(an_option(number) for number in range(1, 4))


async def offer(services: Services, provider: str, text: str = "1. Amani\n2. Amani") -> str:
    chat = await a_chat(services, provider)
    async with services.database.tenant_connection(chat.boutique_id) as conn:
        await messaging.queue_reply(conn, chat, Reply(text=text, options=OPTIONS), language="sw")
    await deliver(services, chat)
    async with services.database.system_connection() as conn:
        await conn.execute("update messages set told_at = now()")  # the picture is on its way
    await deliver(services, chat)
    return chat.boutique_id


async def test_on_twilio_options_are_one_message_with_a_picture(
    services: Services, providers: FakeProviders
) -> None:
    await offer(services, "twilio")

    (sent,) = providers.sent
    (row,) = await rows(services, "messages")
    assert sent["Body"] == "1. Amani\n2. Amani"
    assert sent["MediaUrl"] == own_link(services, row["media_path"])
    assert [option["number"] for option in row["payload"]["options"]] == [1, 2, 3]


@pytest.mark.parametrize("storage_signs", [True, False])
async def test_storage_serves_its_pictures_itself_and_a_message_waits_for_no_signature(
    services: Services, providers: FakeProviders, storage_signs: bool
) -> None:
    # given
    storage = FakeStorage()
    services = replace(services, media=storage.store())
    storage.signs = storage_signs

    # when
    await offer(services, "twilio")

    # then
    (sent,) = providers.sent
    (row,) = await rows(services, "messages")
    own = own_link(services, row["media_path"])
    signed = f"{ADDRESS}{OBJECT}/sign/{BUCKET}/{row['media_path']}?token="
    assert sent["MediaUrl"].startswith(signed if storage_signs else own)


async def test_on_meta_options_are_a_picture_and_a_list_to_tap(
    services: Services, providers: FakeProviders
) -> None:
    await offer(services, "meta")

    picture, tappable = providers.sent
    assert (picture["type"], picture["image"]["caption"]) == ("image", "1. Amani\n2. Amani")
    (section,) = tappable["interactive"]["action"]["sections"]
    assert [row["id"] for row in section["rows"]] == ["option:1", "option:2", "option:3"]
    for row in await rows(services, "messages"):
        assert len(row["payload"]["options"]) == 3


async def test_words_too_long_for_a_caption_go_with_the_list(
    services: Services, providers: FakeProviders
) -> None:
    text = "x" * 1200

    await offer(services, "meta", text)

    picture, tappable = providers.sent
    assert "caption" not in picture["image"]
    assert tappable["interactive"]["body"]["text"] == text


async def test_the_linked_picture_can_be_fetched_by_its_link_only(
    services: Services, providers: FakeProviders
) -> None:
    await offer(services, "twilio")
    link = httpx.URL(providers.sent[0]["MediaUrl"])
    async with doors_of(services) as client:
        fetched = await client.get(link)
        guessed = await client.get(link.copy_set_param("sig", "0" * 32))
        odd = await client.get(link.copy_set_param("sig", "ü"))
        elsewhere = await client.get(link.path, params={"sig": services.secrets.sign("x")})

    assert fetched.status_code == 200
    assert fetched.headers["content-type"] == "image/jpeg"
    assert "immutable" in fetched.headers["cache-control"]
    assert fetched.headers["content-security-policy"] == FILE_POLICY
    assert max(Image.open(io.BytesIO(fetched.content)).size) <= 1000
    assert len(fetched.content) <= 90_000
    assert [r.status_code for r in (guessed, odd, elsewhere)] == [403, 403, 403]


async def test_a_link_for_the_owner_ends(services: Services, providers: FakeProviders) -> None:
    # given a kept file, and links to it for the owner
    await offer(services, "twilio")
    (path,) = {row["media_path"] for row in await rows(services, "messages") if row["media_path"]}
    now = datetime.now(UTC)
    fresh = httpx.URL(expiring_link(services, path, now))
    old = httpx.URL(expiring_link(services, path, now - timedelta(days=8)))

    # when they are opened
    async with doors_of(services) as client:
        opened = await client.get(fresh)
        refused = [
            await client.get(link)
            for link in (
                old,
                old.copy_set_param("until", str(fresh.params["until"])),
                fresh.copy_remove_param("until"),
            )
        ]

    # then only one that has not ended, with the end it was signed with, shows the file
    assert opened.status_code == 200
    assert "no-store" in opened.headers["cache-control"]
    assert [response.status_code for response in refused] == [403, 403, 403]


@pytest.mark.parametrize("path", ["../secrets", "x", "a/../../b.jpg"])
async def test_a_signed_path_outside_the_store_is_not_found(services: Services, path: str) -> None:
    async with doors_of(services) as client:
        link = f"/media/{path.replace('/', '%2F')}"
        response = await client.get(link, params={"sig": services.secrets.sign(path)})

    assert response.status_code in (403, 404)


async def test_a_picture_that_cannot_be_made_leaves_the_words(
    services: Services, providers: FakeProviders, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object, **__: object) -> str:
        raise TypeError("an option without a price")

    monkeypatch.setattr("dukani.tools.delivery.options_picture", broken)

    await offer(services, "meta")

    assert [message["type"] for message in providers.sent] == ["text", "interactive"]
    assert providers.texts[0] == "1. Amani\n2. Amani"
    assert [status for status, _ in await status_of(services)] == ["sent", "sent"]


async def test_the_same_pieces_share_a_picture_and_a_new_price_makes_a_new_one(
    services: Services,
) -> None:
    boutique = await a_boutique(services.database)

    async def path(*options: Option) -> str:
        return await options_picture(
            services, boutique_id=boutique, currency="KES", options=options
        )

    first = await path(*OPTIONS)

    assert first.startswith(f"{boutique}/collages/")
    assert await path(*OPTIONS) == first
    assert await path(an_option(1, price_minor=1)) != await path(an_option(1))


async def test_a_picture_made_once_is_known_to_its_boutique_alone(services: Services) -> None:
    ids = [await a_boutique(services.database) for _ in range(2)]
    async with services.database.system_connection() as conn:
        mine, theirs = [await boutiques.get(conn, boutique_id=each) for each in ids]
    assert mine is not None and theirs is not None
    assert known_picture(services, mine, OPTIONS) is None

    path = await options_picture(services, boutique_id=mine.id, currency="KES", options=OPTIONS)

    assert known_picture(services, mine, OPTIONS) == path
    assert known_picture(services, mine, OPTIONS[:1]) is None
    assert known_picture(services, theirs, OPTIONS) is None
    assert known_picture(services, mine, ()) is None


async def test_of_too_many_pictures_the_one_not_shown_for_longest_is_forgotten(
    services: Services,
) -> None:
    # given: room for two, and the older of them is shown again
    services = replace(services, painted=LRUCache(2))
    boutique_id = await a_boutique(services.database)
    async with services.database.system_connection() as conn:
        boutique = await boutiques.get(conn, boutique_id=boutique_id)
    assert boutique is not None
    older, newer, third = [(an_option(1, price_minor=price),) for price in (100, 200, 300)]

    async def paint(options: tuple[Option, ...]) -> None:
        await options_picture(services, boutique_id=boutique_id, currency="KES", options=options)

    await paint(older)
    await paint(newer)
    assert known_picture(services, boutique, older) is not None

    # when
    await paint(third)

    # then: it is not lost, only looked for in the store again
    known = [known_picture(services, boutique, each) is not None for each in (older, newer, third)]
    assert known == [True, False, True]


async def test_a_picture_of_another_boutique_is_never_shown(services: Services) -> None:
    mine, theirs = (
        await a_boutique(services.database),
        await a_boutique(services.database),
    )
    await services.media.put(f"{theirs}/products/a.jpg", a_photo("lime"), "image/jpeg")
    await services.media.put(f"{mine}/products/a.jpg", a_photo("lime"), "image/jpeg")

    async def middle(image_path: str) -> tuple[int, ...]:
        path = await options_picture(
            services,
            boutique_id=mine,
            currency="KES",
            options=[an_option(image_path=image_path)],
        )
        shown = Image.open(io.BytesIO(await services.media.get(path)))
        pixel = shown.getpixel((300, 300))
        assert isinstance(pixel, tuple)
        return pixel

    own, foreign = await middle(f"{mine}/products/a.jpg"), await middle(f"{theirs}/products/a.jpg")

    assert own[1] > 200 > own[0]
    assert foreign[0] > foreign[1]  # the red of the piece instead


async def an_inbound_photo(
    services: Services, provider: str, reference: str
) -> tuple[str, Message]:
    account = META_NUMBER if provider == "meta" else TWILIO_NUMBER
    boutique = await a_line(services, provider, account)  # type: ignore[arg-type]
    conversation = await a_conversation(services.database, boutique, provider=provider)
    async with services.database.tenant_connection(boutique) as conn:
        message = await an_inbound(
            conn,
            conversation,
            provider=provider,
            kind="image",
            payload={"media": {"reference": reference, "content_type": "image/png"}},
        )
    return boutique, message


@pytest.mark.parametrize(
    ("provider", "reference"),
    [("meta", "M1"), ("twilio", "https://api.twilio.com/2010-04-01/Media/M1")],
)
async def test_a_photo_is_brought_in_clean_under_its_boutiques_folder(
    services: Services, providers: FakeProviders, provider: str, reference: str
) -> None:
    boutique, message = await an_inbound_photo(services, provider, reference)
    providers.media["M1"] = a_photo(side=3000)

    path = await fetch_inbound_media(services, boutique, message)

    assert path == f"{boutique}/inbound/{message.id}.jpg"
    kept = await services.media.get(path)
    assert max(Image.open(io.BytesIO(kept)).size) == 1600
    assert b"secret-place" not in kept
    assert (await rows(services, "messages"))[0]["media_path"] == path


async def test_what_is_no_picture_is_refused_whatever_it_is_called(
    services: Services, providers: FakeProviders
) -> None:
    boutique, message = await an_inbound_photo(services, "meta", "M1")
    providers.media["M1"] = b"<html>not a picture</html>"

    with pytest.raises(UnreadableImage):
        await fetch_inbound_media(services, boutique, message)


async def test_our_credentials_go_to_the_provider_only(
    services: Services, providers: FakeProviders
) -> None:
    boutique, message = await an_inbound_photo(services, "twilio", "https://evil.test/M1")
    providers.media["M1"] = a_photo()

    with pytest.raises(ProviderRefused):
        await fetch_inbound_media(services, boutique, message)


async def test_a_photo_is_not_fetched_for_another_boutique(
    services: Services, providers: FakeProviders
) -> None:
    boutique, message = await an_inbound_photo(services, "meta", "M1")
    other = await a_boutique(services.database)
    providers.media["M1"] = a_photo()

    with pytest.raises(ConfigurationError):
        await fetch_inbound_media(services, other, message)
    with pytest.raises(NotFound):
        await services.media.get(f"{boutique}/inbound/{message.id}.jpg")
