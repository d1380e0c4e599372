"""The templates that the sandbox's providers keep: submitted, reviewed, paused, recategorised.

One that we register in every account (`sandbox/templates.py`) is approved from the beginning.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import time
from collections.abc import Awaitable, Callable
from typing import Any, Literal

from pydantic import BaseModel, Field

from dukani.core.clients.meta_templates import components
from dukani.core.clients.template_desk import Submission
from dukani.core.clients.twilio_templates import content_of
from dukani.core.languages import LANGUAGES as LANGUAGES
from dukani.core.template_form import VARIABLE, TemplateForm
from dukani.domain.acts import Language
from dukani.domain.template_forms import (
    PURCHASE_NOTIFICATION,
    purchase_notification,
    standard_form,
)
from dukani.domain.templates import TEMPLATES
from dukani.sandbox.accounts import SandboxAccount
from dukani.sandbox.world import World

Standing = Literal["PENDING", "APPROVED", "REJECTED", "PAUSED", "DISABLED"]
PAUSES_TO_DISABLED = 3
_AT_AN_END = re.compile(r"^\W*\{\{|\}\}\W*$")


class SandboxTemplate(BaseModel):
    """A template of an account, in parts that are the same for both providers."""

    id: str  # digits at Meta, HX… at Twilio
    account: str  # key of the sandbox's account
    name: str
    language: str
    category: str = "UTILITY"
    standing: Standing = "PENDING"
    reason: str = ""
    quality: str = "UNKNOWN"
    pauses: int = 0
    components: list[dict[str, Any]] = Field(default_factory=list)  # as Meta has them
    content: dict[str, Any] = Field(default_factory=dict)  # as Twilio has it
    requested: bool = True  # Twilio: WhatsApp was asked to approve it
    at: float = Field(default_factory=time.time)


Tell = Callable[[SandboxAccount, SandboxTemplate, str, dict[str, Any]], Awaitable[None]]


async def _tell_nobody(
    account: SandboxAccount, template: SandboxTemplate, field: str, value: dict[str, Any]
) -> None:
    return None


class TemplateBook:
    """All templates, and the reviewers. `tell` posts a change of a template to its boutique."""

    def __init__(
        self, world: World, *, tell: Tell = _tell_nobody, shop_url: str = "http://shop.example"
    ) -> None:
        """`shop_url`: where Dukani is, for the links of the campaign's template."""
        self._world = world
        self._shop_url = shop_url
        self._tell = tell

    def of(self, account: SandboxAccount) -> list[SandboxTemplate]:
        """The account's, the registered ones first; numbers of one WABA share theirs."""
        keys = {
            one.key
            for one in self._world.accounts
            if one.provider == account.provider
            and (one.waba_id, one.account_sid) == (account.waba_id, account.account_sid)
        }
        kept = [one for one in self._world.templates.values() if one.account in keys]
        named = {(one.name, one.language) for one in kept}
        ours = [one for one in self._registered(account) if (one.name, one.language) not in named]
        return ours + sorted(kept, key=lambda one: one.at)

    def _registered(self, account: SandboxAccount) -> list[SandboxTemplate]:
        return _of_the_code(account) + _of_a_campaign(account, self._shop_url)

    def find(self, account: SandboxAccount, name: str, language: str) -> SandboxTemplate | None:
        found = [t for t in self.of(account) if (t.name, t.language) == (name, language)]
        return found[-1] if found else None

    def by_id(self, account: SandboxAccount, template_id: str) -> SandboxTemplate | None:
        return next((one for one in self.of(account) if one.id == template_id), None)

    def keep(self, template: SandboxTemplate) -> None:
        self._world.keep_template(template.id, template)

    def remove(self, template: SandboxTemplate) -> None:
        self._world.keep_template(template.id, None)

    async def review(self, account: SandboxAccount, template: SandboxTemplate) -> None:
        """Decide after a short while, as people and machines at WhatsApp do."""
        await asyncio.sleep(self._world.faults.templates.review_s)
        current = self.by_id(account, template.id)
        if current is None or current.standing != "PENDING":
            return
        reason = rejected_for(current)
        current.standing = "REJECTED" if reason else "APPROVED"
        current.reason = reason or ""
        self.keep(current)
        await self._status(account, current)

    async def pause(self, account: SandboxAccount, template: SandboxTemplate) -> None:
        """Readers blocked it: paused, and at the third time disabled."""
        template.pauses += 1
        is_last = template.pauses >= PAUSES_TO_DISABLED
        template.standing = "DISABLED" if is_last else "PAUSED"
        template.reason = "LOW_QUALITY"
        self.keep(template)
        await self._status(account, template)

    async def approve(self, account: SandboxAccount, template: SandboxTemplate) -> None:
        template.standing, template.reason = "APPROVED", ""
        self.keep(template)
        await self._status(account, template)

    async def rate(self, account: SandboxAccount, template: SandboxTemplate, score: str) -> None:
        before, template.quality = template.quality, score
        self.keep(template)
        value = {"previous_quality_score": before, "new_quality_score": score}
        await self._tell(account, template, "message_template_quality_update", value)

    async def recategorise(
        self, account: SandboxAccount, template: SandboxTemplate, category: str, *, announced: bool
    ) -> None:
        """Announce the category it will have tomorrow, or give it now."""
        if announced:
            value: dict[str, Any] = {
                "correct_category": category,
                "new_category": template.category,
                "category_update_timestamp": int(time.time()) + 24 * 3600,
            }
        else:
            value = {"previous_category": template.category, "new_category": category}
            template.category = category
            self.keep(template)
        await self._tell(account, template, "template_category_update", value)

    async def _status(self, account: SandboxAccount, template: SandboxTemplate) -> None:
        value: dict[str, Any] = {
            "event": template.standing,
            "reason": template.reason or "NONE",
            "message_template_category": template.category,
        }
        await self._tell(account, template, "message_template_status_update", value)


