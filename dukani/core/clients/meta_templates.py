"""Message templates at Meta: listed, created, edited and deleted.

Meta, "Message templates", "Resumable Upload API" (Graph API v23.0, read November 2026). A header's
picture is uploaded to the app first; the template names it by its handle.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

from dukani.core.clients import meta_marketing
from dukani.core.clients.meta import PROVIDER, MetaAccount
from dukani.core.clients.template_desk import (
    Submission,
    Submitted,
    category_of,
    quality_of,
    status_of,
)
from dukani.core.clients.transport import (
    Hosts,
    check_headers,
    get_json,
    json_object,
    post_once,
)
from dukani.core.errors import ConfigurationError, ProviderRefused, ProviderUnavailable
from dukani.core.store.message_templates import Told
from dukani.core.template_form import SUFFIX, FormButton, TemplateForm

_FIELDS = "id,name,status,category,language,quality_score,rejected_reason"
_PAGE = 100
MOST_PAGES = 100
NOT_THERE = "100"  # also what a deleted template's id is answered with


class MetaTemplates:
    """Templates of one WhatsApp Business account."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        base_url: str,
        account: MetaAccount,
        *,
        version: str,
        app_id: str | None,
        timeout_s: float,
    ) -> None:
        """Raises ConfigurationError without the account's id."""
        if account.waba_id is None:
            raise ConfigurationError("the meta credentials lack 'waba_id'")
        self._http = http
        self._hosts = Hosts(base_url, ("facebook.com",))
        self._root = f"{base_url.rstrip('/')}/{version}"
        self._waba = account.waba_id
        self._token = account.access_token
        self._app = app_id or "app"  # the app that the token is of
        self._timeout_s = timeout_s

    async def every(self) -> list[Told]:
        url: str | None = f"{self._root}/{self._waba}/message_templates"
        params: dict[str, str] | None = {"fields": _FIELDS, "limit": str(_PAGE)}
        found: list[Told] = []
        for _ in range(MOST_PAGES):
            page = await self._page(str(url), params)
            found += [_told(row) for row in page.get("data") or () if isinstance(row, dict)]
            url, params = _next(page), None
            if url is None:
                return found
            if not self._hosts.include(url):
                raise ProviderRefused("not an address of Meta", provider=PROVIDER, code="foreign")
        raise ProviderUnavailable("the list of templates has no end", provider=PROVIDER)

    async def may_use_marketing_endpoint(self) -> bool | None:
        return await meta_marketing.may_use(
            self._http,
            self._root,
            waba_id=self._waba,
            access_token=self._token,
            timeout_s=self._timeout_s,
        )

    async def submit(self, wanted: Submission, *, again: str | None = None) -> Submitted:
        handle = await self._upload(wanted.example) if wanted.example is not None else None
        parts = components(wanted.form, handle=handle)
        body: dict[str, Any] = {"category": wanted.category.upper(), "components": parts}
        if again is None:
            body |= {"name": wanted.name, "language": wanted.locale}
            body["parameter_format"] = "NAMED" if wanted.form.is_named else "POSITIONAL"
        path = f"{self._waba}/message_templates" if again is None else again
        answer = await self._post(path, json=body)
        return Submitted(
            status_of(answer.get("status")) or "pending",
            category_of(answer.get("category")) or wanted.category,
            provider_id=str(answer.get("id") or again or "") or None,
        )

    async def remove(self, name: str, *, provider_id: str | None, content_sid: str | None) -> None:
        check_headers(self._bearer, provider=PROVIDER)
        params = {"name": name} | ({"hsm_id": provider_id} if provider_id else {})
        try:
            answer = await self._http.delete(
                f"{self._root}/{self._waba}/message_templates",
                params=params,
                headers=self._bearer,
                timeout=self._timeout_s,
            )
        except httpx.TransportError as error:
            raise ProviderUnavailable(type(error).__name__, provider=PROVIDER) from error
        if not answer.is_success and _error_of(answer).get("code") != int(NOT_THERE):
            raise _refused(answer)

    async def _upload(self, picture: bytes) -> str:
        """The handle of the example picture, by a session of an upload."""
        session = await self._post(
            f"{self._app}/uploads",
            params={
                "file_name": "example.jpg",
                "file_length": str(len(picture)),
                "file_type": "image/jpeg",
            },
        )
        answer = await post_once(
            self._http,
            f"{self._root}/{session.get('id')}",
            provider=PROVIDER,
            content=picture,
            headers={"authorization": f"OAuth {self._token}", "file_offset": "0"},
            timeout=self._timeout_s,
        )
        handle = json_object(answer).get("h")
        if not answer.is_success or not isinstance(handle, str):
            raise _refused(answer)
        return handle

    async def _page(self, url: str, params: Mapping[str, str] | None) -> dict[str, Any]:
        answer = await get_json(
            self._http,
            url,
            provider=PROVIDER,
            params=params,
            headers=self._bearer,
            timeout=self._timeout_s,
        )
        if not answer.is_success:
            raise _refused(answer)
        return json_object(answer)

    async def _post(self, path: str, **request: Any) -> dict[str, Any]:
        answer = await post_once(
            self._http,
            f"{self._root}/{path}",
            provider=PROVIDER,
            headers=self._bearer,
            timeout=self._timeout_s,
            **request,
        )
        if not answer.is_success:
            raise _refused(answer)
        return json_object(answer)

    @property
    def _bearer(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self._token}"}


