"""Reads several dataclasses from one row of a join, each under its table's alias.

Separate queries cost a round trip and a plan each; a join costs one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")

_AS_TEXT = frozenset(
    {
        "id",
        "boutique_id",
        "customer_id",
        "conversation_id",
        "message_id",
        "status",
        "assigned_to",
        "campaign_recipient_id",
        "trace_id",
    }
)


def columns(kind: type, alias: str) -> str:
    """The columns of a dataclass's table `alias`, named so that `part` finds them."""
    return ", ".join(
        f"{alias}.{field.name}{'::text' if field.name in _AS_TEXT else ''}"
        f" as {_name(field.name, alias)}"
        for field in fields(kind)
    )


def part(kind: type[T], alias: str, row: Mapping[str, Any]) -> T:
    """The dataclass of a row's columns under `alias`."""
    return kind(*[row[name] for name in _names(kind, alias)])  # type: ignore[arg-type]


@cache
def _names(kind: type, alias: str) -> tuple[str, ...]:
    return tuple(_name(field.name, alias) for field in fields(kind))


def _name(column: str, alias: str) -> str:
    return f"{alias}_{column}"
