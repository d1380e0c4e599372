"""The place of a row in a list that is read page by page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Key:
    """The value the list is sorted by, and the row's id where values are equal."""

    value: datetime | int | str
    id: str
