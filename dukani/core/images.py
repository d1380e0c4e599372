"""Opens untrusted pictures within limits of memory, and encodes them anew without metadata.

The format is told by the content, not by the name or the content type. A file of a few kilobytes
can decode to hundreds of megabytes (a decompression bomb), so the header is checked before a pixel
is decoded, the pixels allowed depend on the decoder's memory (`MOST_PIXELS`), and `clean_copy`
decodes one picture at a time: about 100 MB at most.
"""

from __future__ import annotations

import asyncio
import io
import warnings
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from PIL import Image, PngImagePlugin

from dukani.core.errors import UnreadableImage
from dukani.core.heic import opens_heic
from dukani.core.picture_faults import HEIC_BRANDS, why_unreadable

MAX_BYTES = 10 * 1024 * 1024
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", *(("HEIF",) if opens_heic() else ()))

# Pixels in the file. A JPEG can be decoded at an eighth of its size, unless it is progressive: its
# decoder then holds all of it, 2 bytes a value. Pillow holds 4 bytes a pixel of a colour picture,
# WebP's decoder holds four such pictures, and HEIC's about two.
MOST_PIXELS = {
    "JPEG": 40_000_000, "PNG": 12_500_000, "HEIF": 12_500_000, "GIF": 6_000_000, "WEBP": 4_000_000,
}  # fmt: skip
MOST_PROGRESSIVE = 16_000_000
MOST_DECODED = 12_500_000  # pixels of a JPEG after decoding it smaller
MOST_SCANS = 64  # of a progressive JPEG, each over the whole picture; cameras write ten
MOST_SIDE = 65_500
STRIP = 512  # rows put on white at a time

_START_OF_SCAN = b"\xff\xda"  # cannot occur inside a JPEG's coded pixels
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_MOVING = ("GIF", "WEBP", "PNG")  # a JPEG of several frames is one photo and its depth

# A PNG's compressed texts are limited: a kilobyte may hold a megabyte of zeros.
PngImagePlugin.MAX_TEXT_MEMORY = 4 * 1024 * 1024

# One thread, so that one picture is decoded at a time; only pictures wait for it.
_one_by_one = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pictures")


