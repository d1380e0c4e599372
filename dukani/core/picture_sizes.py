"""The sizes in which a stored JPEG is shown on a page, and where each is kept.

WhatsApp and the eye take the JPEG; a page takes a WebP of the width it has room for. Each is made
from the JPEG when it is first asked for, and kept beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dukani.core.clients.storage import MediaStore
from dukani.core.errors import NotFound
from dukani.core.images import narrow_copy
from dukani.core.media_links import own_link
from dukani.core.services import Services

WIDTHS = (160, 480, 1080)
FOR_ROWS = WIDTHS[:2]
_SIZED = re.compile(r"(?P<original>.+)-(?P<width>160|480|1080)\.webp")


def sized_path(path: str, width: int) -> str:
    """Where the JPEG at `path` is kept at this width."""
    return f"{path.removesuffix('.jpg')}-{width}.webp"


def srcset(services: Services, path: str, widths: Sequence[int] = WIDTHS) -> str:
    """The signed addresses with their widths, as an `img` takes them."""
    return ", ".join(f"{own_link(services, sized_path(path, w))} {w}w" for w in widths)


async def get_sized(media: MediaStore, path: str) -> bytes:
    """The file at `path`; one of the sizes is made of its JPEG if need be. Raises NotFound."""
    try:
        return await media.get(path)
    except NotFound:
        if (wanted := _SIZED.fullmatch(path)) is None:
            raise
    original = await media.get(f"{wanted['original']}.jpg")
    small = await narrow_copy(original, width=int(wanted["width"]))
    await media.put(path, small, "image/webp")
    return small
