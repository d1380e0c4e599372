"""The dependencies of requests and jobs: database, HTTP client, settings, media, capacities."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

import httpx
from cachetools import LRUCache

from dukani.core.capacity import Capacities
from dukani.core.clients.daraja import DarajaClient
from dukani.core.clients.people import People
from dukani.core.clients.reworder import Reworder
from dukani.core.clients.storage import LocalMediaStore, MediaStore
from dukani.core.crypto import SecretBox
from dukani.core.database import Database
from dukani.core.errors import ConfigurationError
from dukani.core.settings import Settings

# A provider that takes longer to connect counts as unavailable: the queue tries again.
CONNECT_TIMEOUT_S = 5.0
MOST_PAINTED = 20_000  # paths in the cache, of some 200 bytes


@dataclass(frozen=True, slots=True)
class Services:
    """The process's connections to the outside, made once at its start."""

    settings: Settings
    database: Database
    secrets: SecretBox
    http: httpx.AsyncClient
    media: MediaStore
    daraja: DarajaClient
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    capacity: Capacities = field(default_factory=Capacities)
    people: People | None = None  # none: nobody can be invited
    reworder: Reworder | None = None  # none: the templates' texts are sent
    # Paths of composed pictures that are stored already (key and value are the same).
    painted: LRUCache[str, str] = field(default_factory=lambda: LRUCache(MOST_PAINTED))


def build_http() -> httpx.AsyncClient:
    """The one HTTP client of a process; each call gives its own timeout."""
    return httpx.AsyncClient(timeout=httpx.Timeout(30.0, connect=CONNECT_TIMEOUT_S))


def build_services(settings: Settings, database: Database, http: httpx.AsyncClient) -> Services:
    """Everything from the settings. Raises ConfigurationError when a key is missing."""
    keys = [key.get_secret_value() for key in settings.security.encryption_keys]
    media_key = settings.security.media_key
    return Services(
        settings=settings,
        database=database,
        secrets=SecretBox(keys, link_key=media_key.get_secret_value() if media_key else None),
        http=http,
        media=build_media_store(settings, http),
        daraja=DarajaClient(http, settings.daraja.base_url, timeout_s=settings.daraja.timeout_s),
    )


def build_media_store(settings: Settings, http: httpx.AsyncClient) -> MediaStore:
    """Supabase Storage when it is configured, else a folder beside the database."""
    storage = settings.storage
    if storage.supabase_url is None:
        return LocalMediaStore(settings.data_dir / "media")
    if storage.service_key is None:
        raise ConfigurationError(
            "DUKANI_STORAGE__SUPABASE_URL is set, DUKANI_STORAGE__SERVICE_KEY is not"
        )
    # Imported here: its package takes a tenth of a second, and a folder needs none of it.
    from dukani.core.clients.supabase_storage import SupabaseMediaStore

    return SupabaseMediaStore(
        http,
        storage.supabase_url,
        service_key=storage.service_key.get_secret_value(),
        bucket=storage.bucket,
    )
