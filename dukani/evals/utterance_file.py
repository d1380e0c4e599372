"""Reads files of single turns: the text, the situation, and the expected understanding."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, field_validator

from dukani.core.languages import Language
from dukani.evals.files import BadEvalFile, parse, read_json_lines
from dukani.evals.steps import NeutralStep


class ContextLine(BaseModel):
    """A line of the shopper's cart."""

    model_config = ConfigDict(frozen=True)

    sku: str
    colour: str | None = None
    size: str | None = None
    quantity: int = Field(1, ge=1, validation_alias=AliasChoices("qty", "quantity"))


class Situation(BaseModel):
    """The state of the conversation before the text."""

    model_config = ConfigDict(frozen=True)

    step: NeutralStep = "browsing"
    options: tuple[str, ...] = ()  # SKUs, numbered from 1
    cart: tuple[ContextLine, ...] = ()
    sku: str | None = None  # the piece in focus
    order: str | bool | None = None
    language: Language | None = None

    @property
    def skus(self) -> tuple[str, ...]:
        lines = (line.sku for line in self.cart)
        return tuple(dict.fromkeys((*self.options, *lines, *((self.sku,) if self.sku else ()))))


class Expected(BaseModel):
    """The intents that must be understood, and their slots."""

    model_config = ConfigDict(frozen=True)

    intent: tuple[str, ...] = Field(
        min_length=1, validation_alias=AliasChoices("intent", "intents")
    )
    slots: dict[str, Any] = Field(default_factory=dict)

    @field_validator("intent", mode="before")
    @classmethod
    def _one_is_a_list(cls, intent: Any) -> Any:
        return (intent,) if isinstance(intent, str) else intent


class Utterance(BaseModel):
    model_config = ConfigDict(frozen=True)

    id: str
    lang: str = "?"
    text: str
    context: Situation = Situation()
    expect: Expected

    @field_validator("id", mode="before")
    @classmethod
    def _as_text(cls, value: Any) -> Any:
        return str(value) if isinstance(value, int) else value


def read_utterances(path: Path) -> list[Utterance]:
    """The utterances in a file. Raises BadEvalFile, naming the line and the field."""
    found = [
        parse(Utterance, value, f"{path} line {number}") for number, value in read_json_lines(path)
    ]
    if not found:
        raise BadEvalFile(f"{path}: no utterances in it")
    return found
