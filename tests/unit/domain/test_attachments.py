"""What each file of a message may be looked at for: its type is only its sender's word."""

from __future__ import annotations

from typing import Any

import pytest

from dukani.domain.attachments import attachments_of, claims_photo, is_card, picture_of_advert


def a_file(
    content_type: Any = "image/jpeg", name: Any = "", reference: str = "R"
) -> dict[str, Any]:
    return {"reference": reference, "content_type": content_type, "filename": name}


@pytest.mark.parametrize(
    ("kind", "content_type", "name", "holds"),
    [
        ("image", "image/jpeg", "", "photo"),
        ("image", "", "", "photo"),
        ("document", "image/heic", "IMG_0007.HEIC", "photo"),
        ("document", "IMAGE/PNG; charset=x", "", "photo"),
        ("document", "application/octet-stream", "dress.JPG", "photo"),
        ("document", "application/pdf", "dress.jpeg", "photo"),
        # It may hold one under any name: its bytes decide.
        ("document", "application/octet-stream", "dress", "maybe_photo"),
        ("document", "", "", "maybe_photo"),
        ("document", None, None, "maybe_photo"),
        # Certainly something else.
        ("document", "application/pdf", "menu.pdf", None),
        ("document", "text/plain", "", None),
        ("document", "application/vnd.ms-excel", "", None),
        ("text", "video/mp4", "", None),
        # A card, whatever it came as.
        ("contacts", "text/vcard", "", "card"),
        ("document", "text/x-vcard; charset=utf-8", "", "card"),
        ("document", "application/octet-stream", "Baba.VCF", "card"),
        # What is never opened.
        ("audio", "image/jpeg", "", "voice"),
        ("video", "image/jpeg", "a.jpg", None),
        ("sticker", "image/webp", "", None),
        ("deleted", "image/jpeg", "", None),
    ],
)
def test_what_a_file_may_hold(kind: str, content_type: Any, name: Any, holds: str | None) -> None:
    found = attachments_of("m", kind, {"media": a_file(content_type, name)})

    assert [file.holds for file in found] == ([holds] if holds else [])


def test_files_are_numbered_as_they_were_sent() -> None:
    # given a message of three files, the second no picture
    more = [a_file("video/mp4", reference="B"), "broken", a_file("image/png", reference="C")]

    found = attachments_of("m", "image", {"media": a_file(reference="A"), "more_media": more})

    assert [(file.reference, file.number, file.key) for file in found] == [
        ("A", 0, "m"),
        ("C", 2, "m:2"),
    ]


def test_a_photo_whose_address_was_lost_is_still_one() -> None:
    (photo,) = attachments_of("m", "image", {"media": None})

    assert (photo.holds, photo.reference) == ("photo", "")
    assert attachments_of("m", "text", {}) == []


@pytest.mark.parametrize(
    ("referral", "address"),
    [
        ({"headline": "Sale", "image_url": "https://x/a.jpg"}, "https://x/a.jpg"),
        ({"headline": "Sale", "thumbnail_url": "https://x/t.jpg"}, "https://x/t.jpg"),
        ({"ReferralHeadline": "Sale", "ReferralMediaUrl": "https://x/b.jpg"}, "https://x/b.jpg"),
        ({"headline": "Sale", "video_url": "https://x/a.mp4"}, None),
        ({"headline": "Sale", "image_url": 5}, None),
        ("Sale", None),
    ],
)
def test_the_picture_of_an_advert(referral: object, address: str | None) -> None:
    found = picture_of_advert("m", {"referral": referral})

    assert (found and found.reference) == address
    assert found is None or (found.holds, found.key) == ("advert", "m:advert")


def test_types_are_read_without_their_parameters() -> None:
    assert is_card("Text/VCard; charset=utf-8")
    assert not is_card("text/plain")
    assert claims_photo("", "a.HEIC")
    assert not claims_photo("application/pdf", "a.pdf")
