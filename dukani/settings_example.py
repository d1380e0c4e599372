"""Writes the text of `.env.example`: every setting with its meaning and its default."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import Any

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings

from dukani.core.settings import ROOT, Settings

WIDTH = 92
HEAD = """\
# Every setting of Dukani with its default. Copy to `.env` and uncomment what you change.
# Written by `dukani settings-example .env.example` from dukani/core/settings.py.
# A secret that is not set closes the webhook it guards. `dukani doctor` checks them all.
"""


def settings_example(settings: type[BaseSettings] = Settings) -> str:
    """The text, grouped by provider; each default is commented out, with its meaning above."""
    prefix = settings.model_config.get("env_prefix", "")
    delimiter = settings.model_config.get("env_nested_delimiter") or "__"
    single = [(name, field) for name, field in settings.model_fields.items() if not _group(field)]
    sections = [HEAD, _section("General", prefix, single)]
    for name, field in settings.model_fields.items():
        group = _group(field)
        if group is not None:
            fields = list(group.model_fields.items())
            sections.append(_section(group.__name__, f"{prefix}{name}{delimiter}", fields))
    return "\n".join(sections)


def _group(field: FieldInfo) -> type[BaseModel] | None:
    kind = field.annotation
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def _section(title: str, prefix: str, fields: list[tuple[str, FieldInfo]]) -> str:
    entries = [_entry(f"{prefix}{name}".upper(), field) for name, field in fields]
    return "\n".join([f"# --- {title} ---\n", *entries])


def _entry(variable: str, field: FieldInfo) -> str:
    default = field.get_default(call_default_factory=True)
    said = field.description or ""
    if isinstance(default, list):
        said += " A JSON list."
    lines = textwrap.wrap(said, WIDTH)
    comment = "".join(f"# {line}\n" for line in lines)
    return f"{comment}#{variable}={_written(default)}\n"


def _written(value: Any) -> str:
    """A default in the file's format; empty for None."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return json.dumps({name: _plain(item) for name, item in value.items()})
    if isinstance(value, bool | list):
        return json.dumps([_plain(item) for item in value] if isinstance(value, list) else value)
    return str(_plain(value))


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, Path) and value.is_relative_to(ROOT):
        return str(value.relative_to(ROOT))
    return value
