"""Says why a file is no picture we open, by what its first bytes tell."""

from __future__ import annotations

HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_AVIF_BRANDS = (b"avif", b"avis")
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8")
_NO_PICTURE = "This is not a picture we can open: send a JPEG, PNG, WebP or HEIC of at most 10 MB."
_DAMAGED = "The picture is cut off or damaged: send it again, or take a new one."
# The first bytes of what people send instead of a photo.
_OTHERS = (
    (b"%PDF", "This is a PDF: send a photo or a screenshot of the page."),
    (b"PK\x03\x04", "This is a document or a ZIP file: send the picture itself."),
    (b"BM", "BMP pictures cannot be opened: send a JPEG or PNG."),
    (b"II*\0", "TIFF and raw pictures cannot be opened: send a JPEG or PNG."),
    (b"MM\0*", "TIFF and raw pictures cannot be opened: send a JPEG or PNG."),
    (b"\x1aE\xdf\xa3", "This is a video: send a photo, or a screenshot of the video."),
    (b"<", "This is a page or a drawing, not a photo: send a JPEG or PNG."),
)


def why_unreadable(data: bytes) -> str:
    """What the file is, and what to send instead."""
    if not data:
        return "The file is empty: send the picture again."
    brand = data[8:12] if data[4:8] == b"ftyp" else b""
    if brand in _AVIF_BRANDS:
        return "AVIF pictures cannot be opened: send a JPEG or PNG."
    if brand and brand not in HEIC_BRANDS:
        return "This is a video: send a photo, or a screenshot of the video."
    is_webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    if brand or is_webp or data.startswith(_PICTURES):
        return _DAMAGED
    return next((why for begins, why in _OTHERS if data.startswith(begins)), _NO_PICTURE)
