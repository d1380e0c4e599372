"""Keeps segments under names, each once."""

from __future__ import annotations

from psycopg.errors import UniqueViolation

from dukani.core.database import Connection
from dukani.core.errors import Conflict, InvalidValue, NotFound
from dukani.core.store import campaigns
from dukani.core.store import saved_segments as store
from dukani.core.store.saved_segments import SavedSegment
from dukani.domain.segments import WrittenGroup

MOST = 200  # all of them are read at once


class StillUsed(Conflict):
    """A campaign that is not over is for these customers: change or end it first."""


async def the_segment(
    conn: Connection, *, segment_id: str, for_update: bool = False
) -> SavedSegment:
    """Raises NotFound."""
    found = await store.get(conn, segment_id=segment_id, for_update=for_update)
    if found is None:
        raise NotFound("There is no such segment here.")
    return found


async def add(conn: Connection, *, name: str, rule: WrittenGroup) -> SavedSegment:
    """Raises InvalidValue for a name that is taken, and beyond `MOST`."""
    if len(await store.of_boutique(conn)) >= MOST:
        raise InvalidValue(
            field="name", value=name, remedy=f"There are {MOST} already: delete one first."
        )
    try:
        async with conn.transaction():
            return await store.add(conn, name=name, rule=rule.model_dump(mode="json"))
    except UniqueViolation as error:
        raise name_taken(name) from error


async def change(
    conn: Connection, *, segment_id: str, name: str, rule: WrittenGroup
) -> SavedSegment:
    """Raises NotFound, or InvalidValue for a name that is taken."""
    try:
        async with conn.transaction():
            changed = await store.change(
                conn, segment_id=segment_id, name=name, rule=rule.model_dump(mode="json")
            )
    except UniqueViolation as error:
        raise name_taken(name) from error
    if changed is None:
        raise NotFound("There is no such segment here.")
    return changed


async def remove(conn: Connection, *, segment_id: str) -> None:
    """Raises NotFound, or StillUsed."""
    await the_segment(conn, segment_id=segment_id)
    if await campaigns.uses_audience(conn, key="segment_id", value=segment_id):
        raise StillUsed
    await store.remove(conn, segment_id=segment_id)


def name_taken(name: str) -> InvalidValue:
    return InvalidValue(field="name", value=name, remedy="There is one of this name: take another.")
