"""Pictures are opened by what they are and within limits."""

from __future__ import annotations

import asyncio
import contextlib
import io
import struct
import time
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from dukani.core import images
from dukani.core.errors import UnreadableImage
from dukani.core.images import MAX_BYTES, narrow, open_image, reencode

ORIENTATION = 0x0112
GPS = 0x8825
DATE_TIME = 0x0132
EXIF_TEXT, EXIF_FRACTION = 2, 5


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def red(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    return Image.new("RGB", (width, height), "red").convert(mode)


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = b"IDAT" + zlib.compress(b"\0" * 100)
    chunks = (header, data, b"IEND")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
        for chunk in chunks
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_opens_what_phones_send(kind: str) -> None:
    image = open_image(encoded(red(), kind))

    assert image.mode == "RGB"
    assert image.size == (60, 40)
    pixel = image.getpixel((30, 20))
    assert isinstance(pixel, tuple)
    assert pixel[0] > 240
    assert pixel[1] < 15


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "RGBA", "I;16"])
def test_opens_every_colour_mode_as_rgb(mode: str) -> None:
    assert open_image(encoded(Image.new(mode, (9, 7)))).mode == "RGB"


def test_lays_transparent_parts_on_white() -> None:
    clear = Image.new("RGBA", (10, 10), (200, 0, 0, 0))

    assert open_image(encoded(clear)).getpixel((5, 5)) == (255, 255, 255)


def test_sixteen_bit_grey_keeps_its_middle() -> None:
    grey = Image.fromarray(np.full((8, 8), 0x8000, np.uint16))

    assert open_image(encoded(grey)).getpixel((4, 4)) == (128, 128, 128)


def test_takes_the_first_frame_of_an_animation() -> None:
    frames = [Image.new("RGB", (8, 8), "red"), Image.new("RGB", (8, 8), "blue")]

    image = open_image(encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]))

    assert image.getpixel((4, 4)) == (255, 0, 0)


def test_turns_a_sideways_photo_upright() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6

    image = open_image(encoded(red(60, 40), "JPEG", exif=exif))

    assert image.size == (40, 60)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        encoded(red(), "JPEG")[:200],  # cut off on the way
        encoded(red(), "BMP"),  # a picture, of a kind nobody's phone sends
        encoded(red(), "TIFF"),
    ],
)
def test_refuses_what_is_no_picture(data: bytes) -> None:
    with pytest.raises(UnreadableImage):
        open_image(data)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04 [Content_Types].xml", "document"),
        (b"\0\0\0\x20ftypisom" + b"\0" * 100, "video"),
        (b"\0\0\0\x18ftypavif" + b"\0" * 100, "AVIF"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 100, "cut off or damaged"),
        (encoded(red(), "JPEG")[:200], "cut off or damaged"),
        (encoded(red(), "PNG")[:60], "cut off or damaged"),
        (encoded(red(), "TIFF"), "TIFF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "drawing"),
        (b"my dress", "JPEG, PNG, WebP or HEIC"),
    ],
)
def test_says_what_was_sent_instead_of_a_picture(data: bytes, told: str) -> None:
    with pytest.raises(UnreadableImage, match=told):
        open_image(data)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_an_animation_is_no_photo_of_a_piece(kind: str) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    moving = encoded(frames[0], kind, save_all=True, append_images=frames[1:])

    with pytest.raises(UnreadableImage, match="animation"):
        open_image(moving, still=True)
    assert open_image(moving).size == (8, 8)  # a customer's is looked at all the same


HEIC = Path(__file__).with_name("iphone.heic").read_bytes()  # 90 x 60, turned, with a place in it


def test_a_heic_is_opened_upright_and_leaves_its_place_behind() -> None:
    # given a photo that says where it was taken
    original = Image.open(io.BytesIO(HEIC))
    assert original.getexif().get_ifd(GPS)

    # when it is encoded anew
    clean = Image.open(io.BytesIO(reencode(HEIC)))

    # then it stands upright, and says nothing
    assert (clean.format, clean.size) == ("JPEG", (60, 90))
    assert not clean.getexif()
    assert not set(clean.info) & {"exif", "xmp", "icc_profile", "comment"}


def test_a_picture_is_made_narrow_for_a_page_and_never_wider() -> None:
    tall = encoded(red(600, 1200), "JPEG")

    sizes = [Image.open(io.BytesIO(narrow(tall, width=w))) for w in (160, 480, 1080)]

    assert [(one.format, one.size) for one in sizes] == [
        ("WEBP", (160, 320)),
        ("WEBP", (480, 960)),
        ("WEBP", (600, 1200)),
    ]


def test_refuses_more_bytes_than_allowed() -> None:
    with pytest.raises(UnreadableImage, match="10 MB"):
        open_image(encoded(red()) + b"\0" * MAX_BYTES)


@pytest.mark.parametrize("size", [(6300, 6300), (60_000, 60_000), (2_000_000_000, 1)])
def test_refuses_a_decompression_bomb_by_its_header(size: tuple[int, int]) -> None:
    with pytest.raises(UnreadableImage, match=r"12\.5 megapixels"):
        open_image(png_header(*size))


