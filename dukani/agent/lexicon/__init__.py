"""Maps words for clothes in English, Swahili and Sheng to canonical categories, colours, sizes."""

from __future__ import annotations

from dukani.agent.lexicon.query import (
    canonical_category,
    canonical_colour,
    canonical_pattern,
    canonical_size,
    occasion_names,
    translate_query,
)

__all__ = [
    "canonical_category",
    "canonical_colour",
    "canonical_pattern",
    "canonical_size",
    "occasion_names",
    "translate_query",
]
