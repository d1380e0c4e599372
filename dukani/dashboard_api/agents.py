"""Other agents of a boutique: whether they are let in, their address and keys, what they did."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import StringConstraints

from dukani.core.errors import InvalidValue, NotFound
from dukani.core.store import agent_calls, api_keys, boutique_edits
from dukani.core.store.agent_calls import CallsOfKey
from dukani.dashboard_api.access import AnOwner, Member
from dukani.dashboard_api.bodies import Answer, Body
from dukani.dashboard_api.key_holders import PeopleOnly, beginning_of, digest_of, new_key

router = APIRouter(prefix="/boutiques/{boutique_id}/agents", tags=["other agents"])

DAYS = 7
MOST_KEYS = 20  # that are not revoked


class AgentKey(Answer):
    """`calls`, `refused`: of the last days."""

    id: UUID
    name: str
    begins_with: str
    created_at: datetime
    revoked_at: datetime | None
    last_called_at: datetime | None
    calls: int
    refused: int


class ToolCalls(Answer):
    tool: str
    calls: int


class Agents(Answer):
    """`address`: what an agent is given with a key. `days`: what the counts are of."""

    on: bool
    address: str
    days: int
    calls: int
    refused: int
    tools: list[ToolCalls]
    keys: list[AgentKey]


class MadeAgentKey(Answer):
    key: str  # told here and never again
    agents: Agents


class Switch(Body):
    on: bool


class NewAgentKey(Body):
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]


@router.get("")
async def get_agents(owner: AnOwner) -> Agents:
    return await _shown(owner)


@router.put("")
async def switch_agents(owner: AnOwner, wanted: Switch, _: PeopleOnly) -> Agents:
    """Let agents with a key in, or refuse them all; their keys stay."""
    await agent_calls.switch(owner.conn, on=wanted.on)
    return await _shown(owner)


@router.post("/keys", status_code=201)
async def create_agent_key(owner: AnOwner, wanted: NewAgentKey, _: PeopleOnly) -> MadeAgentKey:
    """Make a key for one agent: it opens the six tools and nothing else."""
    keys = await api_keys.of_boutique(owner.conn, scope="agents")
    if sum(one.revoked_at is None for one in keys) >= MOST_KEYS:
        raise InvalidValue(
            field="name", remedy=f"There are {MOST_KEYS} keys: revoke one that nobody uses."
        )
    key = new_key()
    await api_keys.add(
        owner.conn,
        name=wanted.name,
        begins_with=beginning_of(key),
        digest=digest_of(key),
        may_write=False,
        user_id=owner.signed_in.user_id,
        scope="agents",
    )
    return MadeAgentKey(key=key, agents=await _shown(owner))


@router.delete("/keys/{key_id}")
async def revoke_agent_key(owner: AnOwner, key_id: UUID, _: PeopleOnly) -> Agents:
    """The key is refused from its next use on."""
    revoked = await api_keys.revoke(owner.conn, key_id=str(key_id), scope="agents")
    if revoked is None:
        raise NotFound("There is no such key here.")
    return await _shown(owner)


async def _shown(owner: Member) -> Agents:
    boutique = await boutique_edits.get(owner.conn)
    calls = {one.key_id: one for one in await agent_calls.by_key(owner.conn, days=DAYS)}
    tools = await agent_calls.by_tool(owner.conn, days=DAYS)
    keys = await api_keys.of_boutique(owner.conn, scope="agents")
    base = owner.services.settings.web.public_url.rstrip("/")
    return Agents(
        on=await agent_calls.is_on(owner.conn),
        address=f"{base}/mcp/{boutique.slug}",
        days=DAYS,
        calls=sum(one.calls for one in calls.values()),
        refused=sum(one.refused for one in calls.values()),
        tools=[ToolCalls(tool=tool, calls=count) for tool, count in tools.items()],
        keys=[_key(one, calls.get(one.id)) for one in keys],
    )


def _key(key: api_keys.ApiKey, calls: CallsOfKey | None) -> AgentKey:
    return AgentKey(
        id=UUID(key.id),
        name=key.name,
        begins_with=key.begins_with,
        created_at=key.created_at,
        revoked_at=key.revoked_at,
        last_called_at=calls.last_at if calls else key.last_used_at,
        calls=calls.calls if calls else 0,
        refused=calls.refused if calls else 0,
    )
