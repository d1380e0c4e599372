"""What the tour's chapters share: the demo's shops, their owners' API, the clock and the database.

Time passes by moving the rows of what happened into the past; the service's own clock then finds
what is due. All else is done from outside, as people do.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx
import psycopg
from psycopg.rows import dict_row

from dukani.dashboard_api.app import PREFIX
from dukani.demo_people import PASSWORD
from tests.integration.killing.automation_tour.stream import Stream

Row = dict[str, Any]
SOON_S = 60.0
# A minute until the clock looks for left carts, and the machine may be slow.
CLOCK_S = 150.0

# What an hour that passes makes older.
_TIMES: Mapping[str, Sequence[str]] = {
    "messages": ("created_at", "updated_at"),
    "conversations": ("last_inbound_at",),
    "carts": ("updated_at", "left_at"),
    "window_carts": ("changed_at", "left_at"),
    "consent_codes": ("created_at",),
    "window_prompts": ("created_at",),
    "automation_enrolments": ("began_at", "counted_from", "due_at"),
    "automation_sends": ("created_at", "sent_at", "delivered_at", "read_at", "clicked_at"),
}


@dataclass
class Shop:
    """A boutique of the demo, whose owner is signed in by the real API."""

    key: str  # of its account in the sandbox; also its slug
    id: str
    service: httpx.AsyncClient = field(repr=False)
    sandbox: httpx.AsyncClient = field(repr=False)
    database: str = field(repr=False)
    stream: Stream = field(repr=False)
    token: str = field(repr=False, default="")

    async def sign_in(self) -> None:
        said = {"email": f"owner@{self.key}.demo", "password": PASSWORD}
        answer = await self.service.post("/auth/v1/token?grant_type=password", json=said)
        answer.raise_for_status()
        self.token = answer.json()["access_token"]

    async def call(self, method: str, path: str, **given: Any) -> Any:
        """The owner's call; `path` is within the boutique. Raises on a refusal, with its words."""
        response = await self.service.request(
            method,
            f"{PREFIX}/boutiques/{self.id}{path}",
            headers={"authorization": f"Bearer {self.token}"} | given.pop("headers", {}),
            **given,
        )
        if response.is_error:
            raise RuntimeError(f"{method} {path}: {response.status_code} {response.text[:300]}")
        return response.json() if response.content else None

    async def rows(self, query: str, **given: Any) -> list[Row]:
        """What is really there; `%(shop)s` is its id."""
        async with await psycopg.AsyncConnection.connect(
            self.database, autocommit=True, row_factory=dict_row
        ) as conn:
            cursor = await conn.execute(query.encode(), {"shop": self.id, **given})
            return await cursor.fetchall() if cursor.description else []

    async def row(self, query: str, **given: Any) -> Row:
        found = await self.rows(query, **given)
        return found[0] if found else {}

    async def pass_time(self, hours: float) -> None:
        """All that happened in the shop is so many hours longer ago."""
        async with await psycopg.AsyncConnection.connect(self.database) as conn:
            await conn.execute("set local session_replication_role = 'replica'")
            for table, columns in _TIMES.items():
                older = ", ".join(f"{one} = {one} - %(by)s * interval '1 hour'" for one in columns)
                await conn.execute(
                    f"update {table} set {older} where boutique_id = %(shop)s".encode(),
                    {"shop": self.id, "by": hours},
                )

    async def set_stock(self, piece: Row, units: int) -> None:
        """The owner counts the piece: one variant has so many units, the others none."""
        variants = await self.rows(
            """select id::text as id, quantity from product_variants
               where boutique_id = %(shop)s and product_id = %(piece)s::uuid""",
            piece=piece["id"],
        )
        for one in variants:
            wanted = units if one["id"] == piece["variant_id"] else 0
            if one["quantity"] != wanted:
                moved = {"delta": wanted - one["quantity"], "reason": "adjustment"}
                path = f"/products/{piece['id']}/variants/{one['id']}/stock-movements"
                await self.call("POST", path, json=moved)


async def until(
    ask: Callable[[], Awaitable[Any]], *, within_s: float = SOON_S, every_s: float = 0.3
) -> Any:
    """What it answers once it is something; else its last answer, and the lines say what lacks."""
    give_up = time.monotonic() + within_s
    while True:
        found = await ask()
        if found or time.monotonic() > give_up:
            return found
        await asyncio.sleep(every_s)
