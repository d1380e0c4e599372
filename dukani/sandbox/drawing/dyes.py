"""RGB values of named colours of cloth, and the accents that suit each."""

from __future__ import annotations

import colorsys

Rgb = tuple[int, int, int]

DYES: dict[str, Rgb] = {
    "white": (240, 239, 236), "ivory": (240, 231, 211), "cream": (238, 225, 196),
    "beige": (217, 195, 164), "khaki": (176, 156, 114), "tan": (190, 143, 98),
    "brown": (108, 70, 46), "black": (38, 37, 41),
    "grey": (146, 149, 154), "silver": (190, 194, 200), "navy": (32, 45, 88),
    "blue": (44, 92, 176), "sky blue": (150, 190, 226), "turquoise": (35, 176, 178),
    "teal": (17, 110, 116), "green": (34, 130, 76), "olive": (110, 116, 60),
    "mint": (170, 218, 194), "yellow": (242, 196, 48), "mustard": (208, 154, 38),
    "gold": (206, 164, 74), "orange": (230, 116, 36), "peach": (246, 190, 158),
    "red": (190, 30, 44), "maroon": (110, 24, 40),
    "burgundy": (100, 22, 48), "pink": (232, 136, 170), "lilac": (190, 164, 214),
    "purple": (102, 52, 132), "lavender": (206, 190, 230),
    "rust": (164, 72, 40), "royal blue": (44, 60, 186), "multicolour": (222, 118, 48),
}  # fmt: skip

# Prints take their second and third colours from the main one, as wax printers do.
ACCENTS: dict[str, tuple[str, str, str]] = {
    "yellow": ("navy", "orange", "white"), "orange": ("navy", "yellow", "cream"),
    "red": ("navy", "yellow", "cream"), "blue": ("orange", "yellow", "white"),
    "navy": ("orange", "turquoise", "cream"), "green": ("maroon", "yellow", "cream"),
    "purple": ("yellow", "turquoise", "cream"), "turquoise": ("maroon", "orange", "cream"),
    "black": ("orange", "red", "cream"), "brown": ("orange", "teal", "cream"),
    "pink": ("purple", "yellow", "white"), "white": ("navy", "red", "mustard"),
    "teal": ("orange", "yellow", "cream"), "maroon": ("mustard", "teal", "cream"),
    "multicolour": ("purple", "turquoise", "yellow"),
    "mustard": ("maroon", "teal", "cream"),
}  # fmt: skip

GOLD: Rgb = (204, 162, 70)


class UnknownColour(ValueError):
    """There is no dye of this name."""


def rgb(name: str) -> Rgb:
    if name not in DYES:
        raise UnknownColour(f"no colour {name!r}; there are {', '.join(DYES)}")
    return DYES[name]


def mixed(a: Rgb, b: Rgb, share_b: float) -> Rgb:
    red, green, blue = (round(x + (y - x) * share_b) for x, y in zip(a, b, strict=True))
    return red, green, blue


def luminance(colour: Rgb) -> float:
    return (0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]) / 255


def accents(name: str) -> tuple[Rgb, Rgb, Rgb]:
    """Three colours that suit the named one."""
    if name in ACCENTS:
        first, second, third = (DYES[accent] for accent in ACCENTS[name])
        return first, second, third
    base = rgb(name)
    hue, lightness, richness = colorsys.rgb_to_hls(*(part / 255 for part in base))
    far = colorsys.hls_to_rgb((hue + 0.5) % 1, 0.32, max(richness, 0.35))
    near = colorsys.hls_to_rgb((hue + 0.1) % 1, 0.6 if lightness < 0.5 else 0.4, 0.6)
    return _bytes(far), _bytes(near), DYES["cream"]


def _bytes(colour: tuple[float, float, float]) -> Rgb:
    red, green, blue = (round(part * 255) for part in colour)
    return red, green, blue


def contrast(colour: str) -> Rgb:
    """A shade for trims that contrasts with the main cloth."""
    base = rgb(colour)
    return (
        mixed(base, (255, 252, 244), 0.55)
        if luminance(base) < 0.25
        else mixed(base, (30, 24, 40), 0.5)
    )
