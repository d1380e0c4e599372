"""Reads Meta's events about a person whose phone or user id changed."""

from __future__ import annotations

import re
from typing import Any

from dukani.webhooks.inbound import Aside, IdentityChange, Inbound
from dukani.webhooks.meta_wire import Message, System, UserIdUpdate
from dukani.webhooks.parts import Names, names_of

# The end of a system message's text. Before it stands the user's own profile name: a user named
# "x changed from A to B" must not become A.
_FROM_TO = re.compile(r" changed from (\S+) to (\S+)$")


def read_change(account: str, message: Message, raw: dict[str, Any], *, kind: str) -> Inbound:
    """The change that a system message tells; an Aside when it lacks the old or the new name."""
    system = System.model_validate(message.content)
    after = _after(system)
    before = _before(message, system, after)
    about: dict[str, Any] = {
        "provider": "meta",
        "account": account,
        "event_key": message.id,
        "raw": raw,
        "kind": kind,
    }
    if not before or not after:
        return Aside(**about, outcome="ignored")
    return IdentityChange(**about, before=before, after=after, changed_at=message.timestamp)


def read_update(account: str, raw: dict[str, Any], *, key: str) -> Inbound:
    """The change that a `user_id_update` tells; its phone, if any, belongs to both user ids."""
    update = UserIdUpdate.model_validate(raw)
    about: dict[str, Any] = {
        "provider": "meta",
        "account": account,
        "event_key": key,
        "raw": raw,
        "kind": "user_id_update",
    }
    after = names_of(update.wa_id, update.user_id.current)
    before = names_of(update.user_id.previous)
    if not before or not after.wa_user_id:
        return Aside(**about, outcome="ignored")
    return IdentityChange(**about, before=before, after=after, changed_at=update.timestamp)


def _after(system: System) -> Names:
    told = names_of(
        *(system.new_wa_id, system.wa_id, system.new_user_id, system.user_id),
        system.parent_user_id,
    )
    return told or names_of(_from_text(system)[1])


def _before(message: Message, system: System, after: Names) -> Names:
    """The names in the message that are not among the new ones."""
    shown = (
        *(message.from_, system.customer, system.previous_user_id, message.from_user_id),
        *(system.previous_parent_user_id, message.from_parent_user_id),
    )
    told = names_of(*(value for value in shown if not after.show(value)))
    return told or names_of(_from_text(system)[0])


def _from_text(system: System) -> tuple[str, str]:
    found = _FROM_TO.search(system.body)
    return (found[1], found[2]) if found else ("", "")
