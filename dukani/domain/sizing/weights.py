"""How much each kind of evidence says: widths in steps of a size, doubts as shares.

Tuned on the cases of `dukani eval sizes` of seeds 101 and 102; what is reported is of others.
"""

from __future__ import annotations

from dukani.domain.sizing.scales import Zone

# One standard deviation between the size's body and the wearer's, in steps.
BOUGHT = 0.35  # people choose a size up or down, and cuts differ
SAME_PIECE = 0.25  # the very piece was bought before: its cut is known
STATED = 0.75  # most say a size they last looked up long ago
MEASURED = 0.45  # a tape held loosely
FITTED = 0.3
AGED = 0.7  # children of one age differ by more than a year of growth
FOOT_OF_AGE = 1.6

# What is added (as variances are) where two things are compared that are not of one kind.
OTHER_CUT = 0.25  # another category of the same part of the body
PART_OF_WHOLE = 0.7  # a top and a dress
OTHER_PART = 1.4  # a top and trousers: bodies are not all of the typical figure
UNNAMED = 0.35  # said of no garment in particular
OTHER_SYSTEM = 0.45  # UK 14 read for M
OTHER_SHOP = 0.6  # a size or measure from elsewhere, where the boutique has no chart of its own
FIGURE = 0.25  # hips that place a dress

# The share of each that says nothing about the wearer.
DOUBT_BOUGHT = 0.09  # gifts that nobody called gifts, and sizes taken because no other was left
DOUBT_STATED = 0.05
DOUBT_MEASURED = 0.025
DOUBT_FITTED = 0.07
DOUBT_AGED = 0.04

# Confidence: the probability of the size, and of how many things it rests on.
HIGH, HIGH_FROM = 0.72, 3
SURE, SURE_FROM = 0.85, 2
MEDIUM = 0.45
CLOSE = 0.6  # the second choice is named from this share of the first one's probability
NOTHING_FITS = 0.6  # no advice where the body is outside all sizes with this probability
OUTSIDE = 0.75  # so many steps beyond the last size is outside


def between(zone: Zone, other: Zone) -> float:
    if zone == other:
        return OTHER_CUT
    return PART_OF_WHOLE if "whole" in (zone, other) else OTHER_PART
