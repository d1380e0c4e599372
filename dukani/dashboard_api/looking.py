"""Lets a platform admin look at a boutique's dashboard, read-only, while her look is open.

Whoever is no member of the boutique is asked for such a look. The admin sees what the owner would
see, in a transaction in which PostgreSQL writes nothing. No key is shown, nothing is uncovered or
taken out, and each kind of page is a line of the boutique's audit log.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from dukani.core.database import Connection
from dukani.core.errors import CallerError, PlatformAdminsOnly
from dukani.core.services import Services
from dukani.core.store import audit, platform_looks
from dukani.dashboard_api.key_holders import people_only

READING = ("GET", "HEAD")
_NO_PAGES = ("events", "platform notices")  # every page asks for them


class LooksOnly(CallerError):
    """You only look at this shop: nothing is changed, uncovered or taken out."""

    http_status = 403


def uncovers() -> None:
    """Marks a route whose answer takes something out of the shop: not for who only looks."""


Uncovers = Annotated[None, Depends(uncovers)]


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What a request is for: `page` is the kind of page, as the audit log names it."""

    page: str
    may_look: bool


def asked_for(request: Request) -> AskedFor:
    route = request.scope.get("route")
    if not isinstance(route, APIRoute):
        return AskedFor("", may_look=False)
    uncovered = any(call in (uncovers, people_only) for call in _calls(route.dependant))
    page = str(route.tags[0]) if route.tags else route.name
    return AskedFor(page, may_look=request.method in READING and not uncovered)


def _calls(dependant: Dependant) -> Iterator[object]:
    for inner in dependant.dependencies:
        yield inner.call
        yield from _calls(inner)


async def is_looking(
    services: Services, *, admin_id: str, boutique_id: str, asked: AskedFor
) -> bool:
    """Whether the person looks at the boutique, of which she is no member. Raises LooksOnly."""
    claims = {"sub": admin_id}
    try:
        async with services.database.platform_connection(claims, boutique_id=boutique_id) as conn:
            look = await platform_looks.current(conn, admin_id=admin_id)
            if look is None:
                return False
            if not asked.may_look:
                raise LooksOnly
            await _note(conn, look.id, asked.page)
            return True
    except PlatformAdminsOnly:
        return False


async def _note(conn: Connection, look_id: str, page: str) -> None:
    if page not in _NO_PAGES and await platform_looks.note_page(conn, look_id=look_id, page=page):
        await audit.write_by_member(
            conn,
            action="platform_looked_at",
            subject=f"platform_look:{look_id}",
            details={"page": page},
        )
