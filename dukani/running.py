"""Starts and stops the parts of a process: settings, database, senses and services."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Literal

from pydantic import SecretStr

from dukani.agent.clip.eye import ClipEye
from dukani.agent.clip.files import installed
from dukani.agent.clip.networks import can_run, networks_of
from dukani.agent.eye import Eye
from dukani.agent.local_eye import LocalEye
from dukani.agent.local_reader import LocalReader
from dukani.core import migrations
from dukani.core.addresses import reached_at
from dukani.core.clients.people import People, SupabasePeople
from dukani.core.clients.reworder import Reworder
from dukani.core.clients.web_push import new_vapid_key
from dukani.core.crypto import new_key
from dukani.core.database import Database
from dukani.core.embedded import DATABASE, EmbeddedServer, Keeper
from dukani.core.errors import ConfigurationError
from dukani.core.services import Services, build_http, build_services
from dukani.core.settings import Langfuse, PlatformMpesa, Sentry, Settings
from dukani.graph.context import Senses
from dukani.identity.app import serves_identity
from dukani.identity.inviting import OwnPeople
from dukani.identity.service import build_identity
from dukani.sandbox.accounts import META_APP_SECRET, META_VERIFY_TOKEN, PLATFORM

NO_DATABASE = (
    "DUKANI_DATABASE__URL is not set, and in production nothing else keeps orders:"
    " set it, or DUKANI_ENVIRONMENT=development for a demo."
)
KEY_FILE = "encryption.key"  # of a demo, in its data folder
PUSH_KEY_FILE = "push.key"


class DatabaseServer:
    """The database of a process: the configured one, or an embedded one."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._embedded: EmbeddedServer | None = None
        self._keeper: Keeper | None = None
        self.applied: list[str] = []  # the migrations applied by `start`

    def start(self) -> None:
        """Start an embedded server and migrate the database.

        Raises ConfigurationError where the database cannot, or must not, be started.
        """
        url = self._settings.database.url
        if url is None and self._settings.environment == "production":
            # In a container an embedded database would lose its orders with the next deployment.
            raise ConfigurationError(NO_DATABASE)
        self.applied = self._embed() if url is None else migrations.migrate(url.get_secret_value())

    def _embed(self) -> list[str]:
        self._settings.data_dir.mkdir(parents=True, exist_ok=True)
        self._embedded = EmbeddedServer(self._settings.data_dir)
        self._embedded.start()
        migrations.create_database(self._embedded.url("postgres", user="postgres"), DATABASE)
        applied = migrations.migrate(self._embedded.url(user="postgres"), bootstrap=True)
        self._keeper = Keeper(self._embedded)
        self._keeper.start()
        return applied

    def stop(self) -> None:
        if self._keeper is not None:
            self._keeper.stop()
        if self._embedded is not None:
            self._embedded.stop()

    @property
    def url(self) -> str:
        """Connection string of a role without rights of its own."""
        if self._embedded is not None:
            return self._embedded.url()
        url = self._settings.database.url
        assert url is not None  # start() chose between the two
        return url.get_secret_value()


@contextmanager
def running_database(settings: Settings) -> Iterator[DatabaseServer]:
    """The database for the block; a server that failed during its start is stopped too."""
    server = DatabaseServer(settings)
    try:
        server.start()
        yield server
    finally:
        server.stop()


@asynccontextmanager
async def open_services(
    settings: Settings, database_url: str, *, via: Literal["command"] | None = None
) -> AsyncIterator[Services]:
    database = Database(
        database_url,
        pool_size=settings.database.pool_size,
        transaction_pooler=settings.database.transaction_pooler,
        via=via,
    )
    async with database, build_http() as http:
        services = build_services(settings, database, http)
        yield replace(services, reworder=build_reworder(settings), people=build_people(services))


def build_people(services: Services) -> People | None:
    """Who invites people: Supabase with its secret key, or our own auth service."""
    settings = services.settings
    if serves_identity(settings):
        return OwnPeople(build_identity(services))
    auth = settings.auth
    if auth.url is None or auth.service_key is None:
        return None
    return SupabasePeople(
        services.http,
        auth.url,
        service_key=auth.service_key.get_secret_value(),
        app_url=auth.app_url or settings.web.public_url,
    )


def build_reworder(settings: Settings) -> Reworder | None:
    """Gemini as the one who words small talk anew, if there is a key and the setting asks for it.

    It is off by default: a template is right, and leaves seconds earlier and without a call.
    """
    if settings.gemini.api_key is None or not settings.gemini.words:
        return None
    from dukani.agent.gemini.model import GeminiModel
    from dukani.agent.gemini.reworder import GeminiReworder

    return GeminiReworder(GeminiModel(settings.gemini), timeout_s=settings.mind.wording_s)


