"""Turns the photos of a turn into tasks to look at them, with the words about each. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dukani.agent.facts import Fact, PhotosCounted
from dukani.core.store.messages import Message
from dukani.domain.acts import (
    Act,
    Add,
    AskPrice,
    AskStock,
    Greeting,
    More,
    Search,
    Set,
    Unclear,
)
from dukani.domain.attachments import MOST_PHOTOS, Attachment, attachments_of
from dukani.graph.happenings import Look
from dukani.graph.state import Task

_OF_A_PHOTO = (Search, AskStock, AskPrice, Add, Set, Greeting, Unclear, More)


def photos_of(written: Sequence[Message], opened: Collection[str]) -> list[Attachment]:
    """Every photo sent, in order, and every document that was opened as a photo.

    `opened` holds the keys of the attachments opened as photos.
    """
    files = [a for m in written for a in attachments_of(m.id, m.kind, m.payload)]
    return [a for a in files if a.holds == "photo" or a.key in opened]


def photo_count_facts(photos: Sequence[Attachment]) -> list[Fact]:
    """A fact that only MOST_PHOTOS were looked at, if more were sent."""
    if len(photos) <= MOST_PHOTOS:
        return []
    return [PhotosCounted(looked_at=MOST_PHOTOS, sent=len(photos))]


def with_photos(
    tasks: Sequence[Task], photos: Sequence[Attachment], captions: dict[str, Sequence[Act]]
) -> list[Task]:
    """The tasks with a Look for each photo first; acts about a photo ("in blue?") narrow it.

    `captions` maps message ids to the acts of the message's own words, where several photos have
    captions.
    """
    if not photos:
        return list(tasks)
    looked_at = photos[:MOST_PHOTOS]
    several = len(photos) > 1
    looks = [
        Look(
            photo.key,
            _as_search(captions.get(photo.message_id, tasks)),
            number if several else None,
        )
        for number, photo in enumerate(looked_at, start=1)
    ]
    others = [task for task in tasks if not isinstance(task, _OF_A_PHOTO)]
    return [*looks, *others]


def _as_search(tasks: Sequence[Task]) -> Search:
    search = Search()
    for task in tasks:
        search = search.model_copy(update=_slots_of(task))
    return search


def _slots_of(task: Task) -> dict[str, object]:
    """The slots of a search that the task gives about the piece in a photo."""
    if isinstance(task, Search):
        return task.model_dump(exclude_none=True, exclude={"kind", "text", "cheaper"})
    if isinstance(task, AskStock | AskPrice | Add | Set):
        told = task.target.model_dump(include={"name", "category", "colour", "size"})
        if not isinstance(task, AskPrice):
            values = {"colour", "size", "quantity", "age"}
            told |= task.values.model_dump(include=values, exclude_none=True)
        return {key: value for key, value in told.items() if value is not None}
    return {}
