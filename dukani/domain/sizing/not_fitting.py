"""Keeps the advice on the right side of a size that was last said not to fit.

The belief doubts each thing a little, so that after much that speaks for L "the XL was too small"
would be taken for a mistake, and L advised. Nobody wants to hear that.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.domain.sizes import same_size
from dukani.domain.sizing.choosing import Chances
from dukani.domain.sizing.evidence import Bought, Evidence, Fitted


def on_the_right_side(
    chances: Chances, evidence: Sequence[Evidence], category: str | None
) -> Chances | None:
    """The chances of the larger sizes where one was too small, of the smaller where too large.

    `evidence`: what bears on the piece; shoes bought since change nothing of a dress.
    Only what was said last counts, of this category, while nothing else is bought or said. A size
    that fitted before is left in: it may have been two garments. None where no size is left.
    """
    sizes = list(chances.shares)
    said = _last_said(evidence, category, sizes)
    if said is None:
        return chances
    at = _place(said.size, sizes)
    fitted = int(_fitted_before(evidence, said))
    left = sizes[at + 1 - fitted :] if said.fit == "too_small" else sizes[: at + fitted]
    if not all(_agrees(one, left, category) for one in evidence if one.at > said.at):
        return chances
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


def _last_said(
    evidence: Sequence[Evidence], category: str | None, sizes: Sequence[str]
) -> Fitted | None:
    """The last word of how one of the sizes fitted, where it did not.

    Of several said at once the largest that was too small, or the smallest that was too large;
    None where they contradict each other.
    """
    fits = [one for one in evidence if isinstance(one, Fitted) and one.category == category]
    last = max((one.at for one in fits), default=None)
    said = [one for one in fits if one.at == last]
    if len({one.fit for one in said}) != 1 or said[0].fit == "right":
        return None
    of_these = [one for one in said if any(same_size(size, one.size) for size in sizes)]
    furthest = max if said[0].fit == "too_small" else min
    return furthest(of_these, key=lambda one: _place(one.size, sizes), default=None)


def _place(size: str, sizes: Sequence[str]) -> int:
    return next(n for n, one in enumerate(sizes) if same_size(one, size))


def _agrees(later: Evidence, left: Sequence[str], category: str | None) -> bool:
    """Whether it is a purchase of a size on the right side, as was advised."""
    if not isinstance(later, Bought) or later.category != category:
        return False
    return any(same_size(size, later.size) for size in left)