@pytest.mark.parametrize(
    ("kind", "size", "options", "opens"),
    [
        # One pixel more than its decoder is given memory for.
        ("PNG", (5000, 2500), {}, True),
        ("PNG", (5000, 2501), {}, False),
        ("GIF", (3000, 2000), {}, True),
        ("GIF", (3000, 2001), {}, False),
        ("WEBP", (2000, 2000), {"method": 0}, True),
        ("WEBP", (2000, 2001), {"method": 0}, False),
        ("JPEG", (8000, 5000), {}, True),  # decoded at a quarter
        ("JPEG", (8000, 5001), {}, False),
        ("JPEG", (5000, 3200), {"progressive": True}, True),
        ("JPEG", (5000, 3201), {"progressive": True}, False),
    ],
)
def test_each_kind_has_as_many_pixels_as_it_needs_memory_for(
    kind: str, size: tuple[int, int], options: dict[str, object], opens: bool
) -> None:
    picture = encoded(Image.new("L" if kind == "GIF" else "RGB", size), kind, **options)

    with contextlib.nullcontext() if opens else pytest.raises(UnreadableImage, match="megapixels"):
        assert max(Image.open(io.BytesIO(reencode(picture))).size) == 1600


def test_a_jpeg_that_stays_too_large_is_refused() -> None:
    wanted_whole = encoded(Image.new("RGB", (5000, 2501)), "JPEG")

    with pytest.raises(UnreadableImage, match="megapixels"):
        open_image(wanted_whole)


def test_a_jpeg_drawn_in_too_many_layers_is_refused() -> None:
    """Each is a few bytes in the file and a walk over the whole picture."""
    photo = encoded(red(), "JPEG", progressive=True)
    first_scan = photo.index(b"\xff\xda")
    scans = photo[first_scan:-2]

    with pytest.raises(UnreadableImage, match="layers"):
        open_image(photo[:-2] + scans * 64 + photo[-2:])


def test_texts_packed_into_a_png_are_not_unpacked_without_end() -> None:
    # given 8 MB of text in as many kilobytes
    text = PngImagePlugin.PngInfo()
    for number in range(10):
        text.add_text(f"note {number}", "0" * 800_000, zip=True)

    with pytest.raises(UnreadableImage):
        open_image(encoded(red(), pnginfo=text))


def test_opens_a_photo_that_holds_a_second_one() -> None:
    photo = encoded(red(), "MPO", save_all=True, append_images=[red(9, 9)])

    assert open_image(photo).size == (60, 40)


@pytest.mark.parametrize("byte_order", ["<", ">"])
def test_metadata_that_is_not_what_it_says_does_not_hide_the_photo(byte_order: str) -> None:
    # given a date of taking that claims to be a fraction, beside a turn to be made
    exif = Image.Exif()
    exif.endian = byte_order
    exif[ORIENTATION] = 6
    exif[DATE_TIME] = "2026:11:21 09:00:00 and more to read fractions from"
    photo = bytearray(encoded(red(), "JPEG", exif=exif))
    entry = photo.find(struct.pack(f"{byte_order}HH", DATE_TIME, EXIF_TEXT))
    assert entry > 0
    photo[entry : entry + 8] = struct.pack(f"{byte_order}HHL", DATE_TIME, EXIF_FRACTION, 1)

    # when it is opened, then only the turn is read
    assert open_image(bytes(photo)).size == (40, 60)


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_a_large_transparent_picture_is_laid_on_white_without_a_seam(mode: str) -> None:
    size = (1201, 3307)  # several strips, the last of them short

    image = open_image(encoded(Image.new("RGBA", size).convert(mode)), within=400)

    assert image.size == (151, 414)
    assert image.getextrema() == ((255, 255),) * 3


async def test_pictures_of_strangers_are_decoded_one_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # given decodings that tell how many of them there are
    at_once: list[int] = []
    under_way = 0

    def watched(data: bytes, **_: object) -> bytes:
        nonlocal under_way
        under_way += 1
        at_once.append(under_way)
        time.sleep(0.02)
        under_way -= 1
        return data

    monkeypatch.setattr(images, "reencode", watched)

    # when five arrive together
    await asyncio.gather(*[images.clean_copy(b"photo") for _ in range(5)])

    # then there was never a second
    assert at_once == [1] * 5


@given(st.binary(max_size=300), st.sampled_from(["JPEG", "PNG", "WEBP", "GIF"]), st.integers(0, 80))
def test_damaged_pictures_open_or_are_refused_but_nothing_else(
    noise: bytes, kind: str, start: int
) -> None:
    whole = encoded(red(), kind)
    damaged = whole[:start] + noise + whole[start + len(noise) :]

    with contextlib.suppress(UnreadableImage):
        assert open_image(damaged).mode == "RGB"


def test_reencoding_makes_a_small_jpeg_without_metadata() -> None:
    exif = Image.Exif()
    exif[GPS] = {1: "S", 2: (1.0, 17.0, 0.0)}
    exif[ORIENTATION] = 6
    photo = encoded(red(3000, 2000), "JPEG", exif=exif, comment=b"taken at home")

    clean = Image.open(io.BytesIO(reencode(photo)))

    assert clean.format == "JPEG"
    assert clean.size == (1067, 1600)
    assert not clean.getexif()
    assert "comment" not in clean.info


def test_reencoding_leaves_behind_what_hangs_on_the_end() -> None:
    photo = encoded(red(), "JPEG") + b"<script>alert(1)</script>"

    assert b"script" not in reencode(photo)


def test_reencoding_leaves_a_small_picture_small() -> None:
    assert Image.open(io.BytesIO(reencode(encoded(red(60, 40))))).size == (60, 40)


@given(st.integers(1, 400), st.integers(1, 400), st.integers(16, 300))
def test_reencoded_pictures_fit_the_box(width: int, height: int, side: int) -> None:
    size = Image.open(io.BytesIO(reencode(encoded(red(width, height)), max_side=side))).size

    assert max(size) == min(side, max(width, height))
