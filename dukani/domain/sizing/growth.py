"""How children grow, on the axes that grow: their years, and their feet."""

from __future__ import annotations

import numpy as np

from dukani.domain.sizing.belief import Weights
from dukani.domain.sizing.bodies import TABLES

GROWN = 16.0
_AGES, _FEET = (np.array(column) for column in zip(*TABLES["feet"]["growth"], strict=True))


def older(years_of_age: Weights, years: float) -> Weights:
    return np.asarray(np.minimum(years_of_age + years, np.maximum(years_of_age, GROWN)))


def longer(feet: Weights, years: float) -> Weights:
    """A child's foot follows the median of its length; grown feet stay."""
    ages = np.interp(feet, _FEET, _AGES)
    return np.asarray(feet + np.interp(ages + years, _AGES, _FEET) - np.interp(ages, _AGES, _FEET))


def foot_at(years: float) -> float:
    return float(np.interp(years, _AGES, _FEET))
