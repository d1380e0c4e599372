"""Adds or updates a boutique: its row, its sealed provider credentials, its delivery zones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dukani.core.crypto import SecretBox
from dukani.core.database import Connection
from dukani.core.errors import CallerError, ConfigurationError
from dukani.core.services import Services
from dukani.core.store import boutiques, credentials, delivery_zones, size_charts
from dukani.core.store.boutiques import NewBoutique
from dukani.core.store.credentials import Credentials
from dukani.core.store.delivery_zones import DeliveryZone
from dukani.core.store.size_charts import StoredChart


class SlugTaken(CallerError):
    """Another boutique has this slug: choose one of its own."""

    http_status = 409


class CurrencyIsFixed(CallerError):
    """A boutique's prices are in its currency: it cannot become another."""

    http_status = 409


class OtherKey(ConfigurationError):
    """The credentials in this database are sealed with another encryption key."""


@dataclass(frozen=True, slots=True)
class SetUp:
    boutique_id: str
    added: bool  # False: the boutique existed and was updated


async def add_boutique(
    services: Services,
    new: NewBoutique,
    keys: Sequence[Credentials],
    zones: Sequence[DeliveryZone] = (),
) -> str | None:
    """Adds a boutique and returns its id; None if the slug is taken."""
    async with services.database.system_connection() as conn:
        boutique_id = await boutiques.add(conn, new)
        if boutique_id is not None:
            await _give_keys(conn, services, boutique_id, keys)
            await _set_zones(conn, boutique_id, zones)
        return boutique_id


async def set_up_boutique(
    services: Services,
    new: NewBoutique,
    keys: Sequence[Credentials],
    zones: Sequence[DeliveryZone] = (),
    charts: Sequence[StoredChart] = (),
) -> SetUp:
    """Adds a boutique, or updates the boutique with this WhatsApp number.

    Credentials of providers not among `keys` are switched off, and zones not among `zones` and
    charts not among `charts` are removed. Raises SlugTaken, CurrencyIsFixed, OtherKey.
    """
    number = next(key for key in keys if key.provider == new.whatsapp_provider)
    async with services.database.system_connection() as conn:
        await _require_the_same_key(conn, services.secrets)
        known = await boutiques.id_by_number(conn, provider=number.provider, account=number.account)
        boutique_id = await _changed(conn, new, known) if known else await _added(conn, new)
        await _give_keys(conn, services, boutique_id, keys)
        await credentials.switch_off_others(
            conn, boutique_id=boutique_id, kept=[key.provider for key in keys]
        )
        await _set_zones(conn, boutique_id, zones)
        await size_charts.replace_all(conn, charts, boutique_id=boutique_id)
    return SetUp(boutique_id, added=known is None)


async def _require_the_same_key(conn: Connection, box: SecretBox) -> None:
    """Raises OtherKey unless all sealed credentials open with our key.

    A process that serves the existing boutiques must be able to open the new one's too.
    """
    for slug, token in await credentials.sealed(conn):
        try:
            box.open(token)
        except ConfigurationError as error:
            raise OtherKey(
                f"The secrets of {slug!r} were sealed with a key that is not in "
                "DUKANI_SECURITY__ENCRYPTION_KEYS, so whoever serves it could not open this "
                "boutique's. Nothing was added. Put that key behind yours (the demo's is in "
                "encryption.key of its data folder), or use a database of its own."
            ) from error


async def _added(conn: Connection, new: NewBoutique) -> str:
    boutique_id = await boutiques.add(conn, new)
    if boutique_id is None:
        raise SlugTaken(f"another number's boutique has the slug {new.slug!r}: choose another")
    return boutique_id


async def _changed(conn: Connection, new: NewBoutique, boutique_id: str) -> str:
    before = await boutiques.get(conn, boutique_id=boutique_id)
    if before is not None and before.currency != new.currency:
        raise CurrencyIsFixed(
            f"{before.slug} has prices and orders in {before.currency}: leave its currency"
        )
    await boutiques.change(conn, new, boutique_id=boutique_id)
    return boutique_id


async def _give_keys(
    conn: Connection, services: Services, boutique_id: str, keys: Sequence[Credentials]
) -> None:
    for key in keys:
        await credentials.put(
            conn,
            boutique_id=boutique_id,
            provider=key.provider,
            account=key.account,
            secrets=key.secrets,
            box=services.secrets,
        )


async def _set_zones(conn: Connection, boutique_id: str, zones: Sequence[DeliveryZone]) -> None:
    kept = [zone.name for zone in zones]
    await delivery_zones.remove_others(conn, boutique_id=boutique_id, kept=kept)
    for position, zone in enumerate(zones):
        await delivery_zones.put(conn, zone, boutique_id=boutique_id, position=position)
