"""Sample photos for the phone page: pieces like those in the shops, as if taken with a phone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dukani.sandbox.drawing.garments import draw_garment


@dataclass(frozen=True)
class SamplePhoto:
    """A photo that is drawn on demand; its name is safe as a file name."""

    name: str
    caption: str
    category: str
    colour: str
    pattern: str
    seed: int
    cut: str | None = None

    def jpeg(self) -> bytes:
        """The photo, 768 pixels square; drawn once, then cached."""
        return _drawn(self)


def sample_photos() -> list[SamplePhoto]:
    """Eight photos; none shows exactly a piece from a demo catalogue."""
    return [
        SamplePhoto("lace-gown", "Lace gown", "dress", "red", "lace", 41, "gown"),
        SamplePhoto("ankara-dress", "Ankara dress", "dress", "yellow", "ankara", 52, "maxi"),
        SamplePhoto("blue-wrap-dress", "Wrap dress", "dress", "blue", "plain", 63, "wrap"),
        SamplePhoto("kaftan", "Kaftan", "kaftan", "turquoise", "embroidered", 74),
        SamplePhoto("white-kanzu", "Kanzu", "kanzu", "white", "embroidered", 85),
        SamplePhoto("denim-jacket", "Denim jacket", "jacket", "blue", "denim", 96),
        SamplePhoto("kitenge-skirt", "Kitenge skirt", "skirt", "green", "kitenge", 107, "pleated"),
        SamplePhoto("red-heels", "Red heels", "shoes", "red", "plain", 118, "pumps"),
    ]


@cache
def _drawn(photo: SamplePhoto) -> bytes:
    return draw_garment(
        photo.category,
        photo.colour,
        photo.pattern,
        seed=photo.seed,
        scene="phone",
        cut=photo.cut,
    )
