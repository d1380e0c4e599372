"""Invites people to the auth service: Supabase's here, our own in `identity/inviting.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx

from dukani.core.clients.transport import post_once
from dukani.core.errors import (
    InvalidValue,
    ProviderRefused,
    ProviderUnavailable,
    TooManyRequests,
)

PROVIDER = "auth"
TIMEOUT_S = 15.0


@dataclass(frozen=True, slots=True)
class Invited:
    """`link`: to be handed over, where no mail could be sent."""

    user_id: str
    link_sent: bool
    link: str | None = field(default=None, repr=False)


class People(Protocol):
    async def invite(
        self, email: str, *, about: Mapping[str, Any], whose: str | None = None
    ) -> Invited:
        """Makes the person if there is none, and sends a link to choose a password.

        `about` may have the person's `language` and the `boutique`'s name. Of `whose`, the boutique
        that invites, only so many an hour are taken.
        Raises InvalidValue for what is no address, TooManyRequests, ProviderError.
        """
        ...


def where_to_choose(app_url: str) -> str:
    """Where an invited person chooses a password: without one there is no way back in."""
    return f"{app_url.rstrip('/')}/new-password"


class SupabasePeople:
    def __init__(
        self, http: httpx.AsyncClient, auth_url: str, *, service_key: str, app_url: str
    ) -> None:
        self._http = http
        self._url = f"{auth_url.rstrip('/')}/invite"
        self._headers = {"apikey": service_key, "authorization": f"Bearer {service_key}"}
        self._app_url = app_url

    async def invite(
        self, email: str, *, about: Mapping[str, Any], whose: str | None = None
    ) -> Invited:
        answer = await post_once(
            self._http,
            self._url,
            provider=PROVIDER,
            timeout=TIMEOUT_S,
            headers=self._headers,
            params={"redirect_to": where_to_choose(self._app_url)},
            json={"email": email, "data": dict(about)},
        )
        match answer.status_code:
            case 200:
                return Invited(str(answer.json()["id"]), link_sent=True)
            case 400 | 422:
                raise InvalidValue(
                    field="email", value=email, remedy="Send an e-mail address that takes mails."
                )
            case 429:
                raise TooManyRequests(
                    "Too many invitations: wait before the next.", retry_after_s=60
                )
            case status if status >= 500:
                raise ProviderUnavailable(provider=PROVIDER, code=str(status))
            case status:
                raise ProviderRefused(
                    "the invitation was refused", provider=PROVIDER, code=str(status)
                )
