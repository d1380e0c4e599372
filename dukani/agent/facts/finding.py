"""Facts of seeing and finding."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dukani.agent.facts.pieces import Fact, Option, Wish


class PhotoSeen(Fact):
    """Confident: what the photo shows; options usually follow. `number`: of several, from 1."""

    kind: Literal["photo_seen"] = "photo_seen"
    number: int | None = None
    category: str
    colour: str | None = None
    pattern: str | None = None


class PhotoUnsure(Fact):
    """Below 0.6: ask which of these it is (the closest pieces may follow).

    Of several photos (`number`) nothing is asked: no answer could tell which is meant.
    """

    kind: Literal["photo_unsure"] = "photo_unsure"
    number: int | None = None
    candidates: tuple[str, ...]


class PhotoUnreadable(Fact):
    kind: Literal["photo_unreadable"] = "photo_unreadable"
    number: int | None = None


class VoiceNotHeard(Fact):
    """A voice note or another kind we cannot take in yet: ask for text or a photo."""

    kind: Literal["voice_not_heard"] = "voice_not_heard"
    message_kind: str = "audio"


class OptionsShown(Fact):
    """Numbered options, shown with one picture and a list. Ask which one she wants."""

    kind: Literal["options_shown"] = "options_shown"
    options: tuple[Option, ...]
    wish: Wish = Wish()
    dropped: tuple[str, ...] = Field(
        (), description="wishes no piece fulfils (names of Wish fields), given up to find these"
    )
    similar_to: str | None = None  # name of the piece that is out of stock
    more: bool = False  # there are more to show


class NothingFound(Fact):
    kind: Literal["nothing_found"] = "nothing_found"
    wish: Wish
    categories: tuple[str, ...] = ()  # what the shop does have


class NoMoreOptions(Fact):
    kind: Literal["no_more_options"] = "no_more_options"


class AskWhatToFind(Fact):
    """She wants to see something but said nothing to go by."""

    kind: Literal["ask_what_to_find"] = "ask_what_to_find"
    categories: tuple[str, ...] = ()
