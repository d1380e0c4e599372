"""Message templates at Twilio: contents, and the requests that WhatsApp approve them.

Twilio, "Content API resources" (read November 2026). Twilio numbers all variables of a template in
one sequence: ours are those of the body, then the header's picture, then the ends of links.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx

from dukani.core.clients.template_desk import Submission, Submitted, category_of, status_of
from dukani.core.clients.transport import Hosts, get_json, json_object, post_once
from dukani.core.clients.twilio import PROVIDER, TwilioAccount
from dukani.core.errors import ProviderRefused, ProviderUnavailable
from dukani.core.store.message_templates import Told
from dukani.core.template_form import SUFFIX, numbered

_PAGE = 100
MOST_PAGES = 100


class TwilioTemplates:
    """Templates of one Twilio account."""

    def __init__(
        self, http: httpx.AsyncClient, base_url: str, account: TwilioAccount, *, timeout_s: float
    ) -> None:
        self._http = http
        self._root = base_url.rstrip("/")
        self._hosts = Hosts(base_url, ("twilio.com",))
        self._auth = (account.account_sid, account.auth_token)
        self._timeout_s = timeout_s

    async def every(self) -> list[Told]:
        url: str | None = f"{self._root}/v1/ContentAndApprovals?PageSize={_PAGE}"
        found: list[Told] = []
        for _ in range(MOST_PAGES):
            page = await self._page(str(url))
            found += [_told(row) for row in page.get("contents") or () if isinstance(row, dict)]
            meta = page.get("meta")
            url = meta.get("next_page_url") if isinstance(meta, dict) else None
            if url is None:
                return [told for told in found if told.name]
            if not self._hosts.include(url):
                raise ProviderRefused("not an address of Twilio", provider=PROVIDER, code="foreign")
        raise ProviderUnavailable("the list of templates has no end", provider=PROVIDER)

    async def may_use_marketing_endpoint(self) -> bool | None:
        return None  # Twilio chooses by itself

    async def submit(self, wanted: Submission, *, again: str | None = None) -> Submitted:
        """A content cannot be changed: what replaces a rejected one is another content."""
        base = _origin(wanted.example_link)
        made = await self._post("/v1/Content", content_of(wanted, media_base=base))
        sid = str(made.get("sid") or "")
        asked = {"name": wanted.name, "category": wanted.category.upper()}
        answer = await self._post(f"/v1/Content/{sid}/ApprovalRequests/whatsapp", asked)
        return Submitted(
            status_of(answer.get("status")) or "pending",
            category_of(answer.get("category")) or wanted.category,
            content_sid=sid,
            media_base=base,
        )

    async def remove(self, name: str, *, provider_id: str | None, content_sid: str | None) -> None:
        if content_sid is None:
            return
        try:
            answer = await self._http.delete(
                f"{self._root}/v1/Content/{content_sid}", auth=self._auth, timeout=self._timeout_s
            )
        except httpx.TransportError as error:
            raise ProviderUnavailable(type(error).__name__, provider=PROVIDER) from error
        if not answer.is_success and answer.status_code != 404:
            raise _refused(answer)

    async def _page(self, url: str) -> dict[str, Any]:
        answer = await get_json(
            self._http, url, provider=PROVIDER, auth=self._auth, timeout=self._timeout_s
        )
        if not answer.is_success:
            raise _refused(answer)
        return json_object(answer)

    async def _post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        answer = await post_once(
            self._http,
            f"{self._root}{path}",
            provider=PROVIDER,
            json=body,
            auth=self._auth,
            timeout=self._timeout_s,
        )
        if not answer.is_success:
            raise _refused(answer)
        return json_object(answer)


def content_of(wanted: Submission, *, media_base: str | None) -> dict[str, Any]:
    """Twilio's content: plain text, or a card where there is more than that."""
    form = wanted.form
    examples = [form.examples.get(name, "") for name in form.variables]
    card: dict[str, Any] = {"body": numbered(form)}
    if form.header == "text":
        card["header_text"] = form.header_text
    if form.header == "image" and wanted.example_link and media_base:
        examples.append(wanted.example_link.removeprefix(media_base))
        card["media"] = [f"{media_base}{{{{{len(examples)}}}}}"]
    if form.footer:
        card["footer"] = form.footer
    actions: list[dict[str, str]] = []
    for place, button in enumerate(form.buttons):
        if button.kind == "quick_reply":
            actions.append({"type": "QUICK_REPLY", "title": button.text, "id": f"reply_{place}"})
            continue
        url = button.url
        if button.has_suffix:
            examples.append(button.example)
            url = url.replace(SUFFIX, f"{{{{{len(examples)}}}}}")
        actions.append({"type": "URL", "title": button.text, "url": url})
    if actions:
        card["actions"] = actions
    kind = "whatsapp/card" if len(card) > 1 else "twilio/text"
    return {
        "friendly_name": f"{wanted.name}_{wanted.locale}",
        "language": wanted.locale,
        "variables": {str(n): example for n, example in enumerate(examples, start=1)},
        "types": {kind: card},
    }


def _origin(link: str | None) -> str | None:
    """What may not vary of a picture's address: Twilio wants the host in the template itself."""
    if link is None:
        return None
    parts = urlsplit(link)
    return f"{parts.scheme}://{parts.netloc}/"


def _told(row: Mapping[str, Any]) -> Told:
    approval = row.get("approval_requests")
    approval = approval if isinstance(approval, dict) else {}
    reason = approval.get("rejection_reason")
    return Told(
        name=str(approval.get("name") or ""),
        locale=str(row.get("language")),
        status=status_of(approval.get("status")),
        category=category_of(approval.get("category")),
        reason=str(reason) if reason else None,
        content_sid=str(row["sid"]) if row.get("sid") else None,
    )


def _refused(answer: httpx.Response) -> ProviderRefused | ProviderUnavailable:
    body = json_object(answer)
    code = str(body.get("code") or answer.status_code)
    said = str(body.get("message") or "")
    if answer.status_code == 429 or answer.status_code >= 500:
        return ProviderUnavailable(said, provider=PROVIDER, code=code)
    return ProviderRefused(said, provider=PROVIDER, code=code)
