"""Reads files of dialogues: turns, events, and the checks after each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from dukani.evals.files import parse, read_json

Checks = dict[str, Any]

# Events (other than the shopper's messages), and other names for each in files.
EVENTS: dict[str, tuple[str, ...]] = {
    "payment_succeeded": (),
    "payment_failed": (),
    "staff_message": ("staff_reply",),
    "staff_release": ("hand_back", "bot_resume"),
}


def event_called(name: str) -> str | None:
    """The event's canonical name; None for an unknown name."""
    return next((event for event, others in EVENTS.items() if name in (event, *others)), None)


class Photo(BaseModel):
    """A photo: `attrs` are its result of image recognition, else the photo at `path` is used."""

    model_config = ConfigDict(frozen=True)

    describe: str = ""
    attrs: dict[str, Any] | None = None
    path: str | None = None

    @model_validator(mode="after")
    def _can_be_seen(self) -> Photo:
        if self.attrs is None and self.path is None:
            raise ValueError("a photo needs attrs (what an eye says of it) or a path")
        return self


class Place(BaseModel):
    """A shared location."""

    model_config = ConfigDict(frozen=True)

    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)
    name: str = ""


class Said(BaseModel):
    """The shopper's message: text, a photo, both, or a location."""

    model_config = ConfigDict(frozen=True)

    text: str = ""
    image: Photo | None = None
    location: Place | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Said:
        if not self.text and self.image is None and self.location is None:
            raise ValueError("a user turn needs text, an image or a location")
        return self


class Event(BaseModel):
    """An event other than a message of the shopper's."""

    model_config = ConfigDict(frozen=True)

    type: str
    reason: str = ""
    text: str = ""


class Turn(BaseModel):
    model_config = ConfigDict(frozen=True)

    user: Said | None = None
    event: Event | None = None
    then: Checks = Field(default_factory=dict)

    @field_validator("user", mode="before")
    @classmethod
    def _words_alone(cls, user: Any) -> Any:
        return {"text": user} if isinstance(user, str) else user

    @field_validator("event", mode="before")
    @classmethod
    def _type_alone(cls, event: Any) -> Any:
        return {"type": event} if isinstance(event, str) else event

    @model_validator(mode="after")
    def _is_one_of_the_two(self) -> Turn:
        if (self.user is None) == (self.event is None):
            raise ValueError("a turn has either user or event")
        return self


class Dialogue(BaseModel):
    model_config = ConfigDict(frozen=True)

    id: str
    lang: str = "?"
    tags: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = Field(min_length=1)
    expect_final: Checks = Field(default_factory=dict)


class DialogueFile(BaseModel):
    model_config = ConfigDict(frozen=True)

    catalogue: str | None = None  # path relative to this file
    dialogues: tuple[Dialogue, ...] = Field(min_length=1)


def read_dialogues(path: Path) -> DialogueFile:
    """The dialogues in a file. Raises BadEvalFile, naming the wrong field."""
    value = read_json(path)
    if isinstance(value, list):
        value = {"dialogues": value}
    return parse(DialogueFile, value, str(path))
