"""A boutique's rules of scoring: weights, colours that go together, and who is left out."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, model_validator

from dukani.campaigns.palette import COLOUR_FAMILIES, ColourFamily

Share = float  # in 0..1

# How well a piece's family suits a customer's; what is not named here has the default.
_GO_TOGETHER: dict[tuple[ColourFamily, ColourFamily], Share] = {
    ("Warm", "Warm"): 1.0, ("Cool", "Cool"): 1.0, ("Neutral", "Neutral"): 1.0,
    ("Jewel", "Jewel"): 1.0,
    ("Warm", "Neutral"): 0.6, ("Warm", "Cool"): 0.1, ("Warm", "Jewel"): 0.5,
    ("Cool", "Neutral"): 0.6, ("Cool", "Jewel"): 0.5, ("Neutral", "Jewel"): 0.4,
}  # fmt: skip


def _full_matrix() -> dict[ColourFamily, dict[ColourFamily, Share]]:
    """Symmetric: what suits one way suits the other."""
    return {
        one: {
            other: _GO_TOGETHER.get((one, other), _GO_TOGETHER.get((other, one), 0.1))
            for other in COLOUR_FAMILIES
        }
        for one in COLOUR_FAMILIES
    }


class Weights(BaseModel):
    """What each factor counts; the sum is the score of a perfect match."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    colour: Share = Field(0.35, ge=0, le=1)
    style: Share = Field(0.25, ge=0, le=1)
    embroidery: Share = Field(0.20, ge=0, le=1)
    occasion: Share = Field(0.12, ge=0, le=1)

    @property
    def total(self) -> float:
        return self.colour + self.style + self.embroidery + self.occasion


class ScoreRules(BaseModel):
    """Versioned: a campaign keeps the version by which it chose."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int = Field(1, ge=1)
    weights: Weights = Weights()
    colours: dict[ColourFamily, dict[ColourFamily, Share]] = Field(default_factory=_full_matrix)
    other_colours: Share = Field(0.1, ge=0, le=1, description="of a piece or customer of no family")
    other_occasions: Share = Field(0.1, ge=0, le=1, description="that she never bought for")
    threshold: Share = Field(0.40, ge=0, le=1, description="a piece of a lower score is no match")
    bands_apart: int = Field(1, ge=0, le=3, description="of price bands, from hers to the piece's")

    @model_validator(mode="after")
    def _is_full(self) -> ScoreRules:
        for one in COLOUR_FAMILIES:
            missing = set(COLOUR_FAMILIES) - set(self.colours.get(one, {}))
            if missing:
                raise ValueError(f"colours: {one} says nothing of {', '.join(sorted(missing))}")
            wrong = [share for share in self.colours[one].values() if not 0 <= share <= 1]
            if wrong:
                raise ValueError(f"colours: {wrong[0]} is not between 0 and 1")
        return self
