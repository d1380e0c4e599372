"""M-Pesa's stand-ins: what a person does at the prompt is what the shop is told."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest

from dukani.core.clients.daraja import DarajaAccount, DarajaClient
from dukani.core.clients.paylink import PayLinkAccount, PayLinkClient
from dukani.core.clients.stk_callback import StkCallback, parse_stk_callback
from dukani.core.errors import ProviderRefused, ProviderUnavailable, ProviderUnclear
from dukani.sandbox.accounts import PWANI, ZURI, SandboxAccount
from tests.integration.sandbox.outside import SHOPPER, Phone, Target, served


def business(account: SandboxAccount) -> DarajaAccount:
    assert account.mpesa
    return DarajaAccount(**account.mpesa.model_dump(exclude={"currency"}))


def paylink_of(account: SandboxAccount, **changes: str) -> PayLinkAccount:
    assert account.mpesa
    assert account.paylink
    fields = (
        account.mpesa.model_dump(exclude={"till", "currency"})
        | account.paylink.model_dump()
        | changes
    )
    return PayLinkAccount(**fields)


@pytest.fixture
def daraja(http: httpx.AsyncClient, target: Target) -> DarajaClient:
    return DarajaClient(http, f"{target.url}/sandbox")


@pytest.fixture
def paylink(target: Target) -> PayLinkClient:
    return PayLinkClient(f"{target.url}/sandbox/paylink/mcp", timeout_s=10)


def order(target: Target, **changes: object) -> dict:
    return {
        "amount_units": 4500,
        "currency": "KES",
        "phone": SHOPPER,
        "reference": "ZB-1023",
        "description": "Order",
        "callback_url": f"{target.url}/paid/t",
        **changes,
    }


async def outcome(target: Target) -> StkCallback:
    return parse_stk_callback(await target.next("paid"))


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"outcome": "pin", "pin": "1234"}, "0"),
        ({"outcome": "pin", "pin": "0000"}, "2001"),
        ({"outcome": "pin", "pin": "1234", "poor": True}, "1"),
        ({"outcome": "cancel"}, "1032"),
        ({"outcome": "expire"}, "1019"),
    ],
)
async def test_each_answer_at_the_prompt_has_its_result(
    daraja: DarajaClient, phone: Phone, target: Target, answer: dict, code: str
):
    # given
    accepted = await daraja.stk_push(business(PWANI), **order(target))
    running = await daraja.query(business(PWANI), accepted.checkout_request_id)

    # when
    await phone.answer(**answer)

    # then
    told = await outcome(target)
    asked = await daraja.query(business(PWANI), accepted.checkout_request_id)
    assert running.pending
    assert (told.checkout_request_id, told.result_code) == (accepted.checkout_request_id, code)
    assert (asked.pending, asked.result_code) == (False, code)
    assert (told.receipt is not None) == (code == "0")


async def test_a_payment_names_amount_phone_and_receipt_and_sends_an_sms(
    daraja: DarajaClient, phone: Phone, target: Target
):
    await daraja.stk_push(business(PWANI), **order(target))

    await phone.answer(outcome="pin", pin="7391")

    paid = await outcome(target)
    sms = (await phone.chat())["sms"][0]["text"]
    assert (paid.amount_hundredths, paid.phone) == (450000, SHOPPER)
    assert paid.receipt
    assert sms.startswith(f"{paid.receipt} Confirmed. Ksh4,500.00 sent to PWANI STYLES")


async def test_an_ignored_prompt_runs_out():
    async with served(prompt_timeout_s=0.2) as target, httpx.AsyncClient() as http:
        daraja = DarajaClient(http, f"{target.url}/sandbox")

        await daraja.stk_push(business(PWANI), **order(target))

        assert (await outcome(target)).result_code == "1037"


@pytest.mark.slow
async def test_a_prompt_left_open_over_a_restart_still_runs_out(tmp_path: Path):
    # given
    state = tmp_path / "sandbox.sqlite"
    async with served(state, prompt_timeout_s=2.5) as target, httpx.AsyncClient() as http:
        daraja = DarajaClient(http, f"{target.url}/sandbox")
        port = httpx.URL(target.url).port
        accepted = await daraja.stk_push(business(PWANI), **order(target))

    # when
    async with (
        served(state, port=port, prompt_timeout_s=2.5) as target,
        httpx.AsyncClient() as http,
    ):
        daraja = DarajaClient(http, f"{target.url}/sandbox")
        before = await daraja.query(business(PWANI), accepted.checkout_request_id)
        told = await outcome(target)
        after = await daraja.query(business(PWANI), accepted.checkout_request_id)

    # then
    assert before.pending
    assert (told.result_code, after.result_code) == ("1037", "1037")


async def test_the_newer_numbers_pay_through_daraja(
    daraja: DarajaClient, http: httpx.AsyncClient, target: Target
):
    await daraja.stk_push(business(PWANI), **order(target, phone="+254110345603"))

    chat = await http.get(
        "/phone/api/chat", params={"account": "pwani", "contact": "+254110345603"}
    )
    assert chat.json()["prompts"][0]["phone"] == "254110345603"


async def test_a_second_prompt_on_the_same_phone_is_turned_away(
    daraja: DarajaClient, phone: Phone, target: Target
):
    first = await daraja.stk_push(business(PWANI), **order(target))
    second = await daraja.stk_push(business(PWANI), **order(target))

    told = await outcome(target)
    assert (told.checkout_request_id, told.result_code) == (second.checkout_request_id, "1001")
    assert (await phone.prompt())["checkout_request_id"] == first.checkout_request_id


async def test_callbacks_get_lost_doubled_and_wrong(
    daraja: DarajaClient, phone: Phone, target: Target
):
    # lost: only the query knows
    await phone.faults(daraja={"lose_next": 1})
    lost = await daraja.stk_push(business(PWANI), **order(target))
    await phone.answer(outcome="pin", pin="1234")
    assert await target.silence("paid")
    assert (await daraja.query(business(PWANI), lost.checkout_request_id)).result_code == "0"

    # doubled, with the wrong amount
    await phone.faults(daraja={"duplicate_next": 1, "wrong_amount_next": 1})
    await daraja.stk_push(business(PWANI), **order(target))
    await phone.answer(outcome="pin", pin="1234")
    first, second = await outcome(target), await outcome(target)
    assert first == second
    assert first.amount_hundredths == 449000


async def test_a_prompt_without_an_answer_is_unclear_and_still_there(
    daraja: DarajaClient, phone: Phone, target: Target
):
    await phone.faults(daraja={"break_next": 1})

    with pytest.raises(ProviderUnclear):
        await daraja.stk_push(business(PWANI), **order(target))

    assert (await phone.prompt())["amount"] == 4500


async def test_daraja_checks_who_asks(daraja: DarajaClient, phone: Phone, target: Target):
    assert PWANI.mpesa
    keys = PWANI.mpesa.model_dump(exclude={"currency"})

    with pytest.raises(ProviderRefused, match="consumer key"):
        await daraja.stk_push(DarajaAccount(**keys | {"consumer_secret": "x"}), **order(target))
    with pytest.raises(ProviderRefused, match="Wrong credentials"):
        await daraja.stk_push(DarajaAccount(**keys | {"passkey": "x"}), **order(target))
    await phone.faults(daraja={"error_next": 1, "error_code": "500.003.02"})
    with pytest.raises(ProviderUnavailable):
        await daraja.stk_push(business(PWANI), **order(target))


async def test_paylink_pushes_over_mcp_and_daraja_calls_back(
    paylink: PayLinkClient, phone: Phone, target: Target
):
    accepted = await paylink.stk_push(paylink_of(ZURI), **order(target))
    prompt = await phone.prompt()

    await phone.answer(outcome="pin", pin="1234")

    told = await outcome(target)
    assert prompt["business"] == "ZURI BOUTIQUE"
    assert prompt["checkout_request_id"] == accepted.checkout_request_id
    assert (told.checkout_request_id, told.amount_hundredths) == (
        accepted.checkout_request_id,
        450000,
    )


async def test_paylink_refuses_a_strangers_key(paylink: PayLinkClient, target: Target):
    with pytest.raises(ProviderRefused, match="credentials"):
        await paylink.stk_push(paylink_of(ZURI, api_key="stolen"), **order(target))


async def test_paylink_without_a_readable_answer_is_unclear(
    paylink: PayLinkClient, phone: Phone, target: Target
):
    await phone.faults(paylink={"break_next": 1})

    with pytest.raises(ProviderUnclear):
        await paylink.stk_push(paylink_of(ZURI), **order(target))

    assert (await phone.prompt())["amount"] == 4500


async def test_a_slow_paylink_is_unclear(phone: Phone, target: Target):
    # long enough to connect on a busy machine, shorter than the answer takes
    await phone.faults(paylink={"answer_delay_s": 6})
    hurried = PayLinkClient(f"{target.url}/sandbox/paylink/mcp", timeout_s=4)

    with pytest.raises(ProviderUnclear):
        await hurried.stk_push(paylink_of(ZURI), **order(target))


async def test_boutiques_pay_through_one_client_at_once(
    paylink: PayLinkClient, target: Target, phone: Phone
):
    await phone.faults(daraja={"answer_all_with": "0"})

    accepted = await asyncio.gather(
        *(
            paylink.stk_push(paylink_of(ZURI), **order(target, phone=f"+25471234567{digit}"))
            for digit in range(5)
        )
    )

    told = {(await outcome(target)).checkout_request_id for _ in range(5)}
    assert told == {push.checkout_request_id for push in accepted}


async def test_money_may_come_through_for_a_prompt_that_was_given_up(
    target: Target, phone: Phone, daraja: DarajaClient
) -> None:
    # given a prompt nobody answered in time
    started = await daraja.stk_push(business(ZURI), **order(target))
    await phone.answer(started.checkout_request_id, outcome="expire")
    assert (await outcome(target)).result_code != "0"

    # when her PIN arrives after all, twice
    await phone.answer(started.checkout_request_id, outcome="late", pin="1234")
    await phone.answer(started.checkout_request_id, outcome="late", pin="1234")

    # then the shop is told of the money once
    late = await outcome(target)
    assert (late.result_code, late.checkout_request_id) == ("0", started.checkout_request_id)


async def test_the_sandbox_gives_every_odd_answer_on_demand(
    target: Target, phone: Phone, daraja: DarajaClient, paylink: PayLinkClient
) -> None:
    """Locked phone, dead token, firewall, a query refused for the set-up, PayLink's server."""
    locked = {
        "error_next": 1,
        "error_code": "500.001.1001",
        "error_text": "Unable to lock subscriber",
    }
    await phone.faults(daraja=locked)
    with pytest.raises(ProviderRefused, match="lock subscriber"):
        await daraja.stk_push(business(ZURI), **order(target))

    await phone.faults(daraja={"firewall_next": 1})
    with pytest.raises(ProviderUnavailable, match="Incapsula"):
        await daraja.stk_push(business(ZURI), **order(target))

    # a token that dies is replaced, and the prompt is there
    await phone.faults(daraja={"token_dies_next": 1})
    accepted = await daraja.stk_push(business(ZURI), **order(target))
    assert (await phone.prompt())["checkout_request_id"] == accepted.checkout_request_id

    await phone.faults(daraja={"query_error_next": 1, "query_error_text": "Wrong credentials"})
    with pytest.raises(ProviderRefused, match="Wrong credentials"):
        await daraja.query(business(ZURI), accepted.checkout_request_id)

    await phone.faults(paylink={"answer_next": 1, "answer_text": "Unknown tool: stk_push"})
    with pytest.raises(ProviderRefused, match="Unknown tool"):
        await paylink.stk_push(paylink_of(ZURI), **order(target))


