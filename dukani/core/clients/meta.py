"""Client of Meta's WhatsApp Cloud API: sends messages, fetches files, verifies signatures."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import httpx

from dukani.core.clients import meta_marketing
from dukani.core.clients.messenger import (
    MAX_BUTTON_TITLE,
    MAX_BUTTONS,
    MAX_PRODUCT_BODY,
    MAX_PRODUCT_HEADER,
    MAX_ROW_DESCRIPTION,
    MAX_ROW_TITLE,
    MAX_ROWS,
    LinkButton,
    OutboundMessage,
    Products,
    Sent,
)
from dukani.core.clients.send_errors import send_error
from dukani.core.clients.templates import meta_template
from dukani.core.clients.transport import (
    MAX_MEDIA_BYTES,
    Hosts,
    Media,
    download,
    get_json,
    json_object,
    post_once,
)
from dukani.core.errors import (
    ProviderError,
    ProviderRefused,
    ProviderUnavailable,
    ProviderUnclear,
)

PROVIDER = "meta"
MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_LIST_BUTTON = 20
HELD_BACK = "held_for_quality_assessment"  # the status of an accepted template that is paced
MAX_CALLBACK_DATA = 512
MEDIA_DOMAINS = ("facebook.com", "fbsbx.com", "fbcdn.net", "whatsapp.net")


@dataclass(frozen=True, slots=True)
class MetaAccount:
    """A boutique's number at Meta, and its access token."""

    phone_number_id: str
    access_token: str = field(repr=False)
    waba_id: str | None = None


@dataclass(frozen=True, slots=True)
class Offers:
    """How marketing goes by its own endpoint: whether strictly, and whether activity is shared."""

    product_policy: str
    message_activity_sharing: bool | None = None  # None: as the account has it

    def as_body(self) -> dict[str, Any]:
        shared = self.message_activity_sharing
        told = {} if shared is None else {"message_activity_sharing": shared}
        return {"product_policy": self.product_policy} | told


