"""A boutique's message templates: which its provider has approved, and what it says of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.channels import WhatsAppProvider
from dukani.core.database import Connection
from dukani.core.languages import Language

TemplateStatus = Literal["draft", "pending", "approved", "rejected", "paused", "disabled"]
TemplateLanguage = Language
TemplateCategory = Literal["utility", "marketing", "authentication"]
Quality = Literal["green", "yellow", "red"]

_COLUMNS = """id::text as id, provider, name, language, status, content_sid, checked_at,
  coalesce(locale, language) as locale, category, form, quality, reason, provider_id, media_base,
  next_category, category_changes_at, submitted_at, updated_at"""


@dataclass(frozen=True, slots=True)
class RegisteredTemplate:
    """A template; `content_sid` is Twilio's name for it (`HX…`), `provider_id` Meta's id.

    `locale` is the language as the provider spells it. `form` is the shop's own text; none: one of
    the texts that the code has. `media_base` stands before the header picture's variable at Twilio.
    """

    id: str
    provider: WhatsAppProvider
    name: str
    language: TemplateLanguage
    status: TemplateStatus
    content_sid: str | None
    checked_at: datetime
    locale: str
    category: TemplateCategory
    form: dict[str, Any] | None
    quality: Quality | None
    reason: str | None  # why it is rejected, paused or disabled
    provider_id: str | None
    media_base: str | None
    next_category: TemplateCategory | None  # announced, from `category_changes_at` on
    category_changes_at: datetime | None
    submitted_at: datetime | None
    updated_at: datetime


async def of_boutique(conn: Connection, *, boutique_id: str) -> list[RegisteredTemplate]:
    """All of the boutique's, drafts too, by name."""
    async with conn.cursor(row_factory=class_row(RegisteredTemplate)) as cursor:
        await cursor.execute(
            f"""select {_COLUMNS} from message_templates where boutique_id = %(boutique_id)s
                order by name, language, provider""".encode(),
            {"boutique_id": boutique_id},
        )
        return await cursor.fetchall()


async def get(conn: Connection, *, boutique_id: str, template_id: str) -> RegisteredTemplate | None:
    async with conn.cursor(row_factory=class_row(RegisteredTemplate)) as cursor:
        await cursor.execute(
            f"""select {_COLUMNS} from message_templates
                where boutique_id = %(boutique_id)s and id = %(id)s""".encode(),
            {"boutique_id": boutique_id, "id": template_id},
        )
        return await cursor.fetchone()


async def approved(
    conn: Connection, *, provider: WhatsAppProvider, name: str
) -> list[RegisteredTemplate]:
    """The template of that name, in each language in which it may be sent."""
    async with conn.cursor(row_factory=class_row(RegisteredTemplate)) as cursor:
        await cursor.execute(
            f"""select {_COLUMNS} from message_templates
               where boutique_id = private.current_boutique() and provider = %(provider)s
                 and name = %(name)s and status = 'approved'""".encode(),
            {"provider": provider, "name": name},
        )
        return await cursor.fetchall()


async def named(
    conn: Connection, *, provider: WhatsAppProvider, name: str
) -> list[RegisteredTemplate]:
    """The template of that name in each language, however it stands."""
    async with conn.cursor(row_factory=class_row(RegisteredTemplate)) as cursor:
        await cursor.execute(
            f"""select {_COLUMNS} from message_templates
               where boutique_id = private.current_boutique() and provider = %(provider)s
                 and name = %(name)s""".encode(),
            {"provider": provider, "name": name},
        )
        return await cursor.fetchall()


async def is_known(
    conn: Connection, *, boutique_id: str, name: str, language: TemplateLanguage
) -> bool:
    """Whether the boutique has a template of this name, at whichever provider."""
    cursor = await conn.execute(
        """select from message_templates where boutique_id = %(boutique_id)s
             and name = %(name)s and language = %(language)s limit 1""",
        {"boutique_id": boutique_id, "name": name, "language": language},
    )
    return await cursor.fetchone() is not None


_PUT = """
insert into message_templates (boutique_id, provider, name, language, status, content_sid, locale,
  category, form, provider_id, media_base, submitted_at)
values (%(boutique_id)s, %(provider)s, %(name)s, %(language)s, %(status)s, %(content_sid)s,
  %(locale)s, %(category)s, %(form)s, %(provider_id)s, %(media_base)s,
  case when %(status)s = 'pending' then now() end)
on conflict (boutique_id, provider, name, language) do update
  set status = excluded.status, content_sid = excluded.content_sid, checked_at = now(),
    category = excluded.category, locale = coalesce(excluded.locale, message_templates.locale),
    form = coalesce(excluded.form, message_templates.form), reason = null,
    provider_id = coalesce(excluded.provider_id, message_templates.provider_id),
    media_base = coalesce(excluded.media_base, message_templates.media_base),
    submitted_at = coalesce(excluded.submitted_at, message_templates.submitted_at)
"""


