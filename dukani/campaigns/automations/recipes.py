"""Rules to begin with, one for each trigger that has one; their words are in `recipes.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from dukani.domain.automations import RuleDefinition, Trigger


def _read() -> dict[Trigger, RuleDefinition]:
    text = (Path(__file__).parent / "recipes.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)["recipe"]
    for step in (step for recipe in told for step in recipe["steps"]):
        step["message"].setdefault("cta", None)  # TOML cannot say that there is none
    rules = map(RuleDefinition.model_validate, told)
    return {rule.trigger: rule for rule in rules}


RECIPES: Mapping[Trigger, RuleDefinition] = MappingProxyType(_read())
