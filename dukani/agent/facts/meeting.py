"""Facts of meeting: who answers, a greeting, a thank-you."""

from __future__ import annotations

from typing import Literal

from dukani.agent.facts.pieces import Fact


class Introduced(Fact):
    """Once per new conversation: an assistant answers, and how to reach a person."""

    kind: Literal["introduced"] = "introduced"


class Greeted(Fact):
    kind: Literal["greeted"] = "greeted"
    name: str | None = None
    returning: bool = False


class Thanked(Fact):
    kind: Literal["thanked"] = "thanked"
