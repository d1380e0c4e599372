"""What a boutique comes to know of a customer: purchases, words, a tape, and what was wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from dukani.domain.sizing.charts import SizeChart
from dukani.domain.sizing.evidence import Aged, Bought, Evidence, Fit, Fitted, Measured, Stated
from dukani.evals.sizes.bodies import Body, before, drawn
from dukani.evals.sizes.shops import Piece, Shop, women

NOW = datetime(2026, 11, 1, tzinfo=UTC)
_UK_TO_US, _UK_TO_EU = -4, 28


@dataclass(frozen=True, slots=True)
class Case:
    """A question with its true answer: the size of the piece that fits today."""

    kind: str
    evidence: tuple[Evidence, ...]
    piece: Piece
    charts: tuple[SizeChart, ...]
    truth: str


@dataclass(slots=True)
class Customer:
    """Somebody in a shop; everything random about both comes from one generator."""

    body: Body
    shop: Shop
    random: Random
    slope: float = 0.0  # cm a year

    def at(self, days: float) -> Body:
        wobble = self.random.gauss(0, 1.0) if self.body.who != "child" else 0.0
        return before(self.body, days / 365.25, self.slope, wobble)

    def buys(self, piece: Piece, days: int, *, gifts: float) -> list[Evidence]:
        """A purchase, perhaps for somebody else; a size that is off is mostly given back."""
        random, moment = self.random, NOW - timedelta(days=days)
        order = f"{random.getrandbits(48):x}"
        body = self.at(days)
        right = piece.fitting(body)
        if random.random() < gifts:
            other = piece.fitting(drawn(body.who, random))
            return [Bought(other, piece.category, moment, order)] if other else []
        chosen = piece.fitting(body, random)
        if right is None or chosen is None:
            return []
        if random.random() < 0.15:
            chosen = _beside(chosen, piece.sizes, random)
        off = piece.sizes.index(chosen) - piece.sizes.index(right)
        if off == 0 or random.random() < 0.45:
            return [Bought(chosen, piece.category, moment, order)]
        # Given back, so it is no purchase; and half of these say why.
        if random.random() < 0.5:
            return [_said(chosen, piece, off, moment + timedelta(days=4))]
        return []

    def says_fit(self, piece: Piece, bought: Bought) -> list[Evidence]:
        """What the customer says later of a purchase; nothing where it was a gift of the moment."""
        days = (NOW - bought.at).days
        right = piece.fitting(self.at(days))
        if right is None:
            return []
        off = piece.sizes.index(bought.size) - piece.sizes.index(right)
        return [_said(bought.size, piece, off, bought.at + timedelta(days=6))]

    def measures(self, *names: str) -> list[Evidence]:
        """A tape held by hand: 1.5 cm, one in fifty ten off, and numbers are rounded."""
        found: list[Evidence] = []
        days = self.random.randint(1, 200)
        for name in names:
            cm = getattr(self.at(days), name) + self.random.gauss(0, 0.3 if name == "foot" else 1.5)
            if self.random.random() < 0.02:
                cm += self.random.choice([-10, 10])
            cm = round(cm * 2) / 2 if name == "foot" else round(cm)
            found.append(Measured(name, cm, NOW - timedelta(days=days)))  # type: ignore[arg-type]
        return found

    def states(self, *, category: str | None) -> list[Evidence]:
        """The size she wears elsewhere, in the system of that shop, as she last looked."""
        days = self.random.randint(1, 500)
        uk = women_elsewhere(self.random)
        size = uk.fitting(self.at(days + 200), self.random)
        if size is None:
            return []
        number = int(size)
        said = self.random.choice(
            [f"UK {number}", f"{number}", f"EU {number + _UK_TO_EU}", f"US {number + _UK_TO_US}"]
        )
        return [Stated(said, NOW - timedelta(days=days), category)]

    def tells_age(self) -> list[Evidence]:
        days = self.random.randint(1, 700)
        age = self.at(days).age
        return [Aged(float(int(age)), NOW - timedelta(days=days))] if age >= 2 else []


def _said(size: str, piece: Piece, off: int, at: datetime) -> Fitted:
    """`off`: how many sizes above the one that fits."""
    fit: Fit = "right" if off == 0 else "too_small" if off < 0 else "too_large"
    return Fitted(size, piece.category, fit, at)


def women_elsewhere(random: Random) -> Piece:
    """Another shop's dress in UK numbers."""
    while True:
        piece = women(random).pieces[0]
        if piece.sizes[0] == "6":
            return piece


def _beside(size: str, sizes: Sequence[str], random: Random) -> str:
    at = sizes.index(size) + random.choice([-1, 1])
    return sizes[min(max(at, 0), len(sizes) - 1)]
