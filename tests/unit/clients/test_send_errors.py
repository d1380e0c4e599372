"""The table of refusals, row by row: what each code of Meta and Twilio leads to."""

from __future__ import annotations

from typing import get_args

import httpx
import pytest
from structlog.testing import capture_logs

from dukani.agent.wording.owner_alarms import held_note
from dukani.core.channels import MessagingProvider, SmsProvider
from dukani.core.clients.messenger import OutboundMessage
from dukani.core.clients.meta import MetaAccount, MetaMessenger
from dukani.core.clients.send_errors import (
    ACTIONS,
    HELD,
    PATIENCE,
    WAITING,
    Action,
    SetUp,
    action_for,
    note_unknown,
    send_error,
    set_up_of,
)
from dukani.core.errors import (
    ProviderError,
    ProviderRefused,
    ProviderUnavailable,
    ProviderUnclear,
)
from dukani.domain.acts import Language


@pytest.mark.parametrize(
    ("codes", "action"),
    [
        # Meta, passing.
        ("2 131016 131057 133004", Action.RETRY),
        ("1 131000", Action.FAULT),
        ("131056", Action.WAIT_PAIR),
        ("4 17 32 613 80007 130429 133016", Action.WAIT_NUMBER),
        # Meta, the shop's set-up.
        ("0 3 10 33 190 131005 131037 131042 131045 131048 133000 133005", Action.HOLD_QUEUE),
        ("133006 133010 133015 134011", Action.HOLD_QUEUE),
        ("368 131031", Action.STOP_TENANT),
        # Meta, final or with a rule of its own.
        ("131026", Action.SUPPRESS),
        ("131047", Action.TEMPLATE_ONLY),
        ("131049", Action.MARKETING_LIMIT),
        ("131050", Action.OPT_OUT_MARKETING),
        ("130472", Action.SKIP),
        ("132007 132015 132016", Action.STOP_CAMPAIGN),
        ("131052 131053", Action.WORDS_ALONE),
        ("100 131008 131009 131021 131051 132000 132001 132005 132012 135000", Action.FAIL),
        ("130497", Action.FAIL),
        # Twilio, passing.
        ("20503 20504 30001 63010 63012", Action.RETRY),
        ("30008 63009 63023", Action.FAULT),
        ("20500", Action.ASK),
        ("14107 20429 21611 63018", Action.WAIT_NUMBER),
        # Twilio, the shop's set-up.
        ("20003 20006 20404 21212 21606 21608 21609 63001 63002 63007", Action.HOLD_QUEUE),
        ("63008 63015 63020 63038", Action.HOLD_QUEUE),
        ("10001 20005 30002", Action.STOP_TENANT),
        # Twilio, final or with a rule of its own.
        ("21211 21614 30003 30005 63003 63024 63033", Action.SUPPRESS),
        ("63016", Action.TEMPLATE_ONLY),
        ("63049", Action.MARKETING_LIMIT),
        ("21610", Action.OPT_OUT_MARKETING),
        ("63032", Action.SKIP),
        ("63019 21620 12300", Action.WORDS_ALONE),
        ("21602 21617 30004 30007 63005 63013 63021", Action.FAIL),
        # Nobody there, or nothing said.
        ("unavailable", Action.RETRY),
    ],
)
def test_every_code_leads_to_its_action(codes: str, action: Action) -> None:
    for code in codes.split():
        assert (code, action_for(code)) == (code, action)
        assert code in ACTIONS


def test_a_failure_without_a_code_is_final() -> None:
    assert action_for(None) is Action.FAIL


@pytest.mark.parametrize(
    ("code", "action"),
    [
        ("210", Action.HOLD_QUEUE),  # Meta's permissions: 200 to 299
        ("133099", Action.HOLD_QUEUE),  # its numbers' registration
        ("10099", Action.HOLD_QUEUE),  # Twilio's accounts
        ("20099", Action.HOLD_QUEUE),  # its passwords
        ("20502", Action.ASK),  # its own HTTP status
        ("131999", Action.FAIL),
        ("63999", Action.FAIL),
        ("99999", Action.FAIL),
        ("what is this", Action.FAIL),
        ("٤٠١", Action.FAIL),  # digits of another script are no code
        ("9" * 400, Action.FAIL),
        ("", Action.FAIL),
    ],
)
def test_a_code_nobody_described_lands_by_its_family(code: str, action: Action) -> None:
    assert action_for(code) is action


