"""A picture that is something else besides is refused, or is only a picture when it is served."""

from __future__ import annotations

import io
import struct
import zlib

import httpx
import pytest
from PIL import Image

from dukani.core.services import Services
from tests.integration.api.conftest import (  # noqa: F401 - fixtures
    Signed,
    api,
    boutique,
    client,
    eye,
    owner,
    services,
)
from tests.integration.api.test_products_api import a_piece
from tests.wiring import PUBLIC_URL, doors_of

SCRIPT = b"<script>alert(document.domain)</script>"


def drawn(kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (300, 400), "navy").save(file, kind, **options)
    return file.getvalue()


def claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is as large as that."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


REFUSED = {
    "an svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>',
    "a page": b"<!doctype html><body>" + SCRIPT,
    "a page that begins as a gif": b"GIF89a/*" + SCRIPT + b"*/=1;",
    "nothing": b"",
    "a beginning alone": drawn("JPEG")[:40],
    "50,000 by 50,000": claiming(50_000, 50_000),
    "one by two thousand million": claiming(1, 2**31 - 1),
    "a zip": b"PK\x03\x04" + b"\0" * 400,
    "a script where a webp tells of itself": drawn("WEBP", exif=b"Exif\0\0" + SCRIPT),
    "a pdf": b"%PDF-1.7\n" + SCRIPT,
}
TAKEN = {
    "a script in the comment": drawn("JPEG", comment=SCRIPT),
    "a script behind the end": drawn("JPEG") + SCRIPT,
    "a zip behind the end": drawn("PNG") + b"PK\x03\x04evil.class",
    "a script in the profile": drawn("JPEG", icc_profile=SCRIPT * 5),
}


async def sent(owner: Signed, data: bytes, *, name: str = "a.jpg") -> httpx.Response:  # noqa: F811
    piece = await a_piece(owner, stock={"blue": {"M": 1}})
    return await owner.call(
        "POST",
        f"/products/{piece['id']}/pictures",
        files={"picture": (name, data, "text/html")},
        data={"colour": ""},
    )


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED.keys())
async def test_what_is_no_picture_is_not_kept(owner: Signed, data: bytes) -> None:  # noqa: F811
    answer = await sent(owner, data)

    assert answer.status_code == 422, answer.text


@pytest.mark.parametrize("data", TAKEN.values(), ids=TAKEN.keys())
async def test_a_picture_is_served_as_one_and_as_nothing_else(
    owner: Signed,  # noqa: F811
    services: Services,  # noqa: F811
    data: bytes,
) -> None:
    answer = await sent(owner, data, name="../../x.html\0.jpg")
    assert answer.status_code == 201, answer.text
    (picture,) = answer.json()["pictures"]
    link = picture["url"].removeprefix(PUBLIC_URL)

    async with doors_of(services) as outside:
        served = await outside.get(link)

    assert served.headers["content-type"] == "image/jpeg"
    assert served.headers["x-content-type-options"] == "nosniff"
    assert b"script" not in served.content and b"evil" not in served.content
    assert "html" not in link and ".." not in link
