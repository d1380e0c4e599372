"""What is wrong with a boutique, by its signs: each finding alone, and the state they make."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dukani.core.store.boutique_health import BoutiqueSigns
from dukani.tools.boutique_health import judge

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
PAID = {"status": "succeeded", "code": "0", "text": ""}
CANCELLED = {"status": "failed", "code": "1032", "text": "Request cancelled by user"}
NOT_PERMITTED = {"status": "failed", "code": "2028", "text": "not permitted"}
SILENT = {"status": "pending", "code": None, "text": None}


def signs(**values: Any) -> BoutiqueSigns:
    """A boutique that is well, but for `values`."""
    well: dict[str, Any] = {
        "id": "1",
        "slug": "zuri",
        "name": "Zuri",
        "active": True,
        "created_at": NOW,
        "people": 2,
        "paused_at": None,
        "platform_paused_at": None,
        "channels_paused": [],
        "whatsapp_provider": "meta",
        "has_number": True,
        "number_shared": False,
        "number_held_for": None,
        "number_problem": None,
        "number_checked_at": NOW,
        "last_message_at": NOW,
        "failed_codes": {},
        "held_codes": {},
        "payment_provider": "daraja",
        "has_mpesa": True,
        "mpesa_problem": None,
        "prompts": [PAID],
        "last_prompt_at": NOW,
        "dead_letters": 0,
        "late_jobs": 0,
        "late_s": 0.0,
        "chats_waiting": 0,
        "templates_stopped": [],
        "tokens_available": 100,
        "tokens_spent": 0,
    }
    return BoutiqueSigns(**(well | values))


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({}, []),
        ({"number_problem": "refused_access_token"}, [("token_refused", "broken")]),
        # the token died since it was tested last
        ({"held_codes": {"190": 4}}, [("token_refused", "broken")]),
        # told once, by the test and by what it holds
        (
            {"number_problem": "refused_access_token", "held_codes": {"190": 4}},
            [("token_refused", "broken")],
        ),
        ({"held_codes": {"131042": 1}}, [("sends_held", "broken")]),
        # a limit that ends by itself holds nothing
        ({"held_codes": {"130429": 9}}, []),
        ({"number_problem": "webhook_missing"}, [("number_problem", "attention")]),
        ({"has_number": False}, [("no_number", "attention")]),
        ({"failed_codes": {"131026": 2}}, []),
        ({"failed_codes": {"131026": 2, "131047": 1}}, [("sends_failed", "attention")]),
        ({"last_message_at": NOW - timedelta(days=8)}, [("silent", "attention")]),
        # nobody has written yet
        ({"last_message_at": None}, []),
        ({"prompts": [NOT_PERMITTED, PAID]}, [("mpesa_refused", "broken")]),
        # somebody has paid since
        ({"prompts": [PAID, NOT_PERMITTED]}, []),
        ({"prompts": [CANCELLED] * 5}, []),
        ({"prompts": [SILENT] * 3}, [("mpesa_no_answer", "broken")]),
        ({"prompts": [SILENT] * 2}, []),
        ({"has_mpesa": False}, [("no_mpesa", "attention")]),
        # customers pay by hand
        ({"payment_provider": "manual", "has_mpesa": False}, []),
        ({"dead_letters": 1}, [("dead_letters", "attention")]),
        ({"late_s": 119.0, "late_jobs": 3}, []),
        ({"late_s": 120.0, "late_jobs": 3}, [("jobs_late", "attention")]),
        ({"late_s": 900.0, "late_jobs": 3}, [("jobs_late", "broken")]),
        ({"chats_waiting": 1}, [("chats_waiting", "attention")]),
        ({"templates_stopped": ["offer"]}, [("templates_stopped", "attention")]),
        ({"tokens_available": 0, "tokens_spent": 5}, [("wallet_empty", "attention")]),
        # it never bought any
        ({"tokens_available": 0}, []),
        ({"tokens_available": None}, []),
    ],
)
def test_a_sign_is_judged(values: dict[str, Any], found: list[tuple[str, str]]) -> None:
    health = judge(signs(**values), now=NOW)

    assert [(one.kind, one.level) for one in health.findings] == found
    assert health.state == ("needs_attention" if found else "healthy")


def test_what_is_broken_comes_first_and_weighs_most() -> None:
    several = judge(signs(chats_waiting=2, dead_letters=1), now=NOW)
    broken = judge(signs(chats_waiting=2, held_codes={"190": 1}), now=NOW)

    assert broken.findings[0].kind == "token_refused"
    assert broken.badness > several.badness


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({"active": False, "paused_at": NOW, "chats_waiting": 1}, "closed"),
        ({"paused_at": NOW, "chats_waiting": 1}, "paused"),
        ({"platform_paused_at": NOW}, "paused"),
        ({"channels_paused": ["meta"]}, "paused"),
    ],
)
def test_a_pause_is_told_before_what_is_wrong(values: dict[str, Any], state: str) -> None:
    assert judge(signs(**values), now=NOW).state == state