class MetaMessenger:
    """Sends as one boutique's number. Cheap to make: one for each job."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        base_url: str,
        account: MetaAccount,
        *,
        version: str = "v23.0",
        timeout_s: float = 10.0,
        offers: Offers | None = None,
    ) -> None:
        """`offers`: how marketing goes by its own endpoint; None: as everything else."""
        self._http = http
        self._base_url = base_url.rstrip("/")
        self._root = f"{self._base_url}/{version}"
        self._account = account
        self._timeout_s = timeout_s
        self._offers = offers

    async def send(self, message: OutboundMessage) -> Sent:
        """Send one message; `callback_data` comes back in each of its statuses.

        An offer goes by the endpoint for offers where the number has it. What that does not take,
        for a reason of its own, is sent as before.
        """
        body = message_body(message)
        if self._offers is None or not (message.marketing and message.template):
            return await self._send(body, path="messages")
        try:
            return await self._send(body | self._offers.as_body(), path=meta_marketing.PATH)
        except ProviderError as error:
            if error.code not in meta_marketing.REFUSES:
                raise
            sent = await self._send(body, path="messages")
            return replace(sent, refused_first=error.code)

    async def _send(self, body: dict[str, Any], *, path: str) -> Sent:
        response = await post_once(
            self._http,
            f"{self._root}/{self._account.phone_number_id}/{path}",
            provider=PROVIDER,
            json=body,
            headers=self._bearer,
            timeout=self._timeout_s,
        )
        answer = json_object(response)
        if response.is_success:
            return _sent(answer)
        error = answer.get("error")
        error = error if isinstance(error, dict) else {}
        raise send_error(
            response,
            provider=PROVIDER,
            code=_code(error),
            message=_explained(error),
        )

    async def taken_since(
        self, message: OutboundMessage, since: datetime, until: datetime | None = None
    ) -> list[Sent]:
        """Empty: Meta cannot be asked, but retries each status for days until we accept it."""
        return []

    async def fetch_media(self, reference: str, *, max_bytes: int = MAX_MEDIA_BYTES) -> Media:
        """The file of a media id: first its address (valid for 5 minutes), then the bytes."""
        response = await get_json(
            self._http,
            f"{self._root}/{reference}",
            provider=PROVIDER,
            headers=self._bearer,
            timeout=self._timeout_s,
        )
        url = json_object(response).get("url")
        if response.status_code == 429 or response.status_code >= 500:
            raise ProviderUnavailable(provider=PROVIDER, code=str(response.status_code))
        if not response.is_success or not isinstance(url, str):
            raise ProviderRefused(
                "no such media", provider=PROVIDER, code=str(response.status_code)
            )
        hosts = Hosts(self._base_url, MEDIA_DOMAINS)
        if not hosts.include(url):
            raise ProviderRefused("not an address of Meta", provider=PROVIDER, code="foreign")
        return await download(
            self._http,
            url,
            provider=PROVIDER,
            hosts=hosts,
            max_bytes=max_bytes,
            headers=self._bearer,
        )

    @property
    def _bearer(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self._account.access_token}"}


def message_body(message: OutboundMessage) -> dict[str, Any]:
    """The JSON Meta expects. Raises ProviderRefused, naming the limit, where Meta would refuse."""
    body: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
    }
    if message.to.startswith("+"):
        body["to"] = message.to.removeprefix("+")
    else:
        body["recipient"] = message.to  # a business-scoped user id
    if message.reply_to:
        body["context"] = {"message_id": message.reply_to}
    if message.callback_data:
        _limit("callback_data", message.callback_data, MAX_CALLBACK_DATA)
        body["biz_opaque_callback_data"] = message.callback_data
    return body | _content(message)


def _content(message: OutboundMessage) -> dict[str, Any]:
    if message.template:
        return {"type": "template", "template": meta_template(message.template, provider=PROVIDER)}
    if message.media_url and not (message.buttons or message.link_button):
        _limit("caption", message.text, MAX_CAPTION)
        if message.document_name:
            return {"type": "document", "document": _document(message)}
        image = {"link": message.media_url} | ({"caption": message.text} if message.text else {})
        return {"type": "image", "image": image}
    _limit("text", message.text, MAX_TEXT)
    if message.options:
        return {"type": "interactive", "interactive": _list(message)}
    if message.buttons:
        return {"type": "interactive", "interactive": _buttons(message)}
    if message.link_button:
        return {"type": "interactive", "interactive": _link_button(message, message.link_button)}
    if message.products:
        return {"type": "interactive", "interactive": _products(message.text, message.products)}
    return {"type": "text", "text": {"body": message.text, "preview_url": False}}


def _document(message: OutboundMessage) -> dict[str, Any]:
    named = {"link": message.media_url, "filename": message.document_name}
    return named | ({"caption": message.text} if message.text else {})


def _list(message: OutboundMessage) -> dict[str, Any]:
    if len(message.options) > MAX_ROWS:
        raise _too_long("options", len(message.options), MAX_ROWS)
    _limit("list_button", message.list_button, MAX_LIST_BUTTON)
    rows = []
    for row in message.options:
        _limit("row title", row.title, MAX_ROW_TITLE)
        _limit("row description", row.description, MAX_ROW_DESCRIPTION)
        described = {"description": row.description} if row.description else {}
        rows.append({"id": row.id, "title": row.title} | described)
    return {
        "type": "list",
        "body": {"text": message.text},
        "action": {"button": message.list_button, "sections": [{"rows": rows}]},
    }


def _products(text: str, products: Products) -> dict[str, Any]:
    """A single product, a list with header and sections, or a carousel.

    A carousel is 2 to 10 cards of one catalogue, numbered from 0, below words of at most 1,024
    characters; it has no header, no footer and no buttons, and needs no template (Meta,
    "Interactive product carousel messages", as of June 2026). A template of product cards is for
    outside the 24 hours; it is not sent here.
    """
    _limit("text", text, MAX_PRODUCT_BODY)
    body = {"text": text}
    if products.carousel:
        return {"type": "carousel", "body": body, "action": {"cards": _cards(products)}}
    if len(products.retailer_ids) == 1:
        shown = {"product_retailer_id": products.retailer_ids[0]}
        action = {"catalog_id": products.catalog_id} | shown
        return {"type": "product", "body": body, "action": action}
    sections = [
        {
            "title": section.title,
            "product_items": [{"product_retailer_id": one} for one in section.retailer_ids],
        }
        for section in products.sections
    ]
    for section in products.sections:
        _limit("section title", section.title, MAX_ROW_TITLE)
    _limit("header", products.header, MAX_PRODUCT_HEADER)
    return {
        "type": "product_list",
        "header": {"type": "text", "text": products.header},
        "body": body,
        "action": {"catalog_id": products.catalog_id, "sections": sections},
    }


def _cards(products: Products) -> list[dict[str, Any]]:
    return [
        {
            "card_index": index,
            "type": "product",
            "action": {"product_retailer_id": one, "catalog_id": products.catalog_id},
        }
        for index, one in enumerate(products.retailer_ids)
    ]


def _buttons(message: OutboundMessage) -> dict[str, Any]:
    if len(message.buttons) > MAX_BUTTONS:
        raise _too_long("buttons", len(message.buttons), MAX_BUTTONS)
    _limit("text", message.text, MAX_CAPTION)
    for button in message.buttons:
        _limit("button title", button.title, MAX_BUTTON_TITLE)
    replies = [{"type": "reply", "reply": button._asdict()} for button in message.buttons]
    return {"type": "button", **_pictured(message), "action": {"buttons": replies}}


def _link_button(message: OutboundMessage, button: LinkButton) -> dict[str, Any]:
    _limit("text", message.text, MAX_CAPTION)
    _limit("button title", button.title, MAX_BUTTON_TITLE)
    parameters = {"display_text": button.title, "url": button.url}
    action = {"name": "cta_url", "parameters": parameters}
    return {"type": "cta_url", **_pictured(message), "action": action}


def _pictured(message: OutboundMessage) -> dict[str, Any]:
    """The words above buttons, and the picture above those."""
    body = {"body": {"text": message.text}}
    if not message.media_url:
        return body
    return {"header": {"type": "image", "image": {"link": message.media_url}}} | body


def _limit(name: str, text: str, limit: int) -> None:
    if len(text) > limit:
        raise _too_long(name, len(text), limit)


def _too_long(name: str, length: int, limit: int) -> ProviderRefused:
    return ProviderRefused(f"{name}: {length}, at most {limit}", provider=PROVIDER, code="131009")


def _code(error: dict[str, Any]) -> str | None:
    """Meta's code; 100 with subcode 33 is marked, for then the number itself is not found."""
    code = error.get("code")
    if code is None:
        return None
    return "100.33" if (code, error.get("error_subcode")) == (100, 33) else str(code)


def _explained(error: dict[str, Any]) -> str:
    data = error.get("error_data")
    details = data.get("details") if isinstance(data, dict) else None
    return str(details or error.get("message") or "")


def _sent(body: dict[str, Any]) -> Sent:
    messages = body.get("messages")
    first = messages[0] if isinstance(messages, list) and messages else None
    provider_id = first.get("id") if isinstance(first, dict) else None
    if not isinstance(provider_id, str) or not provider_id:
        raise ProviderUnclear("an answer without a message id", provider=PROVIDER)
    held = first is not None and first.get("message_status") == HELD_BACK
    return Sent(provider_id=provider_id, held=held)


def meta_signature(secret: str, raw: bytes) -> str:
    """`X-Hub-Signature-256` of a raw body."""
    return "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()


def verify_meta_signature(secret: str, raw: bytes, header: str | None) -> bool:
    """Whether Meta signed these bytes with our app's secret; compares in constant time."""
    if not secret or not header:
        return False
    return hmac.compare_digest(meta_signature(secret, raw).encode(), header.encode())
