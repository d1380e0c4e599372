"""Stands before the tools: whose key it is, whether the shop is open to agents, and how often.

A refusal here is an answer of HTTP, before anything of the protocol is read.
"""

from __future__ import annotations

import re

from limits import RateLimitItemPerMinute
from psycopg import OperationalError
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from dukani.agents_api.access import SCOPE, Agent
from dukani.core.errors import CallerError, NotFound, NotSignedIn
from dukani.core.services import Services
from dukani.core.store import agent_calls
from dukani.dashboard_api.key_holders import PREFIX, digest_of
from dukani.identity.limits import AuthLimits
from dukani.web.problems import MEDIA_TYPE, headers_of, problem_of

PATH = "/mcp"
CALLS = RateLimitItemPerMinute(120)  # by one key
CALLS_OF_A_SHOP = RateLimitItemPerMinute(600)  # by all its keys
_ADDRESS = re.compile(r"/(?P<slug>[a-z0-9][a-z0-9-]{0,79})/?")


class AgentsOff(CallerError):
    """This shop lets no agents in just now: its owner can switch them on in the settings."""

    http_status = 403


class Gate:
    """ASGI: lets in who has a key of the boutique in the path, and tells the tools who it is."""

    def __init__(self, tools: ASGIApp, services: Services, limits: AuthLimits) -> None:
        self._tools = tools
        self._services = services
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        try:
            agent = await self._admitted(scope)
        except (CallerError, HTTPException, OperationalError) as error:
            await _refusal(error)(scope, receive, send)
            return
        inner = {**scope, "path": "/", "raw_path": b"/", "root_path": "", SCOPE: agent}
        await self._tools(inner, receive, send)

    async def _admitted(self, scope: Scope) -> Agent:
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        address = _ADDRESS.fullmatch(path)
        if address is None:
            raise NotFound(f"There is nothing here: the address is {PATH}/, then the shop's name.")
        if scope["method"] != "POST":
            # There are no sessions here, so there is no stream to open and none to end.
            raise HTTPException(405, "Send a POST.", headers={"allow": "POST"})
        key = await self._key(scope)
        if key.slug != address["slug"]:
            raise NotFound("This key is of no such shop: look at the address again.")
        await self._limits.take(CALLS, "agent", key.id)
        await self._limits.take(CALLS_OF_A_SHOP, "agents-of", key.boutique_id)
        if not key.is_on:
            raise AgentsOff
        return Agent(key.id, key.boutique_id, self._services)

    async def _key(self, scope: Scope) -> agent_calls.AgentKey:
        kind, _, token = Headers(scope=scope).get("authorization", "").partition(" ")
        if kind.lower() != "bearer" or not token.startswith(PREFIX):
            raise NotSignedIn("Send a key of the shop: `Authorization: Bearer dk_…`.")
        async with self._services.database.system_connection() as conn:
            key = await agent_calls.key_of(conn, digest=digest_of(token.strip()))
        if key is None:
            raise NotSignedIn("This key is none of an agent, or was revoked: ask the shop's owner.")
        return key


def _refusal(error: Exception) -> JSONResponse:
    problem = problem_of(error)
    return JSONResponse(
        problem.model_dump(mode="json", exclude_none=True),
        status_code=problem.status,
        headers=headers_of(error),
        media_type=MEDIA_TYPE,
    )
