"""Photos that come as something else, several at once, and what is no photo of a piece."""

from __future__ import annotations

from typing import Any

from tests.cases.brought.shop import a_jpeg, an_analysis
from tests.cases.brought.test_photos import twilio_files
from tests.cases.shop import CaseShop, a_card, from_meta
from tests.cases.till import payment_status, up_to_the_prompt
from tests.fakes.daraja import FakeDaraja
from tests.wiring import rows

HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 64


def a_document(**file: str) -> dict[str, Any]:
    return from_meta(type="document", document={"sha256": "x"} | file)


async def test_an_iphones_photo_is_looked_at_or_asked_for_as_a_photo(shop: CaseShop) -> None:
    shop.providers.media["880021"] = HEIC
    file = {"filename": "IMG_0007.HEIC", "mime_type": "image/heic", "id": "880021"}

    said = await shop.sends(a_document(caption="do you have this?", **file))

    assert "photo" in said
    assert "couldn't open" in said
    assert "don't have" not in said and "no such" not in said


async def test_a_jpeg_that_calls_itself_anything_is_looked_at(shop: CaseShop) -> None:
    shop.providers.media["880022"] = a_jpeg()
    shop.eye.analyses.append(an_analysis("dress", colour="yellow", pattern="floral"))
    file = {"filename": "dress.JPG", "mime_type": "application/octet-stream", "id": "880022"}

    assert "Diani Sun Dress" in await shop.sends(a_document(**file))


async def test_a_pdf_pays_nothing_and_the_provider_is_asked(
    shop: CaseShop, daraja: FakeDaraja
) -> None:
    # given a prompt on her phone
    await up_to_the_prompt(shop, daraja)
    shop.providers.media["880023"] = b"%PDF-1.7 MPESA UKL4X9TT01 confirmed"

    # when she says by a PDF that she has paid
    file = {"filename": "MPESA_UKL4X9TT01.pdf", "mime_type": "application/pdf", "id": "880023"}
    said = await shop.sends(a_document(caption="I have paid", **file))

    # then M-Pesa is asked, she hears so, and nothing is paid
    assert "M-Pesa" in said
    assert daraja.queries == ["ws_CO_1"]
    assert await payment_status(shop) == "pending"
    assert "UKL4X9TT01" not in said


def album() -> list[dict[str, Any]]:
    def photo(number: int, **caption: str) -> dict[str, Any]:
        file = {"mime_type": "image/jpeg", "sha256": "a", "id": f"88003{number}"} | caption
        return from_meta(type="image", image=file)

    return [photo(1), photo(2), photo(3, caption="do you have these in M?")]


async def test_an_album_in_two_deliveries_is_one_turn(shop: CaseShop) -> None:
    shop.providers.media |= {
        f"88003{n}": a_jpeg(c) for n, c in enumerate(("red", "blue", "tan"), 1)
    }
    shop.eye.analyses += [
        an_analysis("dress", colour="yellow", pattern="floral"),
        an_analysis("dress", colour="teal", pattern="dotted"),
        an_analysis("hat", colour="beige"),
    ]
    first, second, third = album()

    await shop.meta(first, second, contacts=[a_card(), a_card()])
    await shop.meta(third, contacts=[a_card()])
    said = "\n".join(await shop.answers())

    assert all(f"Photo {number}" in said for number in (1, 2, 3))
    assert "Diani Sun Dress" in said and "Mtwapa Wrap Dress" in said and "Straw Hat" in said
    assert said.count("size M") >= 2  # asked of each dress
    assert shop.eye.analyses == []
    assert len([line for line in said.splitlines() if "Photo 1" in line]) == 1


async def test_a_video_breaks_no_photos_and_silences_none(twilio_shop: CaseShop) -> None:
    shop = twilio_shop
    shop.providers.media |= {"ME0": a_jpeg("red"), "ME1": a_jpeg("blue"), "ME2": b"\x00mp4"}
    shop.eye.analyses += [
        an_analysis("dress", colour="yellow", pattern="floral"),
        an_analysis("dress", colour="teal", pattern="dotted"),
    ]
    files = twilio_files("image/jpeg", "image/png", "video/mp4")

    said = await shop.twilio(**files | {"Body": "do you have these in M?", "MessageType": "image"})

    assert "Diani Sun Dress" in said and "Mtwapa Wrap Dress" in said
    assert "couldn't open photo" not in said
    assert shop.eye.analyses == []


async def test_twilios_sticker_is_no_photo_of_a_dress(twilio_shop: CaseShop) -> None:
    twilio_shop.providers.media["ME0"] = a_jpeg()

    said = await twilio_shop.twilio(**twilio_files("image/webp") | {"MessageType": "sticker"})

    assert len(said) < 120
    assert "Dress" not in said and "open that kind" not in said
    assert await twilio_shop.cart() == []
    assert [m["status"] for m in await rows(twilio_shop.services, "messages")][:1] == ["received"]
