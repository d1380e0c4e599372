"""Meta tells how a message template stands: its status, its category, its quality.

Such a change names no number but the WhatsApp account; several boutiques may be of one. What it
says is kept at once, and the provider is asked a moment later, because changes come in any order.
"""

from __future__ import annotations

import json

import structlog

from dukani.core.clients.template_desk import category_of, quality_of, status_of
from dukani.core.jobs import defer_template_sync
from dukani.core.store import own_templates, webhook_events
from dukani.core.store.message_templates import Told
from dukani.tools.template_sync import WAITS, note
from dukani.webhooks.bodies import digest
from dukani.webhooks.dependencies import Webhooks
from dukani.webhooks.inbound import TemplateNews
from dukani.webhooks.meta_wire import Change, Entry, timestamp_or_none

log = structlog.get_logger()

FIELDS = frozenset(
    (
        "message_template_status_update",
        "template_category_update",
        "message_template_quality_update",
    )
)


def read_template_news(entry: Entry, change: Change) -> TemplateNews | None:
    """The news; None when the change does not name a template."""
    value = change.value
    name, locale = value.get("message_template_name"), value.get("message_template_language")
    if not isinstance(name, str) or not isinstance(locale, str) or not entry.id:
        return None
    # The same is said twice when it happens twice: the time tells them apart.
    said = {"field": change.field, "value": value, "time": str(entry.time)}
    return TemplateNews(
        provider="meta",
        account=entry.id,
        event_key=f"template:{digest(json.dumps(said, sort_keys=True).encode())}",
        raw=value,
        kind=change.field,
        name=name[:512],
        # Meta spells the language with a hyphen in some webhooks.
        locale=locale.replace("-", "_")[:20],
    )


def told_by(news: TemplateNews) -> Told:
    """What the news says, as a row of the template keeps it."""
    value = news.raw
    given = value.get("message_template_id")
    provider_id = str(given) if given else None
    if news.kind == "message_template_status_update":
        reason = value.get("reason")
        return Told(
            news.name,
            news.locale,
            status=status_of(value.get("event")),
            reason=None if reason in (None, "", "NONE") else str(reason),
            provider_id=provider_id,
        )
    if news.kind == "message_template_quality_update":
        return Told(
            news.name,
            news.locale,
            quality=quality_of(value.get("new_quality_score")),
            provider_id=provider_id,
        )
    coming = category_of(value.get("correct_category"))
    return Told(
        news.name,
        news.locale,
        category=category_of(value.get("new_category")),
        next_category=coming,
        category_changes_at=timestamp_or_none(value.get("category_update_timestamp")),
        provider_id=provider_id,
    )


async def record_template_news(webhooks: Webhooks, news: TemplateNews) -> None:
    """Keep the news for each boutique of the account, once."""
    told = told_by(news)
    async with webhooks.services.database.system_connection() as conn:
        mine = await own_templates.boutiques_of_waba(conn, waba_id=news.account)
        for boutique_id in mine:
            stored = await webhook_events.store(
                conn,
                provider="meta",
                event_key=news.event_key,
                kind=news.kind,
                payload=news.raw,
                boutique_id=boutique_id,
                outcome="handled",
            )
            if stored is None:
                continue
            await note(conn, told, boutique_id=boutique_id, provider="meta")
            await defer_template_sync(conn, boutique_id=boutique_id, delay=WAITS[0])
    if not mine:
        log.info("template_news_of_no_boutique", kind=news.kind)
