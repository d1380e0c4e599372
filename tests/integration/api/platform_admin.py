"""A platform admin's calls of the API, in one boutique."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx
import psycopg

from tests.integration.api.conftest import Signed
from tests.signing_in import as_person


class Admin(Signed):
    """`call` is the platform's, within the boutique; `look_at` is the boutique's own API."""

    async def call(self, method: str, path: str = "", **given: Any) -> httpx.Response:
        url = f"/platform/boutiques/{self.boutique}{path}"
        return await self.client.request(method, url, headers=as_person(self.user_id), **given)

    async def look_at(self, path: str, method: str = "GET", **given: Any) -> httpx.Response:
        url = f"/boutiques/{self.boutique}{path}"
        return await self.client.request(method, url, headers=as_person(self.user_id), **given)


def an_admin(client: httpx.AsyncClient, superuser_url: str, boutique: str) -> Admin:
    user = str(uuid4())
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "insert into auth.users (id, email) values (%s, %s)", (user, f"{user}@dukani.test")
        )
        conn.execute("insert into private.platform_admins (user_id) values (%s)", (user,))
    return Admin(client, boutique, user)


def audit_of(superuser_url: str, boutique: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Actor, action and details of each line, the oldest first."""
    with psycopg.connect(superuser_url) as conn:
        return conn.execute(
            "select actor, action, details from audit_log where boutique_id = %s order by id",
            (boutique,),
        ).fetchall()
