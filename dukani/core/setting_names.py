"""Finds misspelt names of settings, and explains settings with invalid values."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from dotenv import dotenv_values
from pydantic import BaseModel, ValidationError
from pydantic_settings import SettingsError

from dukani.core.settings import Settings

PREFIX = "DUKANI_"
ENV_FILE = Path(".env")


class Problem(NamedTuple):
    """A setting with an invalid value; the value itself is left out, as it may be a secret."""

    variable: str
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Misnamed:
    """A variable with our prefix that is no setting; `nearest` is the setting likely meant."""

    name: str
    nearest: str | None

    def __str__(self) -> str:
        meant = f": did you mean {self.nearest}?" if self.nearest else ""
        return f"{self.name} is no setting and changes nothing{meant}"


def known_names() -> list[str]:
    """The variables of all settings, and of whole groups (set as JSON)."""
    return list(_names_of(Settings, PREFIX))


def _names_of(group: type[BaseModel], prefix: str) -> Iterator[str]:
    for name, field in group.model_fields.items():
        variable = f"{prefix}{name}".upper()
        yield variable
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _names_of(kind, f"{variable}__")


def misnamed(given: Iterable[str]) -> list[Misnamed]:
    """The names among `given` that have our prefix and are no setting."""
    known = known_names()
    unknown = {name.upper() for name in given if name.upper().startswith(PREFIX)} - set(known)
    return [Misnamed(name, _nearest(name, known)) for name in sorted(unknown)]


def _nearest(name: str, known: list[str]) -> str | None:
    """The most similar name, however many underscores stand between group and field."""
    plain = {other.replace("__", "_"): other for other in known}
    found = difflib.get_close_matches(name.replace("__", "_"), plain, n=1, cutoff=0.75)
    return plain[found[0]] if found else None


def misnamed_here() -> list[Misnamed]:
    """The misspelt names in this process's environment and `.env`."""
    return misnamed([*os.environ, *dotenv_values(ENV_FILE)])


def problems_of(error: ValidationError | SettingsError) -> list[Problem]:
    """One for each variable that cannot be read."""
    where = f"the environment or {ENV_FILE}" if ENV_FILE.exists() else "the environment"
    if isinstance(error, SettingsError):
        return [Problem("Settings", str(error), f"Correct it in {where}: lists are JSON.")]
    remedy = f"Correct it in {where}; `dukani settings-example` shows every default."
    return [
        Problem(_variable(problem["loc"]), problem["msg"], remedy)
        for problem in error.errors(include_input=False, include_url=False)
    ]


def _variable(where: tuple[int | str, ...]) -> str:
    return PREFIX + "__".join(map(str, where)).upper() if where else "Settings"
