"""The people of a boutique and their roles; owners invite and remove."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import StringConstraints

from dukani.core.store import members as store
from dukani.dashboard_api.access import AMember, AnOwner, AProvenOwner
from dukani.dashboard_api.bodies import Answer, Body
from dukani.dashboard_api.key_holders import PeopleOnly
from dukani.tools import members as tool

router = APIRouter(prefix="/boutiques/{boutique_id}/members", tags=["members"])

Role = Literal["owner", "staff"]
Email = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=254)]


class Member(Answer):
    user_id: UUID
    email: str | None
    role: Role
    confirmed: bool
    joined_at: datetime
    last_sign_in_at: datetime | None


class Members(Answer):
    items: list[Member]


class Invitation(Body):
    email: Email
    role: Role = "staff"


class Invited(Answer):
    user_id: UUID
    link_sent: bool


class NewRole(Body):
    role: Role


@router.get("")
async def list_members(member: AMember) -> Members:
    found = await store.colleagues(member.conn)
    return Members(items=[Member.model_validate(one, from_attributes=True) for one in found])


@router.post("", status_code=201)
async def invite_member(owner: AProvenOwner, invitation: Invitation, _: PeopleOnly) -> Invited:
    """Who has no account yet gets a mail; the same invitation again sends another."""
    claims = {"sub": owner.signed_in.user_id}
    new = await tool.invite(
        owner.services,
        lambda: owner.services.database.member_connection(
            claims, owner.boutique_id, owners_only=True
        ),
        boutique_id=owner.boutique_id,
        email=invitation.email,
        role=invitation.role,
    )
    return Invited(user_id=UUID(new.user_id), link_sent=new.link_sent)


@router.put("/{user_id}", status_code=204)
async def change_member(owner: AnOwner, user_id: UUID, change: NewRole, _: PeopleOnly) -> None:
    await tool.change_role(
        owner.conn,
        boutique_id=owner.boutique_id,
        user_id=str(user_id),
        role=change.role,
        actor_id=owner.signed_in.user_id,
    )


@router.delete("/{user_id}", status_code=204)
async def remove_member(owner: AnOwner, user_id: UUID, _: PeopleOnly) -> None:
    """The person is refused from the next request on."""
    await tool.remove(
        owner.conn,
        boutique_id=owner.boutique_id,
        user_id=str(user_id),
        actor_id=owner.signed_in.user_id,
    )
