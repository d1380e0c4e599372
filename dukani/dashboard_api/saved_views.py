"""Saved views: the filters of a list under a name, a member's own or the shop's."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import Field, StringConstraints

from dukani.core.store import saved_views as store
from dukani.core.store.saved_views import SavedView, Screen, ViewFields
from dukani.dashboard_api.access import AMember
from dukani.dashboard_api.bodies import Answer, Body
from dukani.dashboard_api.idempotency import IdempotencyKey, once
from dukani.tools import saved_views

router = APIRouter(prefix="/boutiques/{boutique_id}/saved-views", tags=["saved views"])

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
ParamName = Annotated[str, StringConstraints(max_length=20)]
ParamValue = Annotated[str, StringConstraints(max_length=100)]


class ViewBody(Body):
    """`shared`: for all of the shop, which an owner decides. `opens_first`: instead of no filter.

    What the screen does not know of `params` is left out.
    """

    name: Name
    params: Annotated[dict[ParamName, ParamValue], Field(max_length=10)]
    shared: bool = False
    opens_first: bool = False


class NewView(ViewBody):
    screen: Screen


class View(Answer):
    """`params` as in the screen's address; `stale`: those that it does not know any more."""

    id: UUID
    screen: Screen
    name: str
    params: dict[str, str]
    stale: list[str]
    shared: bool
    opens_first: bool
    updated_at: datetime


class Views(Answer):
    items: list[View]


@router.get("")
async def list_saved_views(member: AMember, screen: Screen | None = None) -> Views:
    """The shop's, then the member's own, each by their names; of all screens or of one."""
    found = await store.seen_by_member(member.conn, screen=screen)
    groups = await saved_views.groups(member.conn) if found else frozenset()
    return Views(items=[_shown(one, groups) for one in found])


@router.post("", status_code=201)
async def create_saved_view(
    member: AMember, new: NewView, request: Request, idempotency_key: IdempotencyKey = None
) -> View:
    async def create() -> View:
        groups = await saved_views.groups(member.conn)
        made = await saved_views.add(
            member.conn, screen=new.screen, fields=_fields(new, new.screen, groups)
        )
        return _shown(made, groups)

    return await once(member, request, idempotency_key, create, View)


@router.put("/{view_id}")
async def replace_saved_view(member: AMember, view_id: UUID, body: ViewBody) -> View:
    before = await saved_views.the_view(member.conn, view_id=str(view_id))
    groups = await saved_views.groups(member.conn)
    changed = await saved_views.change(
        member.conn, before, fields=_fields(body, before.screen, groups)
    )
    return _shown(changed, groups)


@router.delete("/{view_id}", status_code=204)
async def remove_saved_view(member: AMember, view_id: UUID) -> None:
    await saved_views.remove(member.conn, view_id=str(view_id))


def _fields(body: ViewBody, screen: Screen, groups: Collection[str]) -> ViewFields:
    return ViewFields(
        name=body.name,
        params=saved_views.fitting(screen, body.params, groups=groups),
        shared=body.shared,
        opens_first=body.opens_first,
    )


def _shown(view: SavedView, groups: Collection[str]) -> View:
    params = saved_views.fitting(view.screen, view.params, groups=groups)
    return View(
        id=UUID(view.id),
        screen=view.screen,
        name=view.name,
        params=params,
        stale=sorted(view.params.keys() - params.keys()),
        shared=view.shared,
        opens_first=view.opens_first,
        updated_at=view.updated_at,
    )
