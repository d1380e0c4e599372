"""How Meta's stand-in refuses a send, and reads the parts of a body."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """Meta would refuse this message."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.code = code


def part(body: dict[str, Any], name: str) -> dict[str, Any]:
    found = body.get(name)
    return found if isinstance(found, dict) else {}


def required(name: str, value: Any, limit: int) -> str:
    if not value:
        raise Refused("131008", f"The parameter {name} is required.")
    return within(name, str(value), limit)


def within(name: str, text: str, limit: int) -> str:
    if len(text) > limit:
        raise Refused("131009", f"{name}: {len(text)} characters, at most {limit}")
    return text
