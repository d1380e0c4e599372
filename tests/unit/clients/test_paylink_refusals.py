"""What an MCP server says when a call never reached PayLink's tool: no prompt was made."""

from __future__ import annotations

import json

import httpx2
import pytest
from mcp.shared.exceptions import MCPError

from dukani.core.clients.mpesa_answers import outcome_of, refusal_as_result
from dukani.core.clients.mpesa_outcomes import Kind, Reason, Setting
from dukani.core.clients.paylink import _Progress, read_answer
from dukani.core.errors import ProviderError, ProviderRefused, ProviderUnavailable, ProviderUnclear

LOCKED = "Unable to lock subscriber, a transaction is already in process"


def handed_on(code: str, words: str, *, name: str = "details") -> str:
    """Daraja's own error as PayLink passes it on."""
    error = {"requestId": "r-1", "errorCode": code, "errorMessage": words}
    return json.dumps({"error": "HTTP Error", name: json.dumps(error)})


@pytest.mark.parametrize(
    "text",
    [
        "Input validation error: '254112000001' does not match '^2547[0-9]{8}$'",
        "Error executing tool stk_push: Invalid input: phone_number",
        "Error executing tool stk_push: 1 validation error for stk_pushArguments\nphone_number\n"
        "  Field required [type=missing]",
        "MCP error -32602: Invalid arguments for tool stk_push",
        "MCP error -32601: Method not found",
        "MCP error -32600: Invalid Request",
        "MCP error -32602: Tool stk_push not found",
        "Unknown tool: stk_push",
        "Error: Unknown tool: stk_push",
        "Tool stk_push not found",
        '{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"Unknown tool: stk_push"}}',
        '{"error": "Unauthorized"}',
        "Unauthorized",
        "403 Forbidden",
        "Invalid API key",
        '{"error": "Missing M-Pesa STK environment variables"}',
        '{"error": "Invalid phone number format. Must be 254XXXXXXXXX"}',
        '{"error": "Account reference must be ≤ 12 characters"}',
        "Input validation error: 1200 is not of type 'string'",
        f"STK push failed: {LOCKED}",
        handed_on("500.001.1001", LOCKED),
        handed_on("400.002.02", "Bad Request - Invalid BusinessShortCode"),
        handed_on("500.001.1001", "Wrong credentials", name="response"),
        f'{{"status":"error","message":"{LOCKED}"}}',
        '{"status":"ERROR","message":"[MerchantValidate] - Wrong credentials"}',
    ],
)
def test_an_answer_that_never_reached_m_pesa_is_a_refusal(text: str) -> None:
    with pytest.raises(ProviderRefused):
        read_answer(text)


@pytest.mark.parametrize(
    "text",
    [
        "Error executing tool stk_push",  # it ran, and broke off somewhere
        "Error executing tool stk_push: timed out",
        "Error executing tool stk_push: HTTP request failed: 502",
        "Error executing tool stk_push: ReadTimeout",
        '{"error": "STK Push failed: ReadTimeout"}',
        '{"error": "STK Push failed: RemoteProtocolError"}',
        '{"error": "STK Push failed: "}',  # the words of an exception that has none
        '{"error": "STK Push failed: \'CheckoutRequestID\'"}',  # it was answered, and not read
        '{"error": "Something went wrong"}',
        '{"error": "HTTP Error"}',
        '{"error": "HTTP Error", "details": "<html><h1>504 Gateway Time-out</h1></html>"}',
        handed_on("500.001.1001", "The transaction is being processed"),
        handed_on("500.003.1001", "Internal Server Error"),
        '{"jsonrpc":"2.0","id":3,"error":{"code":-32603,"message":"Internal error"}}',
        '{"jsonrpc":"2.0","id":3,"error":{"code":-32001,"message":"Request timed out"}}',
        "null",
        "MCP error -32603: Internal error",
        "MCP error -32001: Request timed out",
        "MCP error -32000: Connection closed",
        "MCP error -32602: Invalid tools/call result: expected record",  # of what the tool gave
        "Output validation error: 'status' is a required property",
        "Internal Server Error",
        "The transaction is being processed",
    ],
)
def test_an_answer_of_a_tool_that_ran_leaves_it_open(text: str) -> None:
    with pytest.raises(ProviderUnclear):
        read_answer(text)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (-32700, ProviderRefused),
        (-32600, ProviderRefused),
        (-32601, ProviderRefused),
        (-32602, ProviderRefused),
        (-32603, ProviderUnclear),
        (-32000, ProviderUnclear),
        (-32001, ProviderUnclear),
    ],
)
def test_an_error_of_json_rpc_after_the_call_left(code: int, error: type[ProviderError]) -> None:
    progress = _Progress(sent=True)
    assert type(progress.explain(MCPError(code, "no"))) is error


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, ProviderRefused),
        (401, ProviderRefused),
        (403, ProviderRefused),
        (404, ProviderRefused),
        (429, ProviderUnavailable),
        (408, ProviderUnclear),
        (500, ProviderUnclear),
        (502, ProviderUnclear),
    ],
)
async def test_a_call_turned_away_by_the_transport(status: int, error: type[ProviderError]) -> None:
    # given a call that left, and how HTTP answered it
    progress = _Progress(sent=True)
    request = httpx2.Request("POST", "https://paylink.example/mcp")
    await progress.hear(httpx2.Response(status, request=request))

    # when the goodbye is refused too, it says nothing about the call
    goodbye = httpx2.Request("DELETE", "https://paylink.example/mcp")
    await progress.hear(httpx2.Response(405, request=goodbye))

    assert type(progress.explain(MCPError(-32603, "Server returned an error response"))) is error


@pytest.mark.parametrize("status", [401, 403])
async def test_a_key_paylink_does_not_take_is_the_shops_to_mend(status: int) -> None:
    progress = _Progress(sent=False)
    request = httpx2.Request("POST", "https://paylink.example/mcp")
    await progress.hear(httpx2.Response(status, request=request))
    refusal = progress.explain(MCPError(-32603, "no"))
    assert isinstance(refusal, ProviderRefused)
    meaning = outcome_of(*refusal_as_result(refusal.code, refusal.said))
    assert (meaning.kind, meaning.setting) == (Kind.OURS_TO_MEND, Setting.PAYLINK)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"STK push failed: {LOCKED}", Reason.PROMPT_OPEN),
        (handed_on("500.001.1001", LOCKED), Reason.PROMPT_OPEN),
        (handed_on("1", LOCKED), Reason.PROMPT_OPEN),
        ('{"error": "Invalid phone number format. Must be 254XXXXXXXXX"}', Reason.ACCOUNT),
        ('{"error": "Missing M-Pesa STK environment variables"}', Reason.SHOP_SETUP),
        ('{"error": "Account reference must be ≤ 12 characters"}', Reason.SHOP_SETUP),
        ("Input validation error: 1200 is not of type 'string'", Reason.SHOP_SETUP),
        ("MCP error -32602: Invalid arguments for tool stk_push", Reason.SHOP_SETUP),
        ("MCP error -32602: Invalid arguments for tool stk_push: phone_number", Reason.ACCOUNT),
    ],
)
def test_paylinks_words_are_read_by_the_same_table(text: str, reason: Reason) -> None:
    with pytest.raises(ProviderRefused) as raised:
        read_answer(text)
    assert outcome_of(*refusal_as_result(raised.value.code, raised.value.said)).reason is reason


def test_a_busy_m_pesa_behind_paylink_made_no_prompt() -> None:
    with pytest.raises(ProviderUnavailable):
        read_answer(handed_on("500.003.02", "Error Occurred: Spike Arrest Violation"))
