"""Every kept secret sealed with the first of our encryption keys, so that another one may go."""

from __future__ import annotations

from dukani.core.services import Services
from dukani.core.store import sealed_secrets
from dukani.core.store.sealed_secrets import OWN_SIGN_IN, PROVIDERS, Kept


async def reseal(services: Services, *, own_sign_in: bool) -> dict[Kept, int]:
    """How many of each were sealed anew. `own_sign_in`: people sign in here, not at Supabase.

    Raises ConfigurationError, and changes nothing of that kind, when no key opens one of them.
    """
    anew = services.secrets.reseal
    async with services.database.system_connection() as conn:
        counts = {kept: await sealed_secrets.reseal(conn, kept, anew) for kept in PROVIDERS}
    if own_sign_in:
        async with services.database.identity_connection() as conn:
            counts |= {kept: await sealed_secrets.reseal(conn, kept, anew) for kept in OWN_SIGN_IN}
    return counts
