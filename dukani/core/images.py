"""Pictures from strangers: opened by what they are, never by what they claim to be."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps

from dukani.core.errors import UnreadableImage

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
TOO_MANY_PIXELS = "The picture has too many pixels: send one of at most 40 megapixels."
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")

_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif")


def open_image(data: bytes, *, near: int | None = None) -> Image.Image:
    """The picture upright in RGB, transparent parts white; a GIF's first frame.

    `near` lets a large JPEG be decoded smaller, to not less than that side: much faster.
    Raises UnreadableImage for anything that is not a JPEG, PNG, WebP or GIF within the limits.
    """
    _check_bytes(data)
    try:
        with warnings.catch_warnings():
            # Pillow warns from 89 megapixels on; our own limit is lower and refuses.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=FORMATS)
        _check_pixels(image.size)
        if near is not None:
            image.draft("RGB", (near, near))
        image.load()
        return _rgb(ImageOps.exif_transpose(image))
    except UnreadableImage:
        raise
    except Image.DecompressionBombError as error:
        raise UnreadableImage(TOO_MANY_PIXELS) from error
    except Exception as error:  # Pillow raises anything over a hostile file: AttributeError too
        raise UnreadableImage from error


def reencode(data: bytes, *, max_side: int = 1600, quality: int = 85) -> bytes:
    """A JPEG of the picture at most `max_side` wide and high, with no metadata.

    Decoding and encoding anew also leaves behind whatever else the file carried.
    """
    image = open_image(data, near=max_side)
    image.thumbnail((max_side, max_side), Image.Resampling.BICUBIC, reducing_gap=2.0)
    image.info = {}  # Pillow would carry the comment and the colour profile over
    clean = io.BytesIO()
    image.save(clean, "JPEG", quality=quality)
    return clean.getvalue()


def _check_bytes(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise UnreadableImage(
            f"The picture has {len(data) / 2**20:.1f} MB: send one of at most 10 MB."
        )
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        raise UnreadableImage("HEIC and AVIF pictures cannot be opened: send a JPEG or PNG.")


def _check_pixels(size: tuple[int, int]) -> None:
    """Refuses by the header, before a single pixel is decoded."""
    width, height = size
    if not 0 < width * height <= MAX_PIXELS:
        raise UnreadableImage(TOO_MANY_PIXELS)


def _rgb(image: Image.Image) -> Image.Image:
    """The picture in RGB, laid on white where it is transparent."""
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
