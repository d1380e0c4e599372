"""The web application: webhooks, health checks, media, dashboard, and the sandbox if enabled."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import timedelta

from fastapi import FastAPI
from procrastinate import App as Queue

from dukani.agent.local_eye import LocalEye
from dukani.agents_api.app import create_agents
from dukani.agents_api.gate import PATH as AGENTS_PATH
from dukani.core.errors import ConfigurationError
from dukani.core.jobs import defer_reading_missed
from dukani.core.services import Services
from dukani.core.settings import Settings
from dukani.dashboard_api.app import PREFIX as API_PATH
from dukani.dashboard_api.app import create_api, for_other_origins
from dukani.health import health_routes
from dukani.identity.app import create_identity, serves_identity, tokens_of
from dukani.identity.service import PATH as AUTH_PATH
from dukani.metrics_page import metrics_routes
from dukani.running import with_clip
from dukani.sandbox.answer_times import AnswerTimes
from dukani.sandbox.app import create_sandbox
from dukani.sandbox.mishaps import mishaps_router
from dukani.sandbox.neighbours import accounts_in
from dukani.sandbox.phone import page_router
from dukani.storefront.cart_page import add_cart_pages
from dukani.storefront.message_links import add_message_links
from dukani.storefront.offers_page import add_offers_page
from dukani.storefront.opt_out_page import add_opt_out_page
from dukani.storefront.pay_page import add_pay_page
from dukani.storefront.personal_page import add_personal_pages
from dukani.storefront.privacy_page import add_privacy_page
from dukani.storefront.shop_page import add_shop_pages
from dukani.storefront.unavailable import answer_unavailable
from dukani.storefront.waiting import add_waiting
from dukani.web.followed import Followed
from dukani.web.in_time import InTime
from dukani.web.measured import Measured
from dukani.web.own_redirects import OwnRedirects
from dukani.web.readable import Readable
from dukani.web.safe_headers import SafeHeaders, answering_unexpected
from dukani.web.signed_in import TokenVerifier, verifier_for
from dukani.web_app.serving import DemoLogin, ServedConfig, serve_web_app
from dukani.webhooks import routes
from dukani.webhooks.dependencies import answer_errors, attach_webhooks
from dukani.webhooks.missed import SETTLED
from dukani.worker import run_worker

FIRST_READING = timedelta(seconds=1)


def create_app(
    services: Services, *, worker: Queue | None = None, demo_logins: Sequence[DemoLogin] = ()
) -> FastAPI:
    """The API; with `worker` jobs run in this process too."""
    settings = services.settings
    sandbox = None
    if settings.sandbox.enabled:
        _must_be_no_production(settings)
        sandbox = create_sandbox(
            base_url=settings.sandbox.url,
            target_url=settings.web.public_url,
            state_path=settings.data_dir / "sandbox.json",
            neighbours=lambda: accounts_in(services),
            answer_times=AnswerTimes.of(settings.sandbox),
        )

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            if sandbox is not None:
                # The start and stop of a mounted application do not run by themselves.
                await stack.enter_async_context(sandbox.router.lifespan_context(sandbox))
            await stack.enter_async_context(api.router.lifespan_context(api))
            await stack.enter_async_context(agents.router.lifespan_context(agents))
            if worker is not None:
                await stack.enter_async_context(_working(worker))
            await _defer_reading_missed(services)
            yield

    app = FastAPI(
        title="Dukani",
        lifespan=running,
        openapi_url="/openapi.json" if settings.web.api_docs else None,
        redoc_url=None,
    )
    app.add_middleware(Readable)  # what is added later stands before it
    app.add_middleware(OwnRedirects)
    https = settings.web.public_url.startswith("https://")
    app.add_middleware(SafeHeaders, https=https)
    app.add_middleware(Measured)
    app.add_middleware(Followed)
    app.add_middleware(InTime)
    app.add_exception_handler(Exception, answering_unexpected(https=https))
    attach_webhooks(app, services)
    answer_errors(app)
    answer_unavailable(app)
    app.include_router(routes.router)
    app.include_router(health_routes(services.database))
    if settings.watch.token is not None:
        app.include_router(metrics_routes(services, port_of_its_own=False))
    add_personal_pages(app, services)
    add_pay_page(app, services)
    add_cart_pages(app, services)
    add_shop_pages(app, services)
    add_offers_page(app, services)
    add_waiting(app, services)
    add_privacy_page(app, services)
    add_message_links(app, services)
    add_opt_out_page(app, services)
    app.state.tokens = _serve_identity(app, services)
    eye = with_clip(LocalEye(), settings)
    api = create_api(services, app.state.tokens, eye=eye)
    app.mount(API_PATH, for_other_origins(api, settings.web.allowed_origins))

    agents, gate = create_agents(services, eye=eye)
    app.mount(AGENTS_PATH, gate)

    def end_streams() -> None:
        """A server waits for open streams before it stops, so it ends them first."""
        api.state.end_streams()
        if sandbox is not None:
            sandbox.state.world.hub.close()

    app.state.end_streams = end_streams
    if sandbox is not None:
        app.include_router(mishaps_router(services))
        app.mount("/sandbox", sandbox)
        app.include_router(page_router("/sandbox"))
    serve_web_app(app, settings, _config_of(settings, demo_logins))
    return app


def _must_be_no_production(settings: Settings) -> None:
    """The sandbox has no login: through it anybody could report an order paid."""
    if settings.environment == "production":
        raise ConfigurationError(
            "DUKANI_SANDBOX__ENABLED is on in production: unset it, or show a demo with"
            " DUKANI_ENVIRONMENT=development"
        )


def _config_of(settings: Settings, demo_logins: Sequence[DemoLogin]) -> ServedConfig:
    auth = settings.auth
    return ServedConfig(
        auth_url=auth.url.removesuffix("/").removesuffix(AUTH_PATH) if auth.url else None,
        anon_key=auth.anon_key,
        phone_url="/phone" if settings.sandbox.enabled else None,
        demo_logins=tuple(demo_logins),
    )


def _serve_identity(app: FastAPI, services: Services) -> TokenVerifier:
    """Whose tokens count: Supabase's, or those of our own auth service, which is served then."""
    if not serves_identity(services.settings):
        return verifier_for(services.settings, services.http)
    identity = create_identity(services)
    app.mount(AUTH_PATH, identity)
    return tokens_of(identity)


async def _defer_reading_missed(services: Services) -> None:
    """Read messages missed while the webhooks were down, from Twilio's list.

    Twice, because at the first reading the latest messages may still be on their way here.
    """
    async with services.database.system_connection() as conn:
        for wait in (FIRST_READING, SETTLED * 2):
            await defer_reading_missed(conn, delay=wait)


@asynccontextmanager
async def _working(queue: Queue) -> AsyncIterator[None]:
    """Run the worker beside the web server; started jobs are finished before it stops."""
    task = asyncio.create_task(run_worker(queue), name="worker")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
