"""Defines facts about photos seen and search results."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dukani.agent.facts.pieces import Fact, Option, Wish


class PhotoSeen(Fact):
    """Says what a photo shows; options usually follow. `number` counts several photos from 1.

    `beside` are the categories of further garments in it, which the customer may have meant.
    """

    kind: Literal["photo_seen"] = "photo_seen"
    number: int | None = None
    category: str
    colour: str | None = None
    pattern: str | None = None
    beside: tuple[str, ...] = ()


class NothingWorn(Fact):
    """The photo shows nothing that is worn: a landscape, a receipt, a face."""

    kind: Literal["nothing_worn"] = "nothing_worn"
    number: int | None = None


class PhotoUnsure(Fact):
    """Asks which category a photo shows (confidence below 0.6); the closest pieces may follow.

    Of several photos (`number`) nothing is asked: no answer could tell which photo is meant.
    """

    kind: Literal["photo_unsure"] = "photo_unsure"
    number: int | None = None
    candidates: tuple[str, ...]


class PhotoUnreadable(Fact):
    kind: Literal["photo_unreadable"] = "photo_unreadable"
    number: int | None = None


class VoiceNotHeard(Fact):
    """A voice note or other unsupported message came; asks for text or a photo."""

    kind: Literal["voice_not_heard"] = "voice_not_heard"
    message_kind: str = "audio"


class OptionsShown(Fact):
    """Shows numbered options with one picture and a list, and asks which one is wanted."""

    kind: Literal["options_shown"] = "options_shown"
    options: tuple[Option, ...]
    wish: Wish = Wish()
    dropped: tuple[str, ...] = Field(
        (), description="criteria (names of Wish fields) dropped because no piece fulfils them"
    )
    similar_to: str | None = None  # name of the piece that is out of stock
    more: bool = False  # there are more to show


class NothingFound(Fact):
    kind: Literal["nothing_found"] = "nothing_found"
    wish: Wish
    categories: tuple[str, ...] = ()  # categories the shop has


class NoMoreOptions(Fact):
    kind: Literal["no_more_options"] = "no_more_options"


class AskWhatToFind(Fact):
    """Asks what to search for, as the customer gave no criteria."""

    kind: Literal["ask_what_to_find"] = "ask_what_to_find"
    categories: tuple[str, ...] = ()