@pytest.mark.parametrize(
    ("status", "code", "error", "noted", "action"),
    [
        # Without a code only the status tells.
        (400, None, ProviderRefused, "http_400", Action.FAIL),
        (401, None, ProviderRefused, "http_401", Action.HOLD_QUEUE),
        (402, None, ProviderRefused, "http_402", Action.HOLD_QUEUE),
        (403, None, ProviderRefused, "http_403", Action.HOLD_QUEUE),
        (404, None, ProviderRefused, "http_404", Action.HOLD_QUEUE),
        (408, None, ProviderUnclear, "http_408", Action.ASK),
        (429, None, ProviderUnavailable, None, Action.FAIL),  # as if nobody were there
        (500, None, ProviderUnclear, "http_500", Action.ASK),
        (502, None, ProviderUnclear, "http_502", Action.ASK),
        (503, None, ProviderUnavailable, None, Action.FAIL),
        (504, None, ProviderUnclear, "http_504", Action.ASK),
        # A known code tells more than its status.
        (500, "131000", ProviderUnavailable, "131000", Action.FAULT),
        (500, "100", ProviderRefused, "100", Action.FAIL),
        (400, "190", ProviderRefused, "190", Action.HOLD_QUEUE),
        (429, "63038", ProviderRefused, "63038", Action.HOLD_QUEUE),
        (503, "133004", ProviderUnavailable, "133004", Action.RETRY),
        # An unknown one lands by its status, and keeps it.
        (400, "99999", ProviderRefused, "99999", Action.FAIL),
        (403, "99999", ProviderRefused, "99999:http_403", Action.HOLD_QUEUE),
        (429, "99999", ProviderUnavailable, "99999:http_429", Action.WAIT_NUMBER),
        (500, "99999", ProviderUnclear, "99999:http_500", Action.ASK),
        (503, "99999", ProviderUnavailable, "99999:http_503", Action.RETRY),
    ],
)
def test_an_answer_is_read_by_code_and_status(
    status: int, code: str | None, error: type[ProviderError], noted: str | None, action: Action
) -> None:
    told = send_error(httpx.Response(status), provider="meta", code=code, message="no")

    assert type(told) is error
    assert told.code == noted
    assert action_for(noted) is action


@pytest.mark.parametrize(("code", "loud"), [("99999", True), ("131000", False), (None, False)])
def test_an_unknown_code_is_said_loudly(code: str | None, loud: bool) -> None:
    with capture_logs() as logged:
        note_unknown(code, provider="twilio")

    assert [line["event"] for line in logged] == (["send_error_unknown"] if loud else [])
    assert all(line["log_level"] == "error" for line in logged)


def test_everything_that_waits_has_its_patience() -> None:
    assert set(PATIENCE) == {*WAITING, *HELD, Action.SUPPRESS}


@pytest.mark.parametrize("language", ["en", "sw"])
@pytest.mark.parametrize("what", SetUp)
def test_the_owner_is_told_what_refuses_and_the_providers_own_code(
    what: SetUp, language: str
) -> None:
    note = held_note(what, code="190", provider="meta", language=language)  # type: ignore[arg-type]

    assert "190" in note
    assert note.count("\n") == 3


@pytest.mark.parametrize(
    ("provider", "told"),
    [
        ("twilio", "(Twilio: 1)"),
        ("meta", "(Meta: 1)"),
        ("twilio_sms", "(Twilio: 1)"),
        ("africastalking", "(Africa's Talking: 1)"),
    ],
)
@pytest.mark.parametrize("language", ["en", "sw"])
def test_the_owner_reads_the_name_of_the_provider_and_what_it_does_not_take(
    provider: MessagingProvider, told: str, language: Language
) -> None:
    notes = [held_note(what, code="1", provider=provider, language=language) for what in SetUp]

    is_sms = provider in get_args(SmsProvider)
    for note in notes:
        assert note.endswith(told)
        assert ("SMS" in note) is is_sms
        assert ("WhatsApp" in note) is not is_sms
        assert "{" not in note


def test_every_held_code_names_a_part_of_the_set_up() -> None:
    held = [code for code, action in ACTIONS.items() if action in HELD]

    assert SetUp.UNKNOWN not in map(set_up_of, held)
    assert set_up_of("210") is SetUp.UNKNOWN


@pytest.mark.parametrize(("subcode", "code"), [(33, "100.33"), (None, "100"), (2494010, "100")])
async def test_a_parameter_error_that_hides_a_missing_number_is_told_apart(
    subcode: int | None, code: str
) -> None:
    error = {"code": 100, "message": "m"} | ({"error_subcode": subcode} if subcode else {})
    answer = httpx.MockTransport(lambda _: httpx.Response(400, json={"error": error}))
    http = httpx.AsyncClient(transport=answer)
    messenger = MetaMessenger(http, "https://graph.example", MetaAccount("1", "t"))

    with pytest.raises(ProviderRefused) as raised:
        await messenger.send(OutboundMessage("+254712345678", "x"))

    assert raised.value.code == code
