"""Defines facts for the opening of a conversation: introduction, greeting, thanks."""

from __future__ import annotations

from typing import Literal

from dukani.agent.facts.pieces import Fact


class Introduced(Fact):
    """Introduces the assistant and how to reach a person, once per new conversation."""

    kind: Literal["introduced"] = "introduced"


class Greeted(Fact):
    kind: Literal["greeted"] = "greeted"
    name: str | None = None
    returning: bool = False


class Thanked(Fact):
    kind: Literal["thanked"] = "thanked"
