"""A platform admin's calls of the API, in one boutique."""

from __future__ import annotations

from typing import Any

import httpx
import psycopg

from tests.integration.api.conftest import Signed
from tests.signing_in import a_platform_admin, as_person


class Admin(Signed):
    """`call` is the platform's, within the boutique; `look_at` is the boutique's own API."""

    async def call(self, method: str, path: str = "", **given: Any) -> httpx.Response:
        url = f"/platform/boutiques/{self.boutique}{path}"
        return await self.client.request(method, url, headers=as_person(self.user_id), **given)

    async def look_at(self, path: str, method: str = "GET", **given: Any) -> httpx.Response:
        url = f"/boutiques/{self.boutique}{path}"
        return await self.client.request(method, url, headers=as_person(self.user_id), **given)


def an_admin(client: httpx.AsyncClient, superuser_url: str, boutique: str) -> Admin:
    return Admin(client, boutique, a_platform_admin(superuser_url))


def audit_of(superuser_url: str, boutique: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Actor, action and details of each line, the oldest first."""
    with psycopg.connect(superuser_url) as conn:
        return conn.execute(
            "select actor, action, details from audit_log where boutique_id = %s order by id",
            (boutique,),
        ).fetchall()
