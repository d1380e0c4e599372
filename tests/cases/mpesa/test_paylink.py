"""What PayLink's server answers when its tool was not reached, refused, or was lost on the way."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cases.mpesa.money import MoneyShop, promises_a_prompt
from tests.cases.mpesa.test_pushes import may_be_on_her_phone
from tests.fakes.paylink import fails, gives, says

Answer = tuple[int, dict[str, Any]]

# What the words mean is a table of tests/unit/clients/test_paylink_refusals.py; here is what
# comes of them.
LOST: list[Answer] = [
    says('{"error": "STK Push failed: ReadTimeout"}'),
    gives({"content": [], "isError": False}),
]


@pytest.mark.parametrize("answer", LOST)
async def test_a_lost_answer_leaves_open_whether_there_is_a_prompt(
    by_paylink: MoneyShop, answer: Answer
) -> None:
    by_paylink.paylink.next.append(answer)
    await by_paylink.orders()
    await may_be_on_her_phone(by_paylink)


FORGOTTEN: list[Answer] = [
    fails(-32001, "Session not found", status=404, id_=None),
    fails(-32600, "Bad Request: Missing session ID", status=400, id_="server-error"),
]


@pytest.mark.parametrize("answer", FORGOTTEN)
async def test_a_forgotten_session_is_begun_anew_for_no_prompt_was_made(
    by_paylink: MoneyShop, answer: Answer
) -> None:
    """Or told at once: what must not be is a customer who waits for a prompt there is not."""
    by_paylink.paylink.next.append(answer)

    await by_paylink.orders()

    calls = len(by_paylink.paylink.calls)
    if (await by_paylink.payment())["status"] == "pending":
        assert (calls, by_paylink.paylink.sessions) == (2, 2) or len(by_paylink.daraja.pushes) == 1
    else:
        assert promises_a_prompt(by_paylink.last) == []


REFUSED: list[Answer] = [
    fails(-32601, "Method not found"),
    says('{"error": "Missing M-Pesa STK environment variables"}'),
    says("MCP error -32602: Invalid arguments for tool stk_push"),
    says("Unknown tool: stk_push"),
]


@pytest.mark.parametrize("answer", REFUSED)
async def test_a_refusal_before_the_tool_did_anything_makes_no_prompt(
    by_paylink: MoneyShop, answer: Answer
) -> None:
    # given a server that refuses, however often it is asked
    by_paylink.paylink.next += [answer] * 5
    await by_paylink.orders()

    # then the prompt came by Daraja at once, or she is told that there is none
    if not by_paylink.daraja.pushes:
        assert promises_a_prompt(by_paylink.last) == []
        assert (await by_paylink.order())["payment_status"] == "failed"
    assert len(by_paylink.paylink.calls) == 1
    # and the owner hears of the set-up
    assert "paylink" in await by_paylink.notes()


@pytest.mark.parametrize(
    "words",
    [
        '{"error": "Invalid phone number format. Must be 254XXXXXXXXX"}',
        "Input validation error: '254112000001' does not match '^2547[0-9]{8}$'",
        "Error executing tool stk_push: Invalid input: phone_number",
    ],
)
async def test_a_number_paylink_does_not_take_is_asked_for(
    by_paylink: MoneyShop, words: str
) -> None:
    by_paylink.paylink.next.append(says(words))

    await by_paylink.orders()

    assert by_paylink.daraja.pushes or (
        "number" in by_paylink.last and promises_a_prompt(by_paylink.last) == []
    )
