"""Builds the webhook bodies Meta posts: messages, statuses, echoes and preferences."""

from __future__ import annotations

from typing import Any

from dukani.sandbox.accounts import SandboxAccount
from dukani.sandbox.catalogue_book import main_catalogue
from dukani.sandbox.models import Advert, ChatMessage, Status, StoredMedia

ERROR_TITLES = {
    "131026": "Message undeliverable",
    "131047": "Re-engagement message",
    "131049": "This message was not delivered to maintain healthy ecosystem engagement.",
    "131050": "User has stopped marketing messages from this business",
    "131053": "Media upload error",
}
# The error beside a message that Meta does not show to us.
UNSUPPORTED = {"code": 131051, "title": "Message type unknown"}


def event(account: SandboxAccount, field: str, content: dict[str, Any]) -> dict[str, Any]:
    """One change of one number, in Meta's envelope."""
    value = {
        "messaging_product": "whatsapp",
        "metadata": {
            "display_phone_number": account.number.removeprefix("+"),
            "phone_number_id": account.phone_number_id,
        },
        **content,
    }
    entry = {"id": account.waba_id, "changes": [{"value": value, "field": field}]}
    return {"object": "whatsapp_business_account", "entry": [entry]}


def inbound(
    account: SandboxAccount,
    message: ChatMessage,
    *,
    profile_name: str,
    file: StoredMedia | None,
    base_url: str = "",
) -> dict[str, Any]:
    """A contact's message; without a phone when the contact is a user id.

    `base_url` is the sandbox's own address, for the picture of an advertisement.
    """
    phone = contact_phone(message.contact)
    who = {"wa_id": phone} if phone else {"user_id": message.contact}
    sender = {"from": phone} if phone else {"from_user_id": message.contact}
    body = {
        **sender,
        "id": message.id,
        "timestamp": str(int(message.at)),
        **message_content(account, message, file),
    }
    if message.group:
        body["group_id"] = message.group
    if message.reply_to or message.product:
        body["context"] = _context(account, message)
    if message.advert:
        body["referral"] = _referral(message.advert, base_url)
    contact = {"profile": {"name": profile_name}, **who}
    return event(account, "messages", {"contacts": [contact], "messages": [body]})


def _context(account: SandboxAccount, message: ChatMessage) -> dict[str, Any]:
    """The context of a message: the message it replies to, or the catalogue piece it is about."""
    context: dict[str, Any] = {
        "from": account.number.removeprefix("+"),
        "id": message.reply_to or f"{message.id}.catalogue",
    }
    if message.product:
        context["referred_product"] = {
            "catalog_id": main_catalogue(account),
            "product_retailer_id": message.product,
        }
    return context


def _referral(advert: Advert, base_url: str) -> dict[str, Any]:
    picture = {"image_url": f"{base_url}/phone/api/media/{advert.media}"} if advert.media else {}
    return {
        "source_url": advert.source_url,
        "source_id": "120000000000001",
        "source_type": "ad",
        "headline": advert.headline,
        "body": advert.body,
        "media_type": "image",
        "ctwa_clid": "ARA",
        **picture,
    }


def message_content(
    account: SandboxAccount, message: ChatMessage, file: StoredMedia | None
) -> dict[str, Any]:
    """The part of a message that depends on its kind."""
    kind = "interactive" if message.kind in ("tap", "pressed") else message.kind
    told = {"errors": [UNSUPPORTED]} if message.kind == "unsupported" else {}
    return {"type": kind, kind: _content(account, message, file), **told}


