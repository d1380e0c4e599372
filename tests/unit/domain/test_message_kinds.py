"""Every kind of message the providers know has a decision, and so has every one to come."""

from __future__ import annotations

from typing import get_args

import pytest

from dukani.domain.message_kinds import KINDS, MessageKind, decision_on, kind_of


@pytest.mark.parametrize(
    ("name", "decision", "kept_as"),
    [
        # Meta, "Webhooks reference: messages", kind by kind.
        ("text", "words", "text"),
        ("button", "words", "button"),
        ("interactive.button_reply", "words", "button"),
        ("interactive.list_reply", "words", "list_reply"),
        ("interactive.nfm_reply", "words", "text"),
        ("interactive.call_permission_reply", "silence", None),
        ("interactive.product", "pieces", "product"),
        ("image", "look", "image"),
        ("audio", "excuse", "audio"),
        ("voice", "excuse", "audio"),  # as the older API called a voice note
        ("video", "excuse", "video"),
        ("document", "excuse", "document"),
        ("document.photo", "look", "image"),
        ("sticker", "silence", "sticker"),
        ("location", "place", "location"),
        ("contacts", "number", "contacts"),
        ("order", "pieces", "order"),
        ("reaction", "silence", None),
        ("edit", "correction", "text"),
        ("revoke", "deletion", "deleted"),
        ("system.user_changed_number", "identity", None),
        ("system.user_changed_user_id", "identity", None),
        ("system.customer_changed_number", "identity", None),
        ("system.customer_identity_changed", "silence", None),
        ("request_welcome", "silence", None),
        ("ephemeral", "silence", None),
        ("unsupported", "excuse_once", "unsupported"),
        ("unknown", "excuse_once", "unsupported"),
        # A subtype nobody wrote down is decided as its type.
        ("unsupported.poll", "excuse_once", "unsupported"),
        ("unsupported.lost", "send_again", "lost"),
        ("unsupported.media_placeholder", "send_again", "lost"),
        ("unsupported.video_note", "excuse_once", "unsupported"),
        ("unsupported.reaction", "silence", None),
        ("unsupported.edit", "silence", None),
        ("unsupported.revoke", "silence", None),
        ("system.user_bought_a_hat", "silence", None),
        ("interactive.hologram", "excuse_once", "unsupported"),
        # Twilio's own.
        ("poll_update", "silence", None),
        # Where it was written counts more than what it is.
        ("group", "kept", None),
        ("nameless", "shown", None),
        # Invented after this was written.
        ("hologram", "excuse_once", "unsupported"),
        ("", "excuse_once", "unsupported"),
    ],
)
def test_every_kind_has_a_decision(name: str, decision: str, kept_as: str | None) -> None:
    assert tuple(kind_of(name)) == (decision, kept_as)


@pytest.mark.parametrize("kept_as", get_args(MessageKind))
def test_a_kept_message_is_decided_as_it_was_at_the_webhook(kept_as: str) -> None:
    told = {kind.decision for kind in KINDS.values() if kind.kept_as == kept_as}
    told -= {"correction"}  # kept as the kind of what it corrects
    assert told == {decision_on(kept_as)}


def test_a_row_of_a_kind_nobody_knows_any_more_is_excused_once() -> None:
    assert decision_on("fax") == "excuse_once"