def open_image(
    data: bytes, *, near: int | None = None, within: int | None = None, still: bool = False
) -> Image.Image:
    """The picture upright in RGB, transparent parts white; an animation's first frame.

    With `still` an animation is refused.

    A large picture may come smaller, which saves time and memory: with `near` a JPEG keeps at
    least that many pixels on its shorter side, with `within` any picture keeps at least that many
    on its longer side. Raises UnreadableImage for anything that is not a JPEG, PNG, WebP, GIF or
    HEIC within the limits.
    """
    _check_bytes(data)
    try:
        with warnings.catch_warnings():
            # Pillow warns from 89 megapixels on; our own limits are lower and refuse.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=FORMATS)
        _check_header(image, data, still=still)
        _decode_smaller(image, near, within)
        image.load()
        turn = _UPRIGHT.get(image.getexif().get(_ORIENTATION, 1))
        flat = _on_white(image, max(image.size) // within if within else 1)
        return flat if turn is None else flat.transpose(turn)
    except UnreadableImage:
        raise
    except Image.DecompressionBombError as error:
        raise _too_many_pixels(MOST_DECODED) from error
    except Exception as error:  # Pillow may raise any error for a hostile file: AttributeError too
        raise UnreadableImage(why_unreadable(data)) from error


def reencode(data: bytes, *, max_side: int = 1600, quality: int = 85, still: bool = False) -> bytes:
    """A JPEG of the picture at most `max_side` wide and high, with no metadata.

    Encoding anew also drops anything else hidden in the file.
    """
    image = open_image(data, within=max_side, still=still)
    image.thumbnail((max_side, max_side), Image.Resampling.BICUBIC)
    image.info = {}  # Pillow would carry the comment and the colour profile over
    clean = io.BytesIO()
    image.save(clean, "JPEG", quality=quality)
    return clean.getvalue()


def narrow(data: bytes, *, width: int, quality: int = 78) -> bytes:
    """A WebP of the picture at most `width` pixels wide, for a page."""
    image = open_image(data)
    image.thumbnail((width, image.height), Image.Resampling.BICUBIC, reducing_gap=3.0)
    image.info = {}
    small = io.BytesIO()
    image.save(small, "WEBP", quality=quality)
    return small.getvalue()


async def clean_copy(data: bytes, *, max_side: int = 1600, still: bool = False) -> bytes:
    """As `reencode`, off the event loop and one picture at a time. Raises UnreadableImage."""
    work = partial(reencode, data, max_side=max_side, still=still)
    return await asyncio.get_running_loop().run_in_executor(_one_by_one, work)


async def narrow_copy(data: bytes, *, width: int) -> bytes:
    """As `narrow`, off the event loop and one picture at a time. Raises UnreadableImage."""
    work = partial(narrow, data, width=width)
    return await asyncio.get_running_loop().run_in_executor(_one_by_one, work)


def _check_bytes(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise UnreadableImage(
            f"The picture has {len(data) / 2**20:.1f} MB: send one of at most 10 MB."
        )
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS and "HEIF" not in FORMATS:
        raise UnreadableImage("HEIC pictures cannot be opened here: send a JPEG or PNG.")


def _check_header(image: Image.Image, data: bytes, *, still: bool) -> None:
    """Check format and size, before a pixel is decoded. Raises UnreadableImage."""
    if still and image.format in _MOVING and getattr(image, "is_animated", False):
        raise UnreadableImage("This is an animation: send a photo.")
    most = MOST_PIXELS.get(image.format or "", MOST_PIXELS["JPEG"])  # MPO: a JPEG and its depth
    if image.info.get("progressive"):
        most = MOST_PROGRESSIVE
        if data.count(_START_OF_SCAN) > MOST_SCANS:
            raise UnreadableImage("The picture is drawn in too many layers: send a plain JPEG.")
    _check_pixels(image.size, most)


def _check_pixels(size: tuple[int, int], most: int) -> None:
    width, height = size
    if not 0 < width * height <= most or max(size) > MOST_SIDE:
        raise _too_many_pixels(most)


def _too_many_pixels(most: int) -> UnreadableImage:
    return UnreadableImage(
        f"The picture has too many pixels: send one of at most {most / 1e6:g} megapixels."
    )


def _decode_smaller(image: Image.Image, near: int | None, within: int | None) -> None:
    """Have a JPEG decoded at a half, a quarter or an eighth. Raises UnreadableImage."""
    if within:
        width, height = image.size
        longest = max(width, height)
        image.draft("RGB", (-(-width * within // longest), -(-height * within // longest)))
    elif near:
        image.draft("RGB", (near, near))
    _check_pixels(image.size, MOST_DECODED)


def _on_white(image: Image.Image, factor: int) -> Image.Image:
    """The picture in RGB, white where it is transparent, at a `factor`-th of its size.

    Works strip by strip, so that memory never holds a second copy of the whole picture.
    """
    if factor <= 1 and image.mode == "RGB":
        return image
    factor = max(factor, 1)
    width, height = (-(-side // factor) for side in image.size)
    flat = Image.new("RGB", (width, height))
    rows = max(STRIP // factor, 1) * factor
    for top in range(0, image.height, rows):
        strip = image.crop((0, top, image.width, min(top + rows, image.height)))
        flat.paste(_rgb(strip).reduce(factor), (0, top // factor))
    return flat


def _rgb(image: Image.Image) -> Image.Image:
    if image.mode == "RGB":
        return image
    if not image.has_transparency_data:
        return _eight_bits(image).convert("RGB")
    layer = image.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(paper, layer).convert("RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    """16-bit grey PNGs scaled down; Pillow would clip them to white."""
    if not image.mode.startswith("I"):
        return image
    return image.convert("I").point(lambda value: value / 256).convert("L")