def _content(account: SandboxAccount, message: ChatMessage, file: StoredMedia | None) -> Any:
    if message.kind == "image" and file:
        captioned = {"caption": message.text} if message.text else {}
        return {"id": file.id, "mime_type": file.content_type, "sha256": "", **captioned}
    if message.kind == "sticker" and file:
        return {"id": file.id, "mime_type": file.content_type, "sha256": "", "animated": False}
    if message.kind in ("edit", "revoke"):
        return _change(message)
    if message.kind == "unsupported":
        return {"type": "unknown"}
    if message.kind == "document" and file:
        captioned = {"caption": message.text} if message.text else {}
        named = {"filename": message.filename} if message.filename else {}
        return {"id": file.id, "mime_type": file.content_type, "sha256": "", **named, **captioned}
    if message.kind == "audio" and file:
        return {"id": file.id, "mime_type": file.content_type, "sha256": "", "voice": True}
    if message.kind == "tap":
        reply = {"id": message.row_id or "", "title": message.text}
        return {"type": "list_reply", "list_reply": reply}
    if message.kind == "pressed":
        reply = {"id": message.row_id or "", "title": message.text}
        return {"type": "button_reply", "button_reply": reply}
    if message.kind == "button":
        return {"text": message.text, "payload": message.row_id or message.text}
    if message.kind == "location":
        named = {"address": message.text} if message.text else {}
        return {"latitude": message.latitude, "longitude": message.longitude, **named}
    if message.kind == "reaction":
        return {"message_id": message.reply_to or "", "emoji": message.text}
    if message.kind == "order":
        items = [item.model_dump() for item in message.items]
        return {"catalog_id": main_catalogue(account), "text": message.text, "product_items": items}
    if message.kind == "contacts":
        return [_card(message)]
    return {"body": message.text}


def _change(message: ChatMessage) -> dict[str, Any]:
    """The content of a message about an earlier one; only an edit has text."""
    about = {"original_message_id": message.about or ""}
    if message.kind == "revoke":
        return about
    return about | {"message": {"type": "text", "text": {"body": message.text}}}


def renamed(account: SandboxAccount, before: str, after: str, message_id: str, at: float) -> Any:
    """The system message about a contact's new phone or new user id."""
    phone = contact_phone(after)
    who = {"wa_id": phone} if phone else {"user_id": after, "previous_user_id": before}
    old, new = contact_phone(before) or before, phone or after
    system = {
        "type": "user_changed_number" if phone else "user_changed_user_id",
        "body": f"User changed from {old} to {new}",
        **who,
    }
    body = {"from": old, "id": message_id, "timestamp": str(int(at)), "type": "system"}
    return event(account, "messages", {"messages": [body | {"system": system}]})


def _card(message: ChatMessage) -> dict[str, Any]:
    """A shared contact; one on WhatsApp has a `wa_id` beside the number as written."""
    phones = [
        {"phone": number, "type": "CELL"}
        | ({"wa_id": number.removeprefix("+")} if number.startswith("+") else {})
        for number in message.phones
    ]
    name = {"formatted_name": message.text, "first_name": message.text}
    return {"name": name, "phones": phones}


def status(account: SandboxAccount, message: ChatMessage, reached: Status) -> dict[str, Any]:
    """The delivery status of a message of ours; failures name no contact, as at Meta."""
    phone = contact_phone(message.contact)
    who = {"recipient_id": phone} if phone else {"recipient_user_id": message.contact}
    body: dict[str, Any] = {
        "id": message.id,
        "status": reached,
        "timestamp": str(int(message.at)),
        **who,
    }
    if message.callback:
        body["biz_opaque_callback_data"] = message.callback
    if reached == "failed":
        code = message.error or "131000"
        title = ERROR_TITLES.get(code, "Something went wrong")
        details = {"message": title, "error_data": {"details": title}}
        body["errors"] = [{"code": int(code), "title": title, **details}]
    return event(account, "messages", {"statuses": [body]})


def echo(account: SandboxAccount, message: ChatMessage) -> dict[str, Any]:
    """The echo of a message that the owner wrote to a contact from the phone app."""
    phone = contact_phone(message.contact)
    body = {
        "from": account.number.removeprefix("+"),
        **({"to": phone} if phone else {"to_user_id": message.contact}),
        "id": message.id,
        "timestamp": str(int(message.at)),
        **message_content(account, message, None),
    }
    return event(account, "smb_message_echoes", {"message_echoes": [body]})


def preference(account: SandboxAccount, contact: str, value: str, at: float) -> dict[str, Any]:
    """The event of a contact who stopped or resumed marketing in WhatsApp's own settings."""
    wa_id = contact_phone(contact) or contact
    body = {
        "wa_id": wa_id,
        "detail": f"User requested to {value} marketing messages",
        "category": "marketing_messages",
        "value": value,
        "timestamp": str(int(at)),
    }
    return event(
        account,
        "user_preferences",
        {"contacts": [{"profile": {"name": ""}, "wa_id": wa_id}], "user_preferences": [body]},
    )


def contact_phone(contact: str) -> str | None:
    """A contact's phone as Meta writes it; none for a business-scoped user id."""
    return contact.removeprefix("+") if contact.startswith("+") else None
