"""Shops and how they really cut: every shop has a hand of its own, and labels vary with it.

Vanity: what one maker calls 12 another calls 10 (a shift of 3 cm, the spread that surveys of UK and
US high street sizes find). Letters: European makers put two numbers in a letter, imports from China
and Turkey one.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Literal

from dukani.domain.sizing.charts import ChartRow, SizeChart
from dukani.domain.sizing.evidence import Audience
from dukani.evals.sizes.bodies import Body

Ruling = Literal["girth", "waist", "age", "foot", "length", "bra"]
TOPS = ("top", "blouse", "t-shirt", "sweater", "jacket", "shirt")
_LETTERS = ("XS", "S", "M", "L", "XL", "XXL", "XXXL", "4XL")


@dataclass(frozen=True, slots=True)
class Piece:
    """What is sold: its sizes, from the smallest, with the largest body that each still fits."""

    category: str
    audience: Audience
    ruling: Ruling
    sizes: tuple[str, ...]
    reaches: tuple[float, ...]

    def fitting(self, body: Body, random: Random | None = None) -> str | None:
        """The size that fits; None where the body is beyond all. `random`: as it is judged."""
        at = fit_measure(body, self) + (random.gauss(0, self.step * 0.25) if random else 0.0)
        if at > self.reaches[-1] or at < self.reaches[0] - 1.3 * self.step:
            return None
        return next(
            size for size, reach in zip(self.sizes, self.reaches, strict=True) if at <= reach
        )

    @property
    def step(self) -> float:
        return (self.reaches[-1] - self.reaches[0]) / (len(self.reaches) - 1)


@dataclass(frozen=True, slots=True)
class Shop:
    """One boutique for one kind of customer."""

    pieces: tuple[Piece, ...]
    charts: tuple[SizeChart, ...] = ()


def fit_measure(body: Body, piece: Piece) -> float:
    """The measure that decides: of a dress the larger need of bust and hips."""
    if piece.ruling == "age":
        # clothes go by height; a label's age is the age of a child of median stature
        return body.age * (1 + 0.043 * body.tall)
    if piece.ruling == "foot":
        return body.foot
    if piece.ruling == "length":
        return body.height
    if piece.ruling == "waist":
        return body.waist
    if piece.category in TOPS or body.who == "man":
        return body.bust
    of_hips = body.hips - 8  # hips of the same figure
    return of_hips if piece.category == "skirt" else max(body.bust, of_hips - 2)


def women(random: Random) -> Shop:
    vanity = random.gauss(0, 3)
    letters = random.random() < 0.6
    two = random.random() < 0.6
    pieces = []
    for category in ("dress", "top", "blouse", "skirt", "jumpsuit"):
        shift = vanity + random.gauss(0, 1.0)
        pieces.append(
            _letters(category, shift, two) if letters else _numbers(category, shift, random)
        )
    jeans_shift = random.gauss(1.0, 1.5)
    inches = tuple(range(26, 43, 2))
    pieces.append(
        Piece("jeans", "women", "waist", tuple(map(str, inches)),
              tuple(i * 2.54 + 2.54 + jeans_shift for i in inches))
    )  # fmt: skip
    return Shop(tuple(pieces), _published(pieces, "women", random))


def _letters(category: str, shift: float, two: bool) -> Piece:
    """Two numbers in a letter: M reaches to 98; one: M is a 10 and reaches to 91."""
    reach = (
        [83, 90, 98, 106, 117, 129, 141, 153] if two else [82, 86.5, 91, 96, 101, 106.5, 113, 119]
    )
    return Piece(category, "women", "girth", _LETTERS, tuple(cm + shift for cm in reach))


def _numbers(category: str, shift: float, random: Random) -> Piece:
    uk = tuple(range(6, 29, 2))
    reach = (81, 85.5, 90, 95, 100, 105.5, 111.5, 117.5, 123.5, 129.5, 135.5, 141.5)
    eu = random.random() < 0.3
    names = tuple(f"EU {n + 28}" if eu else str(n) for n in uk)
    return Piece(category, "women", "girth", names, tuple(cm + shift for cm in reach))


def _published(pieces: list[Piece], audience: Audience, random: Random) -> tuple[SizeChart, ...]:
    """Two in five boutiques have a chart, of the bodies they really cut for to the centimetre."""
    if random.random() > 0.4:
        return ()
    charts = []
    for piece in pieces:
        if piece.ruling != "girth":
            continue
        low = piece.reaches[0] - piece.step
        rows = []
        for size, reach in zip(piece.sizes, piece.reaches, strict=True):
            bust = (round(low), round(reach))
            rows.append(ChartRow(size, {"bust": bust, "hips": (bust[0] + 8, bust[1] + 8)}))
            low = reach
        charts.append(SizeChart(piece.category, audience, tuple(rows), own=True))
    return tuple(charts)


def men(random: Random) -> Shop:
    vanity = random.gauss(0, 2.5)
    letters = ("S", "M", "L", "XL", "XXL", "XXXL")
    tops = tuple(cm + vanity for cm in (94, 101, 108.5, 116, 124, 134))
    waists = tuple(range(28, 47, 2))
    pieces = [Piece(c, "men", "girth", letters, tops) for c in ("t-shirt", "sweater", "jacket")]
    chest = tuple(range(36, 57, 2))
    pieces.append(
        Piece("suit", "men", "girth", tuple(map(str, chest)),
              tuple(i * 2.54 + 2.0 + vanity / 2 for i in chest))
    )  # fmt: skip
    for category in ("jeans", "trousers"):
        pieces.append(
            Piece(category, "men", "waist", tuple(map(str, waists)),
                  tuple(i * 2.54 + 2.54 + vanity / 2 for i in waists))
        )  # fmt: skip
    return Shop(tuple(pieces), _published(pieces[:3], "men", random))


def children(random: Random) -> Shop:
    large = random.gauss(0, 0.35)
    spans = random.random() < 0.6
    names = tuple(f"{n}-{n + 1}Y" if spans else f"{n}Y" for n in range(1, 15))
    reaches = tuple(n + 1 + large for n in range(1, 15))
    pieces = [Piece(c, "children", "age", names, reaches) for c in ("dress", "t-shirt", "jeans")]
    return Shop(tuple(pieces))


def shoes(audience: Audience, random: Random) -> Shop:
    first, last = {"women": (35, 44), "men": (38, 49), "children": (19, 39)}[audience]
    shift = random.gauss(0, 0.15)
    sizes = range(first, last)
    uk = audience != "children" and random.random() < 0.25
    less = 33 if audience == "women" else 34
    names = tuple(f"UK {n - less}" if uk else str(n) for n in sizes)
    reaches = tuple((n + 0.5) / 1.5 - 1.5 + shift for n in sizes)
    return Shop((Piece("shoes", audience, "foot", names, reaches),))


def lengths(random: Random) -> Shop:
    shift = random.gauss(0, 1.2)
    names = tuple(map(str, range(50, 63, 2)))
    reaches = tuple(151.5 + 5.2 * n + shift for n in range(7))
    return Shop((Piece("kaftan", "women", "length", names, reaches),))
