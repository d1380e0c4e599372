"""The picture beside a link in a chat: 1200 × 630, at most 200 KB, as WhatsApp takes it."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from PIL import Image, ImageOps

from dukani.core.images import open_image

WIDTH, HEIGHT = 1200, 630
MOST_BYTES = 200_000
MOST_PICTURES = 3
_PAPER = (246, 241, 232)
_GAP = 12
_ONE = ThreadPoolExecutor(max_workers=1, thread_name_prefix="previews")


async def preview_picture(photos: Sequence[bytes]) -> bytes:
    """A JPEG of up to three photos beside each other; off the event loop."""
    return await asyncio.get_running_loop().run_in_executor(_ONE, _drawn, photos)


def _drawn(photos: Sequence[bytes]) -> bytes:
    shown = photos[:MOST_PICTURES]
    canvas = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    if shown:
        width = (WIDTH - _GAP * (len(shown) - 1)) // len(shown)
        for n, photo in enumerate(shown):
            picture = open_image(photo, near=max(width, HEIGHT)).convert("RGB")
            fitted = ImageOps.fit(picture, (width, HEIGHT), centering=(0.5, 0.3))
            canvas.paste(fitted, (n * (width + _GAP), 0))
    for quality in (85, 75, 65, 50, 35, 20):
        written = io.BytesIO()
        canvas.save(written, "JPEG", quality=quality, optimize=True, progressive=True)
        if written.tell() <= MOST_BYTES:
            break
    return written.getvalue()
