"""Stand-in for PayLink: an MCP server with one tool, `stk_push`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import urlsplit

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette

from dukani.core.clients.stk import MAX_DESCRIPTION, MAX_REFERENCE, PAYLINK_MSISDN
from dukani.sandbox.accounts import SandboxAccount
from dukani.sandbox.daraja import put_on_phone, wrong_push
from dukani.sandbox.ledger import Ledger
from dukani.sandbox.models import Push
from dukani.sandbox.world import World


class PayLink:
    """The tool; credentials are headers, failures are texts without the error flag."""

    def __init__(self, world: World, ledger: Ledger) -> None:
        self._world = world
        self._ledger = ledger

    async def stk_push(
        self,
        amount: str,
        phone_number: str,
        account_reference: str,
        transaction_desc: str,
        ctx: Context,
    ) -> str:
        """Send an M-Pesa STK push to a phone."""
        faults = self._world.faults.paylink
        await self._world.wait_to_answer("paylink")
        if faults.take("answer_next"):
            return faults.answer_text
        if faults.take("error_next"):
            return _failed(faults.error_code)
        wrong = _wrong_input(amount, phone_number, account_reference, transaction_desc)
        if wrong:
            return f"Invalid input: {wrong}"
        headers = ctx.headers or {}
        account = _account(self._world, headers)
        if account is None or account.mpesa is None:
            return _failed("Invalid PayLink or M-Pesa credentials")
        # PayLink knows only paybills.
        details = {
            "Amount": amount,
            "PhoneNumber": phone_number,
            "CallBackURL": headers.get("mpesa_callback_url", ""),
            "AccountReference": account_reference,
            "TransactionDesc": transaction_desc,
            "TransactionType": "CustomerPayBillOnline",
            "PartyB": account.mpesa.shortcode,
        }
        refused = wrong_push(account.mpesa, details)
        if refused:
            return _failed(refused[1])
        push = put_on_phone(self._ledger, account, details)
        if faults.take("break_next"):
            return "upstream connect error or disconnect/reset before headers"
        return _taken(push, details)


def paylink_server(world: World, ledger: Ledger) -> MCPServer:
    """The server with its one tool."""
    server = MCPServer("mpesa_mcp_server", log_level="WARNING")
    server.add_tool(PayLink(world, ledger).stk_push, structured_output=False)
    return server


def paylink_app(server: MCPServer, *, base_url: str) -> Starlette:
    """The server's API, for requests to this machine and to the sandbox's own host name."""
    host = urlsplit(base_url).netloc
    names = ["127.0.0.1:*", "localhost:*", "[::1]:*", "127.0.0.1", "localhost", host]
    return server.streamable_http_app(
        stateless_http=True,
        json_response=True,
        transport_security=TransportSecuritySettings(allowed_hosts=names),
    )


def _wrong_input(amount: str, phone: str, reference: str, description: str) -> str | None:
    if not (amount.isascii() and amount.isdigit()):
        return "amount must match ^[0-9]+$"
    if not PAYLINK_MSISDN.fullmatch(phone):
        return "phone_number must match ^2547[0-9]{8}$"
    if len(reference) > MAX_REFERENCE:
        return f"account_reference must be at most {MAX_REFERENCE} characters"
    if len(description) > MAX_DESCRIPTION:
        return f"transaction_desc must be at most {MAX_DESCRIPTION} characters"
    return None


def _account(world: World, headers: Mapping[str, str]) -> SandboxAccount | None:
    account = world.accounts.by_paylink_key(headers.get("paylink_api_key", ""))
    if account is None or account.mpesa is None or account.paylink is None:
        return None
    expected = {
        "paylink_project": account.paylink.project,
        "mpesa_business_shortcode": account.mpesa.shortcode,
        "mpesa_consumer_key": account.mpesa.consumer_key,
        "mpesa_consumer_secret": account.mpesa.consumer_secret,
        "mpesa_passkey": account.mpesa.passkey,
    }
    return account if all(headers.get(name) == value for name, value in expected.items()) else None


def _taken(push: Push, details: Mapping[str, str]) -> str:
    return json.dumps(
        {
            "status": "success",
            "message": "Success. Request accepted for processing",
            "merchant_request_id": push.merchant_request_id,
            "checkout_request_id": push.checkout_request_id,
            "amount": details["Amount"],
            "phone_number": details["PhoneNumber"],
            "reference": details["AccountReference"],
        }
    )


def _failed(why: str) -> str:
    return json.dumps({"status": "error", "message": why})