@pytest.mark.parametrize("odd", [{"bare_next": 1}, {"odd_amount_next": 1, "odd_amount": [4500]}])
async def test_the_sandbox_tells_of_money_without_an_amount_on_demand(
    target: Target, phone: Phone, daraja: DarajaClient, odd: dict
) -> None:
    await daraja.stk_push(business(ZURI), **order(target))
    await phone.faults(daraja=odd)
    await phone.answer(outcome="pin", pin="1234")
    told = await outcome(target)
    assert (told.result_code, told.amount_hundredths) == ("0", None)


async def test_the_sandbox_gives_results_that_are_words(
    target: Target, phone: Phone, daraja: DarajaClient
) -> None:
    await phone.faults(daraja={"answer_all_with": "SFC_IC0003"})
    await daraja.stk_push(business(ZURI), **order(target))
    told = await outcome(target)
    assert (told.result_code, told.result_desc) == ("SFC_IC0003", "The operator does not exist.")


async def test_who_pays_at_the_till_is_on_the_statement(
    http: httpx.AsyncClient, target: Target
) -> None:
    paid = await http.post(
        f"{target.url}/sandbox/daraja/till-payments",
        json={"phone": "254722000123", "name": "Wanjiru", "amount": 3500},
    )

    statement = await http.get(f"{target.url}/sandbox/daraja/statement.csv?account=zuri")

    [line] = [one for one in statement.text.splitlines() if one.startswith(paid.json()["receipt"])]
    assert "2547******123 - WANJIRU" in line
    assert "3500.00" in line.replace(",", "")
