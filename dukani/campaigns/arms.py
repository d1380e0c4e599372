"""Shares customers out by lot: who is held out, and which variant of an experiment each gets.

The lot is a hash of the campaign and the identity, so that whoever draws it again, after a kill or
for the next occurrence, draws the same.
"""

from __future__ import annotations

import hashlib

from dukani.domain.campaigns import Experiment, ExperimentVariant


def lot(campaign_id: str, identity: str, *, about: str) -> float:
    """A number in [0, 1), always the same for these; those for different things say nothing."""
    drawn = hashlib.sha256(f"{about}\0{campaign_id}\0{identity}".encode()).digest()
    return int.from_bytes(drawn[:7], "big") / 2**56


def is_held_out(experiment: Experiment | None, *, campaign_id: str, identity: str) -> bool:
    if experiment is None:
        return False
    return lot(campaign_id, identity, about="holdout") < experiment.holdout


def variant_for(
    experiment: Experiment | None, *, campaign_id: str, identity: str
) -> ExperimentVariant | None:
    """The variant of this identity; None where all get the same."""
    if experiment is None or not experiment.variants:
        return None
    drawn, upto = lot(campaign_id, identity, about="variant"), 0.0
    for variant in experiment.variants:
        upto += variant.share
        if drawn < upto:
            return variant
    return experiment.variants[-1]  # the shares add up to 1 only to what floats can tell
