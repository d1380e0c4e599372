"""Receipts as PDF, of a paid order and of a sale in the shop; an order's goes to its chat too."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from dukani.agent.wording.receipts import file_name
from dukani.core.languages import Language
from dukani.dashboard_api.access import AProvenMember, at_work
from dukani.dashboard_api.bodies import Answer
from dukani.dashboard_api.idempotency import IdempotencyKey, once
from dukani.dashboard_api.looking import Uncovers
from dukani.domain.receipt import Paper, Receipt
from dukani.tools.receipts.making import as_pdf, of_counter_sale, of_order
from dukani.tools.receipts.sending import chat_for_receipt, queue_receipt, store_receipt

router = APIRouter(prefix="/boutiques/{boutique_id}", tags=["receipts"])

PDF = "application/pdf"
_A_PDF: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The receipt",
        "content": {PDF: {"schema": {"type": "string", "format": "binary"}}},
    }
}
AskedPaper = Annotated[Paper, Query(description="`80mm` is the roll of a till's printer")]
AskedLanguage = Annotated[Language | None, Query(description="By default the customer's")]


class SentReceipt(Answer):
    number: str
    conversation_id: UUID


@router.get("/orders/{order_id}/receipt", response_class=Response, responses=_A_PDF)
async def get_order_receipt(
    person: AProvenMember,
    order_id: UUID,
    _: Uncovers,
    paper: AskedPaper = "a4",
    language: AskedLanguage = None,
) -> Response:
    async with at_work(person) as member:
        receipt = await of_order(member.conn, order_id=str(order_id), language=language)
    return await _shown(receipt, paper)


@router.get("/counter-sales/{sale_id}/receipt", response_class=Response, responses=_A_PDF)
async def get_counter_receipt(
    person: AProvenMember,
    sale_id: UUID,
    _: Uncovers,
    paper: AskedPaper = "a4",
    language: AskedLanguage = None,
) -> Response:
    async with at_work(person) as member:
        receipt = await of_counter_sale(member.conn, sale_id=str(sale_id), language=language)
    return await _shown(receipt, paper)


@router.post("/orders/{order_id}/receipt/sent", status_code=202)
async def send_order_receipt(
    person: AProvenMember,
    order_id: UUID,
    request: Request,
    idempotency_key: IdempotencyKey = None,
) -> SentReceipt:
    """Send the receipt as a document into the order's chat, within WhatsApp's 24 hours."""
    async with at_work(person) as member:
        chat = await chat_for_receipt(member.conn, order_id=str(order_id))
        receipt = await of_order(member.conn, order_id=str(order_id))
    path = await store_receipt(person.services, receipt, boutique_id=person.boutique_id)

    async def send() -> SentReceipt:
        await queue_receipt(member.conn, chat, receipt, path=path)
        return SentReceipt(number=receipt.number, conversation_id=UUID(chat.id))

    async with at_work(person, acting=True) as member:
        return await once(member, request, idempotency_key, send, SentReceipt)


async def _shown(receipt: Receipt, paper: Paper) -> Response:
    """Drawn after the transaction: a slow page holds no connection."""
    name = f'inline; filename="{file_name(receipt)}"'
    return Response(
        await as_pdf(receipt, paper),
        media_type=PDF,
        headers={"content-disposition": name, "cache-control": "private, no-store"},
    )
