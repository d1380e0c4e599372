"""Keeps the advice on the right side of a size that was last said not to fit.

The belief doubts each thing a little, so that after much that speaks for L "the XL was too small"
would be taken for a mistake, and L advised. Nobody wants to hear that.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.domain.sizes import same_size
from dukani.domain.sizing.choosing import Chances
from dukani.domain.sizing.evidence import Evidence, Fitted


def on_the_right_side(
    chances: Chances, evidence: Sequence[Evidence], category: str | None
) -> Chances | None:
    """The chances of the larger sizes where one was too small, of the smaller where too large.

    `evidence`: what bears on the piece; shoes bought since change nothing of a dress.
    Only what was said last counts, of this category. A size that fitted before is left in: it may
    have been two garments. None where no size is left.
    """
    said = _last_said(evidence, category)
    sizes = list(chances.shares)
    at = next((n for n, size in enumerate(sizes) if said and same_size(size, said.size)), None)
    if said is None or at is None:
        return chances
    fitted = int(_fitted_before(evidence, said))
    left = sizes[at + 1 - fitted :] if said.fit == "too_small" else sizes[: at + fitted]
    total, kept = sum(chances.shares.values()), sum(chances.shares[size] for size in left)
    if kept <= 0:
        return None
    return Chances({size: chances.shares[size] * total / kept for size in left})


def _fitted_before(evidence: Sequence[Evidence], said: Fitted) -> bool:
    return any(
        isinstance(one, Fitted)
        and (one.size, one.category, one.fit) == (said.size, said.category, "right")
        for one in evidence
    )


def _last_said(evidence: Sequence[Evidence], category: str | None) -> Fitted | None:
    """How a size fitted, where nothing later is known and it did not fit."""
    last = max((one.at for one in evidence), default=None)
    fits = [one for one in evidence if isinstance(one, Fitted) and one.category == category]
    said = fits[-1] if fits else None
    return said if said and said.at == last and said.fit != "right" else None
