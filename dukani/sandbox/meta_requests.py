"""Parses the JSON a boutique sends to Meta, and refuses what Meta would refuse."""

from __future__ import annotations

from typing import Any

from dukani.core.clients.messenger import (
    MAX_BUTTON_TITLE,
    MAX_BUTTONS,
    MAX_ROW_DESCRIPTION,
    MAX_ROW_TITLE,
    MAX_ROWS,
)
from dukani.core.clients.meta import MAX_CALLBACK_DATA, MAX_CAPTION, MAX_LIST_BUTTON, MAX_TEXT
from dukani.sandbox.accounts import SandboxAccount
from dukani.sandbox.meta_products import FORMS, read_products
from dukani.sandbox.meta_refusals import Refused, part, required, within
from dukani.sandbox.models import ChatMessage, Row
from dukani.sandbox.template_book import TemplateBook
from dukani.sandbox.template_sends import META, TemplateRefused, check_standing, meta_shown


def read_message(
    account: SandboxAccount, wamid: str, body: dict[str, Any], templates: TemplateBook
) -> tuple[ChatMessage, str | None]:
    """The message in a send, and the link of its picture. Raises Refused."""
    if body.get("messaging_product") != "whatsapp":
        raise Refused("100", "The parameter messaging_product is required.")
    message = ChatMessage(
        id=wamid,
        account=account.key,
        contact=_contact(body),
        author="boutique",
        reply_to=part(body, "context").get("message_id"),
        callback=_short("biz_opaque_callback_data", body, MAX_CALLBACK_DATA) or None,
    )
    kind = body.get("type", "text")
    if kind == "text":
        message.text = required("text.body", part(body, "text").get("body"), MAX_TEXT)
        return message, None
    if kind == "image":
        return _image(message, part(body, "image"))
    if kind == "document":
        return _document(message, part(body, "document"))
    if kind == "interactive":
        return _pictured(_interactive(message, part(body, "interactive")), body)
    if kind == "template":
        return _template(account, message, part(body, "template"), templates)
    raise Refused("131051", f"Unsupported message type {kind!r}")


def not_an_offer(
    account: SandboxAccount, body: dict[str, Any], templates: TemplateBook
) -> tuple[str, str] | None:
    """The code and words with which the endpoint of offers refuses it; None: it does not."""
    if body.get("type") != "template":
        return "100", "Message must be a template message."
    if body.get("product_policy", "CLOUD_API_FALLBACK") not in ("CLOUD_API_FALLBACK", "STRICT"):
        return "100", "Invalid parameter: product_policy"
    wanted = part(body, "template")
    language = part(wanted, "language").get("code")
    found = templates.find(account, str(wanted.get("name")), str(language))
    if found is not None and found.category != "MARKETING":
        return "134100", "Only marketing messages supported."
    if account.marketing_status != "ONBOARDED" and body.get("product_policy") == "STRICT":
        return "131055", "Method not allowed."
    return None


def _contact(body: dict[str, Any]) -> str:
    to = str(body.get("to") or "").removeprefix("+")
    if to:
        if not (to.isascii() and to.isdigit()):
            raise Refused("100", "Invalid parameter: to")
        return f"+{to}"
    if not body.get("recipient"):
        raise Refused("131008", "The parameter to is required.")
    return str(body["recipient"])


def _image(message: ChatMessage, image: dict[str, Any]) -> tuple[ChatMessage, str]:
    link = str(image.get("link") or "")
    if not link.startswith(("http://", "https://")):
        raise Refused("131009", "image.link is not a valid URI")
    message.kind = "image"
    message.text = _short("caption", image, MAX_CAPTION)
    return message, link


def _document(message: ChatMessage, document: dict[str, Any]) -> tuple[ChatMessage, str]:
    link = str(document.get("link") or "")
    if not link.startswith(("http://", "https://")):
        raise Refused("131009", "document.link is not a valid URI")
    message.kind = "document"
    message.text = _short("caption", document, MAX_CAPTION)
    message.filename = str(document.get("filename") or "")
    return message, link


