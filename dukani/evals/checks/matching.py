"""Matches a file's expected lines with the actual lines of a cart or order."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from dukani.agent.lexicon import canonical_colour
from dukani.evals.standing import Line

Wanted = Mapping[str, Any]
Filed = Collection[str]  # SKU/colour/size, as the shop files them


def is_line(wanted: Wanted, line: Line, filed: Filed = ()) -> bool:
    """Whether the line has the expected values; keys that the file does not give are ignored."""
    quantity = wanted.get("qty", wanted.get("quantity"))
    colour = wanted.get("colour")
    return (
        wanted.get("sku") in (None, line.sku)
        and (colour is None or same_colour(str(colour), line.colour, line.sku, filed))
        and str(wanted.get("size") or line.size).upper() == line.size.upper()
        and quantity in (None, line.quantity)
    )


def same_lines(wanted: Sequence[Wanted], lines: Sequence[Line], filed: Filed = ()) -> bool:
    """Whether the expected and the actual lines match, in any order."""
    return len(wanted) == len(lines) and unmatched(wanted, lines, filed) == ([], [])


def unmatched(
    wanted: Sequence[Wanted], lines: Sequence[Line], filed: Filed = ()
) -> tuple[list[Wanted], list[Line]]:
    """(expected lines that are missing, actual lines that are not expected)."""
    left, absent = list(lines), []
    for one in wanted:
        match = next((line for line in left if is_line(one, line, filed)), None)
        if match is None:
            absent.append(one)
        else:
            left.remove(match)
    return absent, left


def same_colour(wanted: str, there: str, sku: str, filed: Filed) -> bool:
    """Whether colours are equal, or synonyms if the piece has no colour of that exact name."""
    wanted = wanted.lower()
    if wanted == there.lower():
        return True
    if any(key.lower().startswith(f"{sku}/{wanted}/".lower()) for key in filed):
        return False
    return canonical_colour(wanted) in (there, canonical_colour(there) or there)


def filed_key(key: str, filed: Filed) -> str:
    """A file's `SKU/colour/size` in the shop's spelling; unchanged for an unknown variant."""
    if key in filed or key.count("/") != 2:
        return key
    sku, colour, size = key.split("/")
    fitting = (
        known
        for known in filed
        if known.startswith(f"{sku}/")
        and known.endswith(f"/{size}")
        and same_colour(colour, known.split("/")[1], sku, filed)
    )
    return next(fitting, key)