def components(form: TemplateForm, *, handle: str | None) -> list[dict[str, Any]]:
    """Meta's `components`, with the examples that its reviewers see."""
    parts: list[dict[str, Any]] = []
    if form.header == "text":
        parts.append({"type": "HEADER", "format": "TEXT", "text": form.header_text})
    if form.header == "image":
        example = {"example": {"header_handle": [handle]}} if handle else {}
        parts.append({"type": "HEADER", "format": "IMAGE"} | example)
    parts.append({"type": "BODY", "text": form.body} | _body_example(form))
    if form.footer:
        parts.append({"type": "FOOTER", "text": form.footer})
    if form.buttons:
        parts.append({"type": "BUTTONS", "buttons": [_button(one) for one in form.buttons]})
    return parts


def _body_example(form: TemplateForm) -> dict[str, Any]:
    if not form.variables:
        return {}
    if form.is_named:
        named = [
            {"param_name": name, "example": form.examples.get(name, "")} for name in form.variables
        ]
        return {"example": {"body_text_named_params": named}}
    numbers = sorted(form.variables, key=int)
    return {"example": {"body_text": [[form.examples.get(n, "") for n in numbers]]}}


def _button(button: FormButton) -> dict[str, Any]:
    if button.kind == "quick_reply":
        return {"type": "QUICK_REPLY", "text": button.text}
    link: dict[str, Any] = {"type": "URL", "text": button.text, "url": button.url}
    if button.has_suffix:
        link["example"] = [button.url.replace(SUFFIX, button.example)]
    return link


def _told(row: Mapping[str, Any]) -> Told:
    score = row.get("quality_score")
    reason = row.get("rejected_reason")
    return Told(
        name=str(row.get("name")),
        locale=str(row.get("language")),
        status=status_of(row.get("status")),
        category=category_of(row.get("category")),
        quality=quality_of(score.get("score")) if isinstance(score, dict) else None,
        reason=None if reason in (None, "", "NONE") else str(reason),
        provider_id=str(row["id"]) if row.get("id") else None,
    )


def _next(page: Mapping[str, Any]) -> str | None:
    paging = page.get("paging")
    following = paging.get("next") if isinstance(paging, dict) else None
    return following if isinstance(following, str) else None


def _error_of(answer: httpx.Response) -> dict[str, Any]:
    error = json_object(answer).get("error")
    return error if isinstance(error, dict) else {}


def _refused(answer: httpx.Response) -> ProviderRefused | ProviderUnavailable:
    error = _error_of(answer)
    code = str(error.get("code") or answer.status_code)
    said = str(error.get("error_user_msg") or error.get("message") or "")
    if answer.status_code == 429 or answer.status_code >= 500:
        return ProviderUnavailable(said, provider=PROVIDER, code=code)
    return ProviderRefused(said, provider=PROVIDER, code=code)
