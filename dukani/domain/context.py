"""Defines the dialogue context a mind gets beside the words of a message."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dukani.domain.acts import Language
from dukani.domain.pieces import Assortment, Frozen, LeftOut, Line, Option
from dukani.domain.questions import Asked
from dukani.domain.steps import Step


class Utterance(Frozen):
    """One of the last messages of the conversation."""

    author: Literal["customer", "assistant", "staff"]
    text: str


class TurnContext(Frozen):
    """The dialogue context: the conversation as the customer sees it on the phone."""

    step: Step = "start"
    options: tuple[Option, ...] = Field((), description="the list shown last")
    earlier: tuple[tuple[Option, ...], ...] = Field(
        (), description="lists shown before, newest first"
    )
    focus: Option | None = Field(
        None, description="the piece under discussion; colours: known one first"
    )
    replied_to_option: int | None = Field(
        None, description="option number of the picture this message replies to"
    )
    cart: tuple[Line, ...] = Field(
        (), description="the draft order's lines, or the placed order's while it is being paid"
    )
    left_out: tuple[LeftOut, ...] = Field(
        (), description="what left the order since it was begun, the newest first"
    )
    last_line: int | None = Field(None, description="number of the line changed last")
    spoken_size: str | None = Field(
        None, description="the size said last of the piece spoken of, whether it is had or not"
    )
    spoken_colour: str | None = Field(None, description="the colour said last of it, likewise")
    children: tuple[tuple[str, int], ...] = Field(
        (), description="boys, girls, elder or younger, and the age told of that child before"
    )
    question: Asked | None = Field(None, description="what the assistant asked last")
    choices: tuple[str, ...] = Field((), description="what it offered: colours or sizes")
    has_order: bool = False
    language: Language = "en"
    with_image: bool = False
    sold: Assortment = Assortment()
    currency: str = "KES"
    history: tuple[Utterance, ...] = Field(
        (),
        description="the last messages before these words, oldest first; only for a mind with"
        " the attribute `wants_history = True`",
    )
