"""Parses Meta's webhook bodies into one `Inbound` item for each event.

An unreadable message becomes an item of its own, so that the others of its batch are handled.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Literal
from uuid import uuid4

import structlog
from pydantic import ValidationError

from dukani.core.errors import UnreadableWebhook
from dukani.domain.message_kinds import GROUP, Decision, kind_of
from dukani.webhooks.bodies import digest, json_body
from dukani.webhooks.inbound import (
    Aside,
    DeliveryStatus,
    Inbound,
    InboundMessage,
    NamelessMessage,
    Preference,
)
from dukani.webhooks.meta_again import envelope_of, envelope_of_change
from dukani.webhooks.meta_changes import as_corrected, changed_by
from dukani.webhooks.meta_content import fields_of, name_of, referred_product
from dukani.webhooks.meta_identity import read_change, read_update
from dukani.webhooks.meta_wire import (
    Change,
    Contact,
    Entry,
    Message,
    Status,
    UserPreference,
    Value,
    Webhook,
    timestamp_or_none,
)
from dukani.webhooks.parts import names_of, own_id
from dukani.webhooks.template_news import FIELDS, read_template_news

log = structlog.get_logger()

_STATUSES: dict[str, Literal["sent", "delivered", "read", "failed"]] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "played": "read",
    "failed": "failed",
}

_UNAVAILABLE = "131060"  # "This message is unavailable": only its sender can open it

Raw = dict[str, Any]
Reader = Callable[[str, Value, Raw], Inbound]


def read_webhook(raw: bytes) -> list[Inbound]:
    """All events in a body. Raises UnreadableWebhook when the body is not Meta's envelope."""
    try:
        webhook = Webhook.model_validate(json_body(raw))
    except ValidationError as error:
        raise UnreadableWebhook("not a WhatsApp webhook") from error
    return [
        item
        for entry in webhook.entry
        for change in entry.changes
        for item in _items(change, entry)
    ]


def _items(change: Change, entry: Entry) -> Iterator[Inbound]:
    kept = envelope_of_change(change.field, entry.id)
    if change.field in FIELDS:
        news = read_template_news(entry, change)
        yield news or _aside("", change.value, kind=change.field, outcome="unreadable", kept=kept)
        return
    try:
        value = Value.model_validate(change.value)
    except ValidationError:
        # Changes of the account (its reviews) name no number.
        yield _aside("", change.value, kind=change.field, outcome="ignored", kept=kept)
        return
    account = value.metadata.phone_number_id
    lists = _lists(change.field, value)
    if not lists:
        yield _aside(account, change.value, kind=change.field, outcome="ignored", kept=kept)
    for kind, raws, read in lists:
        for raw in raws:
            item = _read(account, value, raw, kind=kind, read=read)
            yield item.model_copy(update={"envelope": envelope_of(change.field, value, raw)})


def _lists(field: str, value: Value) -> list[tuple[str, list[Raw], Reader]]:
    if field == "messages":
        return [("message", value.messages, _message), ("status", value.statuses, _status)]
    if field == "smb_message_echoes":
        return [("staff_message", value.message_echoes, _echo)]
    if field == "user_preferences":
        return [("preference", value.user_preferences, _preference)]
    if field == "user_id_update":
        return [("identity", value.user_id_update, _update)]
    return []


def _read(account: str, value: Value, raw: Raw, *, kind: str, read: Reader) -> Inbound:
    try:
        return read(account, value, raw)
    except ValidationError:
        return _aside(account, raw, kind=kind, outcome="unreadable")


def _message(account: str, value: Value, raw: Raw) -> Inbound:
    message = Message.model_validate(raw)
    name = _kind_name(message)
    match kind_of(name).decision:
        case Decision.IDENTITY:
            return read_change(account, message, raw, kind=name)
        case Decision.CORRECTION:
            corrected = as_corrected(raw)
            return (
                _from_sender(account, value, corrected, raw)
                if corrected
                else _kept(account, raw, name)
            )
        case _:
            return _from_sender(account, value, message, raw)


def _from_sender(account: str, value: Value, message: Message, raw: Raw) -> Inbound:
    """The sender's message; an Aside or NamelessMessage when it is not for us to answer."""
    name = _kind_name(message)
    kind = kind_of(name)
    if kind.kept_as is None:
        return _kept(account, raw, name)
    contact = _contact(value, message)
    names = names_of(
        *(message.from_, message.from_user_id, contact.wa_id, contact.user_id),
        *(message.from_parent_user_id, contact.parent_user_id),
    )
    common = _common(account, message, raw)
    if not names:
        silent = kind.decision in (Decision.SILENCE, Decision.DELETION)
        return _kept(account, raw, name) if silent else NamelessMessage(**common)
    return InboundMessage(
        **common,
        phone=names.phone,
        wa_user_id=names.wa_user_id,
        name=contact.profile.name,
        referral=message.referral,
    )