def rejected_for(template: SandboxTemplate) -> str | None:
    """Why the reviewers say no, by what the template says; None: they say yes."""
    body = body_of(template)
    if "reject" in template.name:
        return "ABUSIVE_CONTENT"
    if not body.strip() or _AT_AN_END.search(body.strip()):
        return "INVALID_FORMAT"
    if len(body) > 1024:
        return "INVALID_FORMAT"
    says_offer = re.search(r"\b(discount|sale|offer|punguzo|ofa)\b", body, re.IGNORECASE)
    if template.category == "UTILITY" and says_offer:
        return "TAG_CONTENT_MISMATCH"
    return None


def body_of(template: SandboxTemplate) -> str:
    """The body's text, with its variables."""
    for part in template.components:
        if str(part.get("type")).upper() == "BODY":
            return str(part.get("text") or "")
    for card in (template.content.get("types") or {}).values():
        return str(card.get("body") or "")
    return ""


def variables_of(template: SandboxTemplate) -> list[str]:
    return list(dict.fromkeys(VARIABLE.findall(body_of(template))))


def sandbox_sid(*parts: str) -> str:
    """Twilio's name of a content, the same for the same parts."""
    return "HX" + hashlib.sha256(":".join(parts).encode()).hexdigest()[:32]


def sandbox_id(*parts: str) -> str:
    """Meta's name of a template: digits."""
    return str(int(hashlib.sha256(":".join(parts).encode()).hexdigest()[:13], 16))


def _of_the_code(account: SandboxAccount) -> list[SandboxTemplate]:
    """Those that the code has, approved."""
    forms = [
        (name, language, "UTILITY", standard_form(template, language))
        for name, template in TEMPLATES.items()
        for language in LANGUAGES
    ]
    return [_approved(account, *one, media_base=None) for one in forms]


def _of_a_campaign(account: SandboxAccount, shop_url: str) -> list[SandboxTemplate]:
    """That of a campaign, as a shop that has run one before has it."""
    forms = [
        (language, purchase_notification(language, base_url=shop_url, picture="example.jpg"))
        for language in LANGUAGES
    ]
    base = f"{shop_url}/"
    return [
        _approved(account, PURCHASE_NOTIFICATION, language, "MARKETING", form, media_base=base)
        for language, form in forms
    ]


def _approved(
    account: SandboxAccount,
    name: str,
    language: Language,
    category: str,
    form: TemplateForm,
    *,
    media_base: str | None,
) -> SandboxTemplate:
    twilio = account.provider == "twilio"
    example = f"{media_base}example.jpg" if media_base else None
    wanted = Submission(name, language, "utility", form, example_link=example)
    return SandboxTemplate(
        id=sandbox_sid(name, language) if twilio else sandbox_id(name, language),
        account=account.key,
        name=name,
        language=language,
        category=category,
        standing="APPROVED",
        components=[] if twilio else components(form, handle=None),
        content=content_of(wanted, media_base=media_base) if twilio else {},
        at=0,
    )