def _template(
    account: SandboxAccount,
    message: ChatMessage,
    template: dict[str, Any],
    templates: TemplateBook,
) -> tuple[ChatMessage, str | None]:
    """A template's message, as its reader gets it."""
    name = required("template.name", template.get("name"), 512)
    language = required("template.language.code", part(template, "language").get("code"), 10)
    sent = template.get("components") or []
    try:
        known = check_standing(templates.find(account, name, language), META)
        shown = meta_shown(known, sent)
    except TemplateRefused as refused:
        raise Refused(refused.code, str(refused)) from refused
    message.text, message.rows = shown.text, shown.replies
    if not shown.has_picture:
        message.kind = "buttons" if shown.replies else "text"
        return message, None
    message.kind = "image"
    images = [
        part(one, "image").get("link")
        for component in sent
        for one in component.get("parameters") or ()
        if one.get("type") == "image"
    ]
    return message, str(images[0])


def _pictured(message: ChatMessage, body: dict[str, Any]) -> tuple[ChatMessage, str | None]:
    """With the link of the picture above reply buttons; a list or a product has none."""
    header = part(part(body, "interactive"), "header")
    if header.get("type") != "image":
        return message, None
    if message.kind == "list":
        raise Refused("131009", "header.type: this kind of message has no picture")
    link = str(part(header, "image").get("link") or "")
    if not link.startswith(("http://", "https://")):
        raise Refused("131009", "header.image.link is not a valid URI")
    message.kind = "image"
    return message, link


def _interactive(message: ChatMessage, interactive: dict[str, Any]) -> ChatMessage:
    if interactive.get("type") == "list":
        return _list(message, interactive)
    if interactive.get("type") == "button":
        return _buttons(message, interactive)
    if interactive.get("type") == "cta_url":
        return _link_button(message, interactive)
    if interactive.get("type") in FORMS:
        return read_products(message, interactive)
    raise Refused("131009", "interactive.type: list, button, cta_url and products are served")


def _buttons(message: ChatMessage, interactive: dict[str, Any]) -> ChatMessage:
    given = part(interactive, "action").get("buttons") or []
    replies = [part(button, "reply") for button in given if button.get("type") == "reply"]
    if not 1 <= len(replies) <= MAX_BUTTONS or len(replies) != len(given):
        raise Refused("131009", f"{len(given)} buttons: 1 to {MAX_BUTTONS}, of type reply")
    if len({reply.get("id") for reply in replies}) != len(replies):
        raise Refused("131009", "Duplicated button id")
    message.kind = "buttons"
    message.text = required("body.text", part(interactive, "body").get("text"), MAX_CAPTION)
    message.rows = [
        Row(
            id=required("reply.id", reply.get("id"), 256),
            title=required("reply.title", reply.get("title"), MAX_BUTTON_TITLE),
        )
        for reply in replies
    ]
    return message


def _link_button(message: ChatMessage, interactive: dict[str, Any]) -> ChatMessage:
    """The phone shows the button as a line with its address, which can be tapped."""
    action = part(interactive, "action")
    if action.get("name") != "cta_url":
        raise Refused("131009", "action.name: cta_url")
    told = part(action, "parameters")
    title = required("display_text", told.get("display_text"), MAX_BUTTON_TITLE)
    url = required("url", told.get("url"), 2000)
    if not url.startswith(("http://", "https://")):
        raise Refused("131009", "url is not a valid URI")
    body = required("body.text", part(interactive, "body").get("text"), MAX_CAPTION)
    message.text = f"{body}\n\n{title}: {url}"
    return message


def _list(message: ChatMessage, interactive: dict[str, Any]) -> ChatMessage:
    action = part(interactive, "action")
    rows = [row for section in action.get("sections", []) for row in section.get("rows", [])]
    if not 1 <= len(rows) <= MAX_ROWS:
        raise Refused("131009", f"{len(rows)} rows: 1 to {MAX_ROWS}")
    if len({row.get("id") for row in rows}) != len(rows):
        raise Refused("131009", "Duplicated row id")
    message.kind = "list"
    message.text = required("body.text", part(interactive, "body").get("text"), MAX_TEXT)
    message.button = required("action.button", action.get("button"), MAX_LIST_BUTTON)
    message.rows = [
        Row(
            id=required("row.id", row.get("id"), 200),
            title=required("row.title", row.get("title"), MAX_ROW_TITLE),
            description=_short("description", row, MAX_ROW_DESCRIPTION),
        )
        for row in rows
    ]
    return message


def _short(name: str, body: dict[str, Any], limit: int) -> str:
    return within(name, str(body.get(name) or ""), limit)