def build_senses(settings: Settings | None = None) -> Senses:
    """The local reader and image recognition, which need no key; with a key, Gemini first."""
    local = Senses(reader=LocalReader(), eye=LocalEye())
    if settings is None:
        return local
    return with_gemini(replace(local, eye=with_clip(local.eye, settings)), settings)


def with_clip(eye: Eye, settings: Settings) -> Eye:
    """The eye with CLIP beside it, where its files and the extra `clip` are on this machine."""
    if not can_run() or (files := installed(settings.data_dir)) is None:
        return eye
    return ClipEye(eye, networks_of(files))


def catalogue_eye(senses: Senses) -> Eye:
    """The eye for a shop's own pictures, of which only the vector counts: never Gemini's."""
    eye: Eye = getattr(senses.eye, "local", senses.eye)
    return eye


def with_gemini(local: Senses, settings: Settings) -> Senses:
    """The senses with Gemini before the local ones; without a key, the local ones alone."""
    if settings.gemini.api_key is None:
        return local
    # Its library takes two seconds to import, which only a process that asks it shall pay.
    from dukani.agent.gemini.ear import GeminiEar
    from dukani.agent.gemini.eye import GeminiEye
    from dukani.agent.gemini.model import GeminiModel
    from dukani.agent.gemini.reader import GeminiReader

    # A little before the turn's own deadline, or the circuit breaker never hears that it was late.
    model, limits = GeminiModel(settings.gemini), settings.mind
    return replace(
        local,
        mind=GeminiReader(model, timeout_s=0.9 * limits.reading_s),
        eye=GeminiEye(model, local.eye, timeout_s=0.9 * limits.seeing_s),
        ear=GeminiEar(model, timeout_s=0.9 * limits.hearing_s),
    )


def demo_settings(settings: Settings) -> Settings:
    """The settings with this process's sandbox as every provider."""
    base = reached_at(settings.web.host, settings.web.port)
    sandbox = f"{base}/sandbox"
    demo = settings.model_copy(deep=True)
    demo.web.public_url = base
    demo.sandbox.enabled = True
    demo.sandbox.url = sandbox
    demo.twilio.base_url = demo.twilio.messaging_url = demo.twilio.content_url = sandbox
    demo.meta.base_url = demo.africastalking.base_url = sandbox
    demo.meta.app_secret = SecretStr(META_APP_SECRET)
    demo.meta.verify_token = SecretStr(META_VERIFY_TOKEN)
    demo.daraja.base_url = sandbox
    demo.platform_mpesa = _sandbox_till()
    demo.langfuse, demo.sentry = Langfuse(), Sentry()  # nothing leaves this machine
    demo.mail.base_url = sandbox
    demo.mail.api_key = SecretStr("sandbox")
    demo.paylink.url = f"{sandbox}/paylink/mcp"
    demo.push.own_service = f"{sandbox}/push"
    if demo.push.private_key is None:
        demo.push.private_key = SecretStr(
            _kept(demo.data_dir / PUSH_KEY_FILE, lambda: new_vapid_key().text)
        )
    if demo.sandbox.gemini:
        demo.gemini.base_url = sandbox
        demo.gemini.api_key = SecretStr("sandbox")
    if not demo.security.encryption_keys:
        demo.security.encryption_keys = [SecretStr(_kept(demo.data_dir / KEY_FILE, new_key))]
    return demo


def _sandbox_till() -> PlatformMpesa:
    mine = PLATFORM.mpesa
    assert mine is not None  # as the sandbox has it
    return PlatformMpesa(
        shortcode=mine.shortcode,
        consumer_key=SecretStr(mine.consumer_key),
        consumer_secret=SecretStr(mine.consumer_secret),
        passkey=SecretStr(mine.passkey),
    )


def with_demo_key(settings: Settings) -> Settings:
    """The settings with the demo's encryption key and till, if none is set, for a demo's data."""
    path = settings.data_dir / KEY_FILE
    if settings.database.url or settings.security.encryption_keys or not path.exists():
        return settings
    keyed = settings.model_copy(deep=True)
    keyed.security.encryption_keys = [SecretStr(_kept(path, new_key))]
    if keyed.platform_mpesa.shortcode is None:
        keyed.platform_mpesa = _sandbox_till()
    return keyed


def _kept(path: Path, make: Callable[[], str]) -> str:
    """A key of the demo's, made once and stored beside the data that it is for."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(make())
    return path.read_text().strip()
