"""The customers of the demo's month, from `people.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from dukani.domain.acts import Language

# Numbers of a range that nobody has, beside those of the demo's shops.
_NUMBERS = {"zuri": "+2547000031", "pwani": "+2547000032"}


class Person(BaseModel):
    """A customer: where her orders go, and the sizes she wears."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    language: Language
    place: str
    zone: str
    size: str
    shoe: str
    marketing: bool = False
    phone: str = ""


@cache
def people_of(slug: str) -> tuple[Person, ...]:
    """The customers of a demo boutique; nobody for another boutique."""
    content = files(__package__).joinpath("people.toml").read_text("utf-8")
    entries = tomllib.loads(content).get(slug, [])
    return tuple(
        Person(**entry, phone=f"{_NUMBERS[slug]}{number:02}")
        for number, entry in enumerate(entries)
    )
