"""Has Pillow open HEIC, as iPhones and many Android phones keep their photos."""

from __future__ import annotations

from functools import cache


@cache
def opens_heic() -> bool:
    """Whether HEIC can be opened here; the decoder is registered with Pillow once.

    libheif has no wheels for every machine: without it a HEIC is refused, and all else opens.
    One thread, and no second picture in the file: a photo's depth and thumbnail are of no use.
    """
    try:
        from pillow_heif import register_heif_opener
    except ImportError:
        return False
    register_heif_opener(decode_threads=1, thumbnails=False, depth_images=False, aux_images=False)
    return True
