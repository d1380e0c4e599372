"""Makes the API of a boutique's people, an application of its own that `dukani/app.py` mounts.

Its own, because its errors are answered as problems and those of webhooks are not.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.routing import APIRoute
from starlette.types import ASGIApp

from dukani.agent.eye import Eye
from dukani.agent.local_eye import LocalEye
from dukani.agent.local_reader import LocalReader
from dukani.core.services import Services
from dukani.core.settings import Web
from dukani.dashboard_api import (
    agents,
    alerts,
    api_keys,
    audience_lists,
    boutique,
    boutique_exports,
    campaign_previews,
    campaign_results,
    campaign_runs,
    campaign_summaries,
    campaigns,
    changes,
    channel,
    chat_search,
    chat_templates,
    collages,
    conversations,
    counter_pieces,
    counter_sales,
    customer_list,
    customer_picks,
    customer_records,
    customer_taste,
    customers,
    daily_closes,
    debtors,
    debts,
    delivery_zones,
    events,
    figures,
    go_live,
    internal_notes,
    margins,
    me,
    members,
    messages,
    mpesa,
    order_parts,
    orders,
    own_answers,
    payments,
    photo_models,
    pictures,
    piece_exports,
    piece_imports,
    plan,
    platform_notices,
    products,
    quick_replies,
    receipts,
    requests,
    retention,
    saved_views,
    score_rules,
    search,
    segments,
    size_charts,
    sms_sender,
    statement_lines,
    statements,
    synonyms,
    tax,
    templates,
    today,
    unmet_wishes,
    variants,
    wallet,
)
from dukani.dashboard_api.automations import by_hand as automations_by_hand
from dukani.dashboard_api.automations import channels as automation_channels
from dukani.dashboard_api.automations import decisions as automation_decisions
from dukani.dashboard_api.automations import previews as automation_previews
from dukani.dashboard_api.automations import recipes as automation_recipes
from dukani.dashboard_api.automations import results as automation_results
from dukani.dashboard_api.automations import rules as automation_rules
from dukani.dashboard_api.automations import timeline as automation_timeline
from dukani.dashboard_api.catalogue import connection as catalogue_connection
from dukani.dashboard_api.catalogue import pieces as catalogue_pieces
from dukani.dashboard_api.commerce import carts as commerce_carts
from dukani.dashboard_api.commerce import catalog as commerce_catalog
from dukani.dashboard_api.commerce import left_carts as commerce_left_carts
from dukani.dashboard_api.commerce import product_messages as commerce_product_messages
from dukani.dashboard_api.commerce import recommendations as commerce_recommendations
from dukani.dashboard_api.commerce import search as commerce_search
from dukani.dashboard_api.commerce import sessions as commerce_sessions
from dukani.dashboard_api.key_holders import KeysOrTokens
from dukani.dashboard_api.limits import LimitBodies
from dukani.dashboard_api.platform import boutiques as platform_boutiques
from dukani.dashboard_api.platform import dead_letters as platform_dead_letters
from dukani.dashboard_api.platform import jobs as platform_jobs
from dukani.dashboard_api.platform import keys as platform_keys
from dukani.dashboard_api.platform import looks as platform_looks
from dukani.dashboard_api.platform import pauses as platform_pauses
from dukani.dashboard_api.platform import photo_models as platform_photo_models
from dukani.dashboard_api.platform import queues as platform_queues
from dukani.dashboard_api.platform import usage as platform_usage
from dukani.dashboard_api.platform import webhook_events as platform_webhook_events
from dukani.dashboard_api.platform import webhook_replays as platform_webhook_replays
from dukani.dashboard_api.waking import Waker
from dukani.graph.hearing.assortments import Assortments
from dukani.web.problems import Problem, answer_with_problems
from dukani.web.signed_in import TokenVerifier

PREFIX = "/api/v1"

# Every refusal that any call may give; `dukani/web/problems.py` has what is in it.
_REFUSALS = {
    400: "It cannot be read",
    401: "Not signed in",
    403: "Not by this role",
    404: "No such thing in the person's boutiques",
    409: "It has changed meanwhile, or cannot be done as things are",
    412: "Somebody has changed it since",
    413: "It is larger than allowed",
    422: "A value cannot be taken; `errors` names the fields",
    428: "If-Match is missing",
    503: "Not now: try again in a moment",
}
NOUNS = (
    order_parts,
    me, today, orders, conversations, messages,
    piece_exports,  # its address would be a piece's to the next
    products, variants, pictures, piece_imports, requests, boutique,
    delivery_zones, counter_sales, counter_pieces, api_keys, agents, events, members, alerts,
    size_charts, chat_search, chat_templates, customers, internal_notes, quick_replies,
    channel, sms_sender, mpesa, go_live, receipts, wallet, campaign_results, templates,
    campaigns, campaign_previews, campaign_runs, segments, audience_lists, score_rules,
    campaign_summaries, collages, customer_picks, customer_list, customer_records, customer_taste,
    payments, statements, statement_lines, debts, debtors, margins, tax,
    daily_closes, search, saved_views, figures, unmet_wishes, synonyms, own_answers, plan,
    photo_models,
    changes, retention, boutique_exports,
    platform_notices,
    automation_rules, automation_channels, automation_decisions,
    automation_recipes, automations_by_hand,
    automation_results, automation_timeline,
    automation_previews,
    catalogue_connection, catalogue_pieces,
)  # fmt: skip
# For other systems; no boutique is in their addresses.
COMMERCE = (
    commerce_search, commerce_catalog, commerce_recommendations, commerce_carts,
    commerce_left_carts, commerce_sessions, commerce_product_messages,
)  # fmt: skip
# For whoever runs the installation.
PLATFORM = (
    platform_boutiques,
    platform_keys,
    platform_looks,
    platform_pauses,
    platform_webhook_events,
    platform_webhook_replays,
    platform_dead_letters,
    platform_jobs,
    platform_queues,
    platform_photo_models,
    platform_usage,
)


def create_api(services: Services, tokens: TokenVerifier, *, eye: Eye | None = None) -> FastAPI:
    """The API; its lifespan runs what wakes the open streams.

    `eye` looks at the pictures of pieces, by default this machine's own.
    """
    api = build_api(services.settings.web)
    attach_api(api, services, tokens, eye=eye)
    return api


def build_api(web: Web) -> FastAPI:
    """The routes alone: `attach_api` says whom they serve."""
    api = FastAPI(
        title="Dukani",
        version="1",
        summary="What the people of a boutique see and do",
        generate_unique_id_function=operation_id,
        openapi_url="/openapi.json",
        docs_url="/docs" if web.api_docs else None,
        redoc_url=None,
        lifespan=_waking_streams,
    )
    answer_with_problems(api)
    api.add_middleware(LimitBodies)
    # A list is mostly addresses of pictures: a phone reads a quarter of the bytes. Not of streams.
    api.add_middleware(GZipMiddleware, minimum_size=2_000, compresslevel=4)
    for noun in (*NOUNS, *COMMERCE, *PLATFORM):
        api.include_router(noun.router, responses=_problems())
    return api


def attach_api(
    api: FastAPI, services: Services, tokens: TokenVerifier, *, eye: Eye | None = None
) -> None:
    """Let the routes work with these services, and with whoever has these tokens."""
    api.state.services = services
    api.state.tokens = KeysOrTokens(tokens, services.database)
    api.state.waker = waker = Waker(services.database)
    api.state.end_streams = waker.end
    api.state.eye = eye or LocalEye()
    api.state.reader = LocalReader()
    api.state.assortments = Assortments()


@asynccontextmanager
async def _waking_streams(api: FastAPI) -> AsyncIterator[None]:
    waker: Waker = api.state.waker
    async with waker.running():
        yield


def operation_id(route: APIRoute) -> str:
    """The handler's name, which is the name of the method in a generated client."""
    return route.name


def _problems() -> dict[int | str, dict[str, object]]:
    schema = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        status: {"description": text, "model": Problem, "content": schema}
        for status, text in _REFUSALS.items()
    }


def for_other_origins(api: ASGIApp, origins: Sequence[str]) -> ASGIApp:
    """The API, also for an app that another host serves.

    Tokens come in a header, so no cookies are allowed. It stands around the whole API and is none
    of its middleware, since the answer to an unexpected error is made outside of those: without
    these headers a page would take it for a lost connection.
    """
    return CORSMiddleware(
        api,
        allow_origins=origins,
        allow_methods=["GET", "POST", "PATCH", "PUT", "DELETE"],
        allow_headers=["authorization", "content-type", "idempotency-key", "if-match",
                       "last-event-id", "x-boutique-id"],
        expose_headers=["etag", "retry-after"],
        max_age=600,
    )  # fmt: skip
