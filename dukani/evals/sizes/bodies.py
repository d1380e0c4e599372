"""Bodies as they are measured, and how they change: the truth of the evaluation.

Women: Size UK and SizeUSA (bust 98 ± 11, waist 84 ± 12, hips 106 ± 10, correlated 0.8 to 0.9) a
little slimmer for a shop's younger customers; men: chest 102 ± 9, waist 90 ± 11. Heights: NCD-RisC
for Kenya and Tanzania (160 ± 6.5, 171 ± 7). Children: CDC's medians of stature by age. Feet: 0.152
of the height of women, 0.154 of men.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import Literal

Who = Literal["woman", "man", "child"]

# stature in cm at each birthday, median of both sexes
_STATURE = (
    50,
    75,
    87,
    95.5,
    102.5,
    109,
    115.5,
    122,
    128,
    133.5,
    138.5,
    144,
    150,
    157,
    163,
    167,
    169,
)
_GROWN = 16.0


@dataclass(frozen=True, slots=True)
class Body:
    who: Who
    bust: float
    waist: float
    hips: float
    height: float
    foot: float
    cup: float = 0.0  # steps of a cup: A is 1
    age: float = 30.0
    tall: float = 0.0  # a child's stature in standard deviations


def drawn(who: Who, random: Random) -> Body:
    if who == "child":
        return child(age=random.uniform(1.5, 13), tall=random.gauss(0, 1), random=random)
    size = random.gauss(0, 1)
    if who == "woman":
        height = random.gauss(161, 6.5)
        return Body(
            who,
            bust=max(74.0, 95 + 10.5 * size + random.gauss(0, 3.5)),
            waist=max(56.0, 79 + 11 * size + random.gauss(0, 4.5)),
            hips=max(80.0, 103 + 9.5 * size + random.gauss(0, 4.0)),
            height=height,
            foot=height * 0.15 + random.gauss(0, 0.8),
            cup=min(9.0, max(0.0, random.gauss(3, 1.6))),
        )
    height = random.gauss(172, 7)
    return Body(
        who,
        bust=max(82.0, 101 + 8.5 * size + random.gauss(0, 3.5)),
        waist=max(68.0, 88 + 10 * size + random.gauss(0, 4.5)),
        hips=max(84.0, 102 + 7.5 * size + random.gauss(0, 3.5)),
        height=height,
        foot=height * 0.154 + random.gauss(0, 0.8),
    )


def child(*, age: float, tall: float, random: Random) -> Body:
    height = stature(age) * (1 + 0.043 * tall)
    return Body("child", 0, 0, 0, height, height * 0.158 + random.gauss(0, 0.4), age=age, tall=tall)


def stature(age: float) -> float:
    young = min(int(age), len(_STATURE) - 2)
    part = min(1.0, age - young)
    return _STATURE[young] + part * (_STATURE[young + 1] - _STATURE[young])


def before(body: Body, years: float, slope: float, wobble: float) -> Body:
    """The body so many years ago: adults were `slope` cm a year slimmer, children were younger."""
    if body.who == "child":
        age = max(0.0, body.age - years)
        height = stature(age) * (1 + 0.043 * body.tall)
        return replace(body, age=age, height=height, foot=body.foot * height / body.height)
    less = slope * years + wobble
    return replace(
        body, bust=body.bust - less, waist=body.waist - 1.1 * less, hips=body.hips - 0.9 * less
    )
