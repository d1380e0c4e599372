"""Whose key a call has, and the transaction it works in."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from psycopg import OperationalError
from psycopg_pool import PoolTimeout
from starlette.requests import Request

from dukani.core.database import Connection
from dukani.core.errors import CallerError, InvalidValue, OutOfStock
from dukani.core.services import Services
from dukani.core.store import agent_calls, boutiques
from dukani.core.store.boutiques import Boutique
from dukani.web.problems import code_of

log = structlog.get_logger()

SCOPE = "dukani.agent"  # where the gate leaves the agent for the tools


@dataclass(frozen=True, slots=True)
class Agent:
    """An agent with a key of the boutique."""

    key_id: str
    boutique_id: str
    services: Services

    def shopper(self, shopper_id: str) -> bytes:
        """What is kept of the agent's word for a shopper: it may be a phone, for all we know."""
        signed = self.services.secrets.sign(f"agent shopper {self.key_id} {shopper_id}")
        return hashlib.sha256(signed.encode()).digest()


@dataclass(frozen=True, slots=True)
class AtWork:
    """`conn`: a transaction with the assistant's rights in the boutique."""

    agent: Agent
    conn: Connection
    boutique: Boutique


def agent_of(ctx: Context) -> Agent:
    """The agent whose key the gate has found good."""
    request = ctx.request_context.request
    assert isinstance(request, Request)  # the gate stands before every call
    agent: Agent = request.scope[SCOPE]
    return agent


@asynccontextmanager
async def called(ctx: Context, tool: str) -> AsyncIterator[Agent]:
    """Counts the call, and words what is refused as an error that the agent's model can act on."""
    agent = agent_of(ctx)
    try:
        yield agent
    except CallerError as error:
        await _note(agent, tool, refused=True)
        raise ToolError(_worded(error)) from error
    except (OperationalError, PoolTimeout) as error:
        raise ToolError("unavailable: Too much at once. Try again in a moment.") from error
    await _note(agent, tool, refused=False)


@asynccontextmanager
async def at_work(agent: Agent) -> AsyncIterator[AtWork]:
    async with agent.services.database.tenant_connection(agent.boutique_id) as conn:
        boutique = await boutiques.get(conn, boutique_id=agent.boutique_id)
        assert boutique is not None  # the key's own
        yield AtWork(agent, conn, boutique)


async def _note(agent: Agent, tool: str, *, refused: bool) -> None:
    """In a transaction of its own: a count never keeps two shoppers waiting for each other."""
    async with agent.services.database.tenant_connection(agent.boutique_id) as conn:
        await agent_calls.note(conn, key_id=agent.key_id, tool=tool, refused=refused)


def _worded(error: CallerError) -> str:
    """`code: what is wrong, and the remedy`, with the value where there is one."""
    code = code_of(type(error))
    match error:
        case InvalidValue():
            had = "" if error.value is None else f" {str(error.value)[:80]!r} cannot be taken."
            return f"{code}: {error.field}:{had} {error.remedy}"
        case OutOfStock():
            left = f"only {error.available} left" if error.available else "sold out"
            return f"{code}: quantity: {error.wanted} wanted, {left}. Take fewer, or another one."
    return f"{code}: {error}"


def digest_of(*said: object) -> bytes:
    """Of a call with all that was said in it."""
    return hashlib.sha256(repr(said).encode()).digest()
