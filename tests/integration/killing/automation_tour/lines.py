"""Lines of the tour's table: what was wanted, and what was found. Pure."""

from __future__ import annotations

from collections.abc import Collection

from tests.integration.killing.tour_lines import Line

LONGEST = 60


def same(what: str, wanted: object, found: object) -> Line:
    return Line(what, _short(wanted), _short(found), wanted == found)


def true(what: str, holds: object, found: object = None) -> Line:
    """`found`: what is shown where it does not hold."""
    shown = "yes" if holds else f"no: {_short(found)}" if found is not None else "no"
    return Line(what, "yes", shown, bool(holds))


def said(what: str, words: str, found: str) -> Line:
    """The words are part of what was found."""
    holds = bool(words) and words in found
    return Line(what, _short(words or "something"), _short(words if holds else found), holds)


def within(what: str, wanted: Collection[object], found: object) -> Line:
    told = " or ".join(map(str, wanted))
    return Line(what, _short(told), _short(found), found in wanted)


def heading(text: str) -> Line:
    return Line(f"[bold]{text}[/bold]", "", "", True)


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
