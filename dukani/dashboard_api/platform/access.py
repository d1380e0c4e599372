"""Proves at every request that the person is a platform admin; no API key is one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends

from dukani.core.database import Connection
from dukani.core.errors import NotFound
from dukani.core.services import Services
from dukani.core.store import boutiques
from dukani.core.store.boutiques import Boutique
from dukani.dashboard_api.access import TheServices
from dukani.dashboard_api.key_holders import NotByKey
from dukani.web.signed_in import SignedIn, TheSignedIn


@dataclass(frozen=True, slots=True)
class PlatformAdmin:
    """A platform admin at work: `conn` is the transaction of the request.

    `boutique` is the one in the path; None on a route across boutiques.
    """

    signed_in: SignedIn
    services: Services
    conn: Connection
    boutique: Boutique | None = None

    @property
    def actor(self) -> str:
        """As the audit log has it."""
        return f"platform:{self.signed_in.user_id}"

    @property
    def the_boutique(self) -> Boutique:
        assert self.boutique is not None  # the route has one in its path
        return self.boutique


@dataclass(frozen=True, slots=True)
class ProvenAdmin:
    """A platform admin, for a handler that works too long for one transaction."""

    signed_in: SignedIn
    services: Services
    boutique_id: str

    def connecting(self) -> AbstractAsyncContextManager[Connection]:
        """A transaction of its own in the boutique. Raises PlatformAdminsOnly."""
        claims = {"sub": self.signed_in.user_id}
        return self.services.database.platform_connection(claims, boutique_id=self.boutique_id)


@asynccontextmanager
async def at_the_platform(
    person: SignedIn, services: Services, *, boutique_id: str = ""
) -> AsyncIterator[PlatformAdmin]:
    """The person's transaction. Raises PlatformAdminsOnly, NotByKey, or NotFound."""
    if person.claims.get("api_key") is not None:
        raise NotByKey
    claims = {"sub": person.user_id}
    async with services.database.platform_connection(claims, boutique_id=boutique_id) as conn:
        boutique = await boutiques.get(conn, boutique_id=boutique_id) if boutique_id else None
        if boutique_id and boutique is None:
            raise NotFound("There is no such boutique.")
        yield PlatformAdmin(person, services, conn, boutique)


async def a_platform_admin(
    person: TheSignedIn, services: TheServices
) -> AsyncIterator[PlatformAdmin]:
    async with at_the_platform(person, services) as admin:
        yield admin


async def a_platform_admin_of(
    boutique_id: UUID, person: TheSignedIn, services: TheServices
) -> AsyncIterator[PlatformAdmin]:
    async with at_the_platform(person, services, boutique_id=str(boutique_id)) as admin:
        yield admin


async def a_proven_platform_admin_of(
    boutique_id: UUID, person: TheSignedIn, services: TheServices
) -> ProvenAdmin:
    async with at_the_platform(person, services, boutique_id=str(boutique_id)):
        return ProvenAdmin(person, services, str(boutique_id))


APlatformAdmin = Annotated[PlatformAdmin, Depends(a_platform_admin, scope="function")]
# At work in the boutique in the path.
APlatformAdminOf = Annotated[PlatformAdmin, Depends(a_platform_admin_of, scope="function")]
# Without a transaction.
AProvenPlatformAdminOf = Annotated[ProvenAdmin, Depends(a_proven_platform_admin_of)]

PROVE_ADMINSHIP = (a_platform_admin, a_platform_admin_of, a_proven_platform_admin_of)