async def put(
    conn: Connection,
    *,
    boutique_id: str,
    provider: WhatsAppProvider,
    name: str,
    language: TemplateLanguage,
    status: TemplateStatus,
    content_sid: str | None = None,
    category: TemplateCategory = "utility",
    locale: str | None = None,
    form: Mapping[str, Any] | None = None,
    provider_id: str | None = None,
    media_base: str | None = None,
) -> None:
    """Note that the provider has the template. Needs a system connection."""
    await conn.execute(
        _PUT,
        {
            "boutique_id": boutique_id,
            "provider": provider,
            "name": name,
            "language": language,
            "status": status,
            "content_sid": content_sid,
            "category": category,
            "locale": locale,
            "form": None if form is None else Jsonb(dict(form)),
            "provider_id": provider_id,
            "media_base": media_base,
        },
    )


@dataclass(frozen=True, slots=True)
class Told:
    """What the provider says of a template; none leaves what was known."""

    name: str
    locale: str
    status: TemplateStatus | None = None
    category: TemplateCategory | None = None
    quality: Quality | None = None
    reason: str | None = None
    provider_id: str | None = None
    content_sid: str | None = None
    next_category: TemplateCategory | None = None
    category_changes_at: datetime | None = None

    @property
    def language(self) -> str:
        return self.locale.split("_")[0]


_NOTE = """
update message_templates t set checked_at = now(),
  -- Twilio sends by the content's id: without it the template cannot be used.
  status = case when %(status)s::text = 'approved' and t.provider = 'twilio'
      and coalesce(%(content_sid)s, t.content_sid) is null then t.status
    else coalesce(%(status)s, t.status) end,
  locale = %(locale)s, provider_id = coalesce(%(provider_id)s, t.provider_id),
  content_sid = coalesce(%(content_sid)s, t.content_sid),
  category = coalesce(%(category)s, t.category), quality = coalesce(%(quality)s, t.quality),
  reason = case when %(status)s::text is null then t.reason else left(%(reason)s, 500) end,
  -- An announced change is over when the category is the announced one, whoever says so.
  next_category = nullif(coalesce(%(next_category)s, t.next_category),
    coalesce(%(category)s, t.category)),
  category_changes_at = case
    when coalesce(%(next_category)s, t.next_category) <> coalesce(%(category)s, t.category)
    then coalesce(%(category_changes_at)s, t.category_changes_at) end
from message_templates before
where t.boutique_id = %(boutique_id)s and t.provider = %(provider)s and t.name = %(name)s
  and t.language = %(language)s and t.status <> 'draft'
  and before.boutique_id = t.boutique_id and before.provider = t.provider
  and before.name = t.name and before.language = t.language
returning t.id::text as id, before.status as status_before, t.status,
  before.category as category_before, t.category, before.quality as quality_before, t.quality
"""


@dataclass(frozen=True, slots=True)
class Noted:
    """What a provider's word has changed."""

    id: str
    status_before: TemplateStatus
    status: TemplateStatus
    category_before: TemplateCategory
    category: TemplateCategory
    quality_before: Quality | None
    quality: Quality | None

    @property
    def is_news(self) -> bool:
        return (self.status_before, self.category_before, self.quality_before) != (
            self.status, self.category, self.quality,
        )  # fmt: skip


async def note(
    conn: Connection, told: Told, *, boutique_id: str, provider: WhatsAppProvider
) -> Noted | None:
    """Keep what the provider says; None: the boutique has no such template, or a draft only.

    Needs a system connection.
    """
    async with conn.cursor(row_factory=class_row(Noted)) as cursor:
        await cursor.execute(
            _NOTE,
            {
                "boutique_id": boutique_id,
                "provider": provider,
                "name": told.name,
                "language": told.language,
                "locale": told.locale,
                "status": told.status,
                "category": told.category,
                "quality": told.quality,
                "reason": told.reason,
                "provider_id": told.provider_id,
                "content_sid": told.content_sid,
                "next_category": told.next_category,
                "category_changes_at": told.category_changes_at,
            },
        )
        return await cursor.fetchone()
