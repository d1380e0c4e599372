"""Joins the texts of a turn's messages into parts for the mind, and finds consent words in them.

A part has bounded length. Of very long texts only the beginning and the end are read, and the
customer is told so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dukani.agent.local_reader import Consent, consent_said
from dukani.agent.wording.splitting import split_text
from dukani.core.store.messages import Message
from dukani.domain.steps import SHOWN_A_TOTAL
from dukani.graph.state import State, questions_in

MAX_TEXT = 500  # characters of a part
FIRST_PARTS, LAST_PARTS = 6, 2  # read of a very long text
_NO_MORE = ("acha", "wacha")  # Swahili "stop", but also a no to an open question
_YES_OR_NO = ("take_it", "last_address", "missing", "reading")
_OF_PROMOTIONS = ("stop_promotions", "want_promotions")
_ROW = "option:"


class Texts(NamedTuple):
    """Text in parts for the mind; `whole` is False when parts in the middle are left out."""

    parts: tuple[str, ...]
    whole: bool = True


def in_parts(written: Sequence[Message]) -> Texts:
    """The messages' texts as parts; a tapped list row has no text.

    Messages that fit together are one part. A longer message is cut between lines or words.
    """
    parts: list[str] = []
    for text in _read_together(written):
        for piece in split_text(text, MAX_TEXT):
            together = f"{parts[-1]}\n{piece}" if parts else piece
            if parts and len(together) <= MAX_TEXT:
                parts[-1] = together
            else:
                parts.append(piece)
    if len(parts) <= FIRST_PARTS + LAST_PARTS:
        return Texts(tuple(parts))
    return Texts((*parts[:FIRST_PARTS], *parts[-LAST_PARTS:]), whole=False)


def _read_together(written: Sequence[Message]) -> list[str]:
    """The texts for the mind, without messages only about promotions (see `consent_among`)."""
    texts = [_text_of(message) for message in written]
    if len(texts) < 2:
        return texts
    return [text for text in texts if consent_said(text) not in _OF_PROMOTIONS]


def tapped_rows(written: Sequence[Message]) -> list[int]:
    """Numbers of the options whose list rows were tapped, in the order of tapping."""
    numbers = (_row_of(message).removeprefix(_ROW) for message in written if _is_row(message))
    return list(dict.fromkeys(int(number) for number in numbers if number.isdecimal()))


def consent_among(written: Sequence[Message], state: State) -> Consent | None:
    """The customer's last consent word among several messages, each read by itself.

    Read together with other texts a "stop" is easily missed. Words on promotions do not take back
    a full "stop".
    """
    if len(written) < 2:
        return None
    words = [_text_of(message) for message in written]
    if _asked_yes_or_no(state):
        words = [text for text in words if text.lower().strip(" .!\n") not in _NO_MORE]
    said = [consent for text in words if (consent := consent_said(text)) is not None]
    whole = [consent for consent in said if consent in ("opt_out", "opt_in")]
    return (whole or said or [None])[-1]


def _asked_yes_or_no(state: State) -> bool:
    open_ones = questions_in(state)
    asked = bool(open_ones) and open_ones[-1].field in _YES_OR_NO
    return asked or state.get("step") in SHOWN_A_TOTAL


def _row_of(message: Message) -> str:
    return str(message.payload.get("row_id") or message.payload.get("payload") or "")


def _is_row(message: Message) -> bool:
    return _row_of(message).startswith(_ROW)


def _text_of(message: Message) -> str:
    if message.kind == "location":
        return ""
    if _is_row(message):
        return ""
    row = _row_of(message)
    if message.kind == "button" and _button_says(row) and consent_said(message.body) is None:
        return _button_says(row)
    return message.body.strip()


def _button_says(payload: str) -> str:
    """The consent word in a template button's payload ("STOP_PROMOTIONS"), else "".

    The button's text is the shop's own wording, so it cannot be relied on.
    """
    words = payload.replace("_", " ").replace("-", " ").strip()
    return words if consent_said(words) is not None else ""