def _kind_name(message: Message) -> str:
    if message.group_id:
        return GROUP
    if message.type == "unsupported" and _UNAVAILABLE in message.error_codes:
        return "unsupported.lost"
    return name_of(message.type, message.content)


def _kept(account: str, raw: Raw, kind: str) -> Aside:
    """A message that is stored only, such as one in a group; sent again it has the same key."""
    return Aside(
        provider="meta",
        account=account,
        event_key=raw["id"],
        raw=raw,
        kind=kind[:60],
        outcome="ignored",
    )


def _echo(account: str, value: Value, raw: Raw) -> Inbound:
    message = Message.model_validate(raw)
    name = _kind_name(message)
    kind = kind_of(name)
    if kind.kept_as is None or kind.decision in (Decision.CORRECTION, Decision.DELETION):
        return _kept(account, raw, name)
    names = names_of(message.to, message.to_user_id, message.to_parent_user_id)
    return InboundMessage(
        **_common(account, message, raw),
        by_staff=True,
        phone=names.phone,
        wa_user_id=names.wa_user_id,
    )


def _common(account: str, message: Message, raw: Raw) -> dict[str, Any]:
    return {
        "provider": "meta",
        "account": account,
        "event_key": message.id,
        "raw": raw,
        "reply_to": message.context.id if message.context else None,
        "product": referred_product(message.context.referred_product) if message.context else None,
        "sent_at": message.timestamp,
        "changes": changed_by(raw),
        **fields_of(_kind_name(message), message.content),
    }


def _contact(value: Value, message: Message) -> Contact:
    """The sender's contact in the change, found by phone or id, or the only contact there is."""
    cards = (_contact_or_none(raw) for raw in value.contacts)
    contacts = [card for card in cards if card is not None]
    for contact in contacts:
        if message.from_ and contact.wa_id == message.from_:
            return contact
        if message.from_user_id and contact.user_id == message.from_user_id:
            return contact
    return contacts[0] if len(contacts) == 1 and len(value.messages) == 1 else Contact()


def _contact_or_none(raw: Raw) -> Contact | None:
    """A sender's contact; none when it is unreadable, for the message can do without it."""
    try:
        return Contact.model_validate(raw)
    except ValidationError as error:
        fields = [".".join(map(str, problem["loc"])) for problem in error.errors()]
        log.info("meta_contact_unreadable", fields=fields)
        return None


def _status(account: str, value: Value, raw: Raw) -> Inbound:
    status = Status.model_validate(raw)
    about: dict[str, Any] = {
        "provider": "meta",
        "account": account,
        "event_key": f"{status.id}:{status.status}",
        "raw": raw,
    }
    known = _STATUSES.get(status.status)
    if known is None:
        return Aside(**about, kind="status", outcome="ignored")
    return DeliveryStatus(
        **about,
        provider_id=status.id,
        message_id=own_id(status.biz_opaque_callback_data),
        status=known,
        error_code=str(status.errors[0].code) if status.errors else None,
    )


def _preference(account: str, value: Value, raw: Raw) -> Inbound:
    said = UserPreference.model_validate(raw)
    names = names_of(said.wa_id, said.user_id, said.parent_user_id)
    who = said.wa_id or said.user_id
    key = f"preference:{account}:{who}:{said.category}:{said.value}:{_time_key(said, raw)}"
    if said.category != "marketing_messages" or said.value not in ("stop", "resume"):
        return _aside(account, raw, kind="preference", outcome="ignored")
    return Preference(
        provider="meta",
        account=account,
        event_key=key,
        raw=raw,
        phone=names.phone,
        wa_user_id=names.wa_user_id,
        granted=said.value == "resume",
        words=said.detail,
        told_at=timestamp_or_none(said.timestamp),
    )


def _update(account: str, _value: Value, raw: Raw) -> Inbound:
    return read_update(account, raw, key=f"identity:{_digest(raw)}")


def _time_key(said: UserPreference, raw: Raw) -> str:
    """The part of the event key that tells two preferences apart: the time.

    Without a time every stop counts as new: hearing one twice does no harm.
    """
    if said.timestamp:
        return str(said.timestamp)
    return uuid4().hex if said.value == "stop" else _digest(raw)


def _aside(
    account: str,
    raw: Raw,
    *,
    kind: str,
    outcome: Literal["ignored", "unreadable"],
    kept: Raw | None = None,
) -> Aside:
    return Aside(
        provider="meta",
        account=account,
        event_key=f"{outcome}:{_digest(raw)}",
        raw=raw,
        kind=kind[:60],
        outcome=outcome,
        envelope=kept,
    )


def _digest(raw: Raw) -> str:
    return digest(json.dumps(raw, sort_keys=True).encode())
