"""Days in words."""

from __future__ import annotations

from datetime import date

from dukani.core.languages import Worded
from dukani.domain.acts import Language

MONTHS: dict[Language, tuple[str, ...]] = Worded(
    en=("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December"),
    sw=("Januari", "Februari", "Machi", "Aprili", "Mei", "Juni", "Julai", "Agosti", "Septemba",
           "Oktoba", "Novemba", "Desemba"),
)  # fmt: skip


def day_in_words(day: date, language: Language) -> str:
    """`26 November 2026`"""
    return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"
