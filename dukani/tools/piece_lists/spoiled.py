"""Finds what a spreadsheet made of a cell: a rounded number, a date, a formula's error.

What it was cannot be known any more, so it is refused with the remedy. A leading zero that is gone
leaves no trace: the owner's preview is where that is seen.
"""

from __future__ import annotations

import re

from dukani.tools.piece_lists.why import Refused, refuse

_ROUNDED = re.compile(r"^-?\d+(?:[.,]\d+)?[eE]\+?\d{1,3}$")
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec"
_DATE = re.compile(
    rf"^(?:\d{{1,2}}[-/ ](?:{_MONTHS})(?:[-/ ]\d{{2,4}})?|(?:{_MONTHS})[-/ ]\d{{2,4}}"
    r"|\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?)?)$",
    re.IGNORECASE,
)
_ERROR = re.compile(r"^#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)$")


def spoiled(text: str, field: str) -> Refused | None:
    """Why this cell is not what was typed; none where nothing shows it."""
    if _ERROR.match(text):
        return refuse("formula_error", field, text)
    if _ROUNDED.match(text):
        return refuse("rounded", field, text)
    if _DATE.match(text):
        return refuse("made_a_date", field, text)
    return None


def is_error(text: str) -> bool:
    return bool(_ERROR.match(text))
