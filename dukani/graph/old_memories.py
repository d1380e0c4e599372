"""Migrates a conversation's remembered state from the previous version. Plain JSON in and out.

The previous version remembered the last list (`options`), one question by its name, and the acts
that waited for the answer (`later`). Its quote had neither delivery nor address and is dropped, so
the order is shown again before a yes counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import structlog

from dukani.domain.steps import AGREEING, CHOOSING
from dukani.graph.state import Quote

log = structlog.get_logger()

Plain = dict[str, Any]

_OLD_KEYS = ("options", "question", "later")
_ABOUT_A_PIECE = ("colour", "size", "quantity", "take_it")  # questions of the old version
_ABOUT_NO_PIECE = ("category", "last_address", "payment_phone")
_VALUES = ("colour", "size", "quantity")


def migrate_memory(memory: Mapping[str, Any]) -> Plain:
    """The memory in this version's form; a memory of this version is returned unchanged."""
    kept = {name: value for name, value in memory.items() if name not in _OLD_KEYS}
    if not _is_a_quote(kept.get("quote")):
        kept["quote"] = None
    return kept if memory.keys().isdisjoint(_OLD_KEYS) else kept | _migrated(memory)


def _is_a_quote(quote: Any) -> bool:
    return quote is None or quote.keys() >= Quote.__required_keys__


def _migrated(memory: Mapping[str, Any]) -> Plain:
    options: list[Plain] = memory.get("options") or []
    later: list[Plain] = memory.get("later") or []
    asked, step = memory.get("question"), memory.get("step")
    focus = _focus(memory.get("focus"), asked)
    address, offered = _address(memory.get("address"))
    questions = [*_waiting(later, options), *_question(asked, focus, options, later)]
    kinds = {act.get("kind") for act in later}
    lost = kinds - {"checkout", "select_option", "set_variant", "provide_address"}
    if lost:
        log.warning("old_memory_left_out", acts=sorted(map(str, lost)))
    looked_at = step in CHOOSING or asked in _ABOUT_A_PIECE
    return {
        "lists": [options] if options else [],
        "focus": focus if looked_at else None,
        "last_product_id": focus["product_id"] if focus else None,
        "questions": questions,
        "address": address or _address_in(later),
        "offered_address": offered,
        "checking_out": step in AGREEING or "checkout" in kinds,
    }


def _focus(focus: Plain | None, asked: str | None) -> Plain | None:
    """The focus without `asked_size`, the sold-out size; a question for the colour keeps it."""
    if not focus or not focus.get("product_id"):
        return None
    kept = {name: value for name, value in focus.items() if name != "asked_size"}
    if asked == "colour" and not kept.get("size"):
        kept["size"] = focus.get("asked_size")
    return kept


def _address(address: Plain | None) -> tuple[Plain | None, str | None]:
    """(the order's address, the address only offered): the old version had one key for both."""
    if address is None or not address.get("text"):
        return None, None
    if address.get("offered"):
        return None, address["text"]
    return {"latitude": None, "longitude": None, **address}, None


def _address_in(later: Sequence[Plain]) -> Plain | None:
    said = [act["address"] for act in later if act.get("address")]
    return {"text": said[-1], "latitude": None, "longitude": None} if said else None


def _question(
    asked: str | None, focus: Plain | None, options: Sequence[Plain], later: Sequence[Plain]
) -> list[Plain]:
    """The open question in a list; "which" only if an edit waits for the piece chosen."""
    if asked in _ABOUT_NO_PIECE:
        return [{"field": asked}]
    if asked in _ABOUT_A_PIECE and focus is not None:
        return [_about_a_piece(asked, focus, options)]
    values = next((_values(act) for act in later if act.get("kind") == "set_variant"), {})
    if asked == "which" and values and options:
        return [_which(options, values)]
    return []


def _about_a_piece(asked: str, focus: Plain, options: Sequence[Plain]) -> Plain:
    shown = next((o for o in options if o.get("product_id") == focus["product_id"]), {})
    values = {name: value for name, value in _values(focus).items() if name != asked}
    return {
        "field": asked,
        "completes": {
            "kind": "add",
            "target": {"product_id": focus["product_id"]},
            "values": values,
        },
        "product_id": focus["product_id"],
        "name": focus.get("name") or "",
        "choices": shown.get(f"{asked}s") or [],
    }


def _waiting(later: Sequence[Plain], options: Sequence[Plain]) -> list[Plain]:
    """A question for each further piece the customer picked, to be asked at checkout."""
    picked = [act for act in later if act.get("kind") == "select_option"]
    return [
        _which([option], _values(act))
        for act in picked
        for option in options
        if option.get("number") == act.get("option")
    ]


def _which(options: Sequence[Plain], values: Plain) -> Plain:
    return {
        "field": "which",
        "completes": {"kind": "add", "values": values},
        "name": options[0].get("name") or "" if len(options) == 1 else "",
        "choices": [option["product_id"] for option in options if option.get("product_id")],
    }


def _values(told: Plain) -> Plain:
    return {name: told[name] for name in _VALUES if told.get(name) is not None}
