"""Changes: who did what to which thing, before and after; for owners, also as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from tempfile import SpooledTemporaryFile
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse

from dukani.core import days
from dukani.core.store import boutiques, changes
from dukani.core.store.changes import Change, ChangeKind, Wanted
from dukani.dashboard_api.access import AnOwner, AProvenOwner, at_work, boutique_of
from dukani.dashboard_api.bodies import Answer
from dukani.dashboard_api.looking import Uncovers
from dukani.dashboard_api.pages import AskedPage, Page
from dukani.tools import change_table

router = APIRouter(prefix="/boutiques/{boutique_id}/changes", tags=["changes"])

Via = Literal["dashboard", "key", "command", "whatsapp", "system"]
_A_DAY = timedelta(days=1)
_IN_MEMORY = 2**20
_PART = 64 * 1024


class ChangedField(Answer):
    """`name` is a column's. Hidden: what was in it is told to nobody (secrets, phone numbers)."""

    name: str
    was: Any
    now: Any
    hidden: bool


class ListedChange(Answer):
    """`actor`: owner, staff, assistant, customer, provider, system or platform.

    `thing`: whose history the line is part of, as the filter `thing` takes it.
    """

    id: int
    at: datetime
    actor: str
    actor_id: str | None
    actor_email: str | None
    via: Via
    key_name: str | None
    action: str
    thing: str
    label: str | None
    fields: list[ChangedField]


class Changer(Answer):
    actor: str
    actor_id: str | None
    email: str | None


class Changers(Answer):
    items: list[Changer]


@dataclass(frozen=True, slots=True)
class Asked:
    who: str | None
    kind: ChangeKind | None
    thing: str | None
    since: date | None
    until: date | None


def asked_changes(
    who: Annotated[
        str | None,
        Query(pattern=r"^[a-z0-9-]{1,40}$", description="a member's id, or assistant, system …"),
    ] = None,
    kind: ChangeKind | None = None,
    thing: Annotated[
        str | None,
        Query(
            pattern=r"^[a-z_]{1,40}:[A-Za-z0-9-]{1,60}$",
            description="`products:<id>`, `customers:<id>`, `order:<number>`",
        ),
    ] = None,
    since: Annotated[date | None, Query(description="the boutique's day")] = None,
    until: Annotated[date | None, Query(description="the boutique's day, inclusive")] = None,
) -> Asked:
    return Asked(who, kind, thing, since, until)


AskedChanges = Annotated[Asked, Depends(asked_changes)]


@router.get("")
async def list_changes(owner: AnOwner, asked: AskedPage, which: AskedChanges) -> Page[ListedChange]:
    """The newest first. What was said in chats is in them, and here only if they are asked for."""
    boutique = await boutique_of(owner)
    after = asked.after(int)
    rows = await changes.page(
        owner.conn,
        _wanted(which, boutique.timezone),
        before=int(after.value) if after and isinstance(after.value, int) else None,
        limit=asked.limit + 1,
    )
    return asked.page(rows, lambda row: row.key, shown)


@router.get("/people")
async def list_changers(owner: AnOwner) -> Changers:
    """Everybody who changed something."""
    found = await changes.changers(owner.conn)
    return Changers(
        items=[
            Changer(actor=kind, actor_id=person, email=one.email)
            for one in found
            for kind, person in [_actor(one.actor)]
        ]
    )


@router.get("/export", response_class=StreamingResponse)
async def export_changes(
    owner: AProvenOwner, which: AskedChanges, _: Uncovers
) -> StreamingResponse:
    """As CSV, a line for each column that changed; nothing in it runs as a formula."""
    whole = SpooledTemporaryFile[bytes](max_size=_IN_MEMORY)
    async with at_work(owner, owners_only=True) as member:
        boutique = await boutiques.get(member.conn, boutique_id=owner.boutique_id)
        assert boutique is not None  # the owner's own
        wanted = _wanted(which, boutique.timezone)
        async for part in change_table.written(member.conn, wanted, timezone=boutique.timezone):
            whole.write(part)
    whole.seek(0)
    name = f"{boutique.slug}-changes-{datetime.now(UTC):%Y-%m-%d}.csv"
    return StreamingResponse(
        _read(whole),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


def shown(line: Change) -> ListedChange:
    actor, person = _actor(line.actor)
    return ListedChange(
        id=line.id,
        at=line.at,
        actor=actor,
        actor_id=person,
        actor_email=line.actor_email,
        via=_via(line),
        key_name=line.key_name,
        action=line.action,
        thing=line.thing,
        label=line.label,
        fields=[
            ChangedField(name=one.name, was=one.was, now=one.now, hidden=one.hidden)
            for one in change_table.fields_of(line)
        ],
    )


def _actor(written: str) -> tuple[str, str | None]:
    kind, _, person = written.partition(":")
    return kind, person or None


def _via(line: Change) -> Via:
    if line.via is None or line.actor.startswith("platform"):
        return "dashboard" if ":" in line.actor else "system"
    kind = line.via.partition(":")[0]
    return kind if kind in ("key", "command", "whatsapp") else "system"  # type: ignore[return-value]


def _wanted(which: Asked, timezone: str) -> Wanted:
    return Wanted(
        actor=which.who,
        kind=which.kind,
        thing=which.thing,
        since=_begins(which.since, timezone),
        until=_begins(which.until, timezone, later=_A_DAY),
    )


def _begins(day: date | None, timezone: str, *, later: timedelta = timedelta()) -> datetime | None:
    if day is None or not days.FIRST <= day <= days.LAST:
        return None
    return days.begins(day + later, timezone)


def _read(whole: SpooledTemporaryFile[bytes]) -> Iterator[bytes]:
    with whole:
        while part := whole.read(_PART):
            yield part
