"""A platform admin at work."""

from __future__ import annotations

from typing import Any

import httpx

from tests.signing_in import a_platform_admin, as_person


class Admin:
    """Calls the platform's API; `actor` is how it is written down who did it."""

    def __init__(self, client: httpx.AsyncClient, superuser_url: str) -> None:
        self._client = client
        self.user_id = a_platform_admin(superuser_url)
        self.actor = f"platform:{self.user_id}"

    async def call(self, method: str, path: str, body: Any = None, **params: Any) -> httpx.Response:
        return await self._client.request(
            method, f"/platform{path}", json=body, params=params, headers=as_person(self.user_id)
        )

    async def get(self, path: str, **params: Any) -> Any:
        return self._of(await self.call("GET", path, **params))

    async def post(self, path: str, body: Any = None) -> Any:
        return self._of(await self.call("POST", path, body))

    @staticmethod
    def _of(answer: httpx.Response) -> Any:
        assert answer.is_success, f"{answer.status_code} {answer.text}"
        return answer.json()
