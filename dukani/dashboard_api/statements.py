"""M-Pesa statements: imported, held against what the shop knows, and what is left settled."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Form, Response, UploadFile
from pydantic import StringConstraints, model_validator

from dukani.core.database import Connection
from dukani.core.errors import NotFound
from dukani.core.store import boutiques, statement_choices, statements
from dukani.core.store.statement_matches import SetAside
from dukani.core.store.statements import KeptLine, LineKind, LineState
from dukani.dashboard_api.access import AnActingMember, AnActingOwner, AProvenOwner, at_work
from dukani.dashboard_api.bodies import Answer, Body, MaskedPhone, Minor
from dukani.dashboard_api.pages import AskedPage, Page
from dukani.domain.statement_lines import same_phone
from dukani.tools.statements import importing, settling
from dukani.tools.statements.reading import Why, read_statement

router = APIRouter(prefix="/boutiques/{boutique_id}", tags=["statements"])


class BadRow(Answer):
    line: int  # as the file counts
    why: Why


class LineCount(Answer):
    """`noted`: charges, withdrawals, money sent, reversals of what is not known."""

    kind: LineKind
    state: LineState
    lines: int
    sum_minor: Minor


class Statement(Answer):
    """`lines` were read, of which `new_lines` were on no statement before; `left` wait for you."""

    id: UUID
    file_name: str
    lines: int
    new_lines: int
    left: int
    bad: list[BadRow]
    created_at: datetime


class ShownStatement(Statement):
    """`is_new`: false for a file that was imported before, which changes nothing."""

    is_new: bool
    counts: list[LineCount]  # of its new lines


class Choice(Answer):
    """What a line may pay for. `same_phone`: as far as M-Pesa shows the number."""

    order_id: UUID | None
    sale_id: UUID | None
    number: str
    name: str | None
    amount_minor: Minor
    at: datetime
    same_phone: bool


class StatementLine(Answer):
    id: UUID
    statement_id: UUID
    line: int
    receipt: str
    kind: LineKind
    amount_minor: Minor
    completed_at: datetime
    details: str
    phone: MaskedPhone
    other_party: str | None
    original: str | None
    state: LineState
    how: str | None
    payment_id: UUID | None
    sale_id: UUID | None
    refund_id: UUID | None
    order_id: UUID | None
    reason: SetAside | None
    note: str | None


class ShownLine(StatementLine):
    choices: list[Choice]


class LineMatch(Body):
    """What the money is for: one of the two."""

    order_id: UUID | None = None
    sale_id: UUID | None = None

    @model_validator(mode="after")
    def _one(self) -> LineMatch:
        if (self.order_id is None) == (self.sale_id is None):
            raise ValueError("Name an order or a sale.")
        return self


class LineSetAside(Body):
    reason: SetAside
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""


@router.post("/statements", status_code=201)
async def import_statement(
    owner: AProvenOwner,
    response: Response,
    file: Annotated[UploadFile, File()],
    password: Annotated[str | None, Form(max_length=100)] = None,
) -> ShownStatement:
    """An M-Pesa statement as CSV, XLSX or PDF. The same file again changes nothing (200)."""
    data = await file.read()
    async with at_work(owner, owners_only=True, acting=True) as member:
        boutique = await boutiques.get(member.conn, boutique_id=owner.boutique_id)
        assert boutique is not None  # she is a member of it
    # A year of M-Pesa takes seconds to read. The password is for this, and goes nowhere else.
    read = await asyncio.to_thread(
        read_statement,
        data,
        timezone=boutique.timezone,
        currency=boutique.currency,
        password=password or None,
    )
    async with at_work(owner, owners_only=True, acting=True) as member:
        statement_id, is_new = await importing.take_in(
            member.conn,
            read,
            digest=importing.digest_of(data),
            file_name=_plain(file.filename or ""),
            imported_by=owner.signed_in.user_id,
        )
        if not is_new:
            response.status_code = 200
        return await _shown(member.conn, statement_id, is_new=is_new)


def _plain(name: str) -> str:
    return "".join(one for one in name if one.isprintable()).strip()


@router.get("/statements")
async def list_statements(member: AnActingMember, asked: AskedPage) -> Page[Statement]:
    rows = await statements.page(member.conn, after=asked.after(datetime), limit=asked.limit + 1)
    return asked.page(rows, lambda row: row.key, Statement.model_validate)


@router.get("/statements/{statement_id}")
async def get_statement(member: AnActingMember, statement_id: UUID) -> ShownStatement:
    return await _shown(member.conn, str(statement_id), is_new=False)


@router.get("/statement-lines")
async def list_statement_lines(
    member: AnActingMember,
    asked: AskedPage,
    state: LineState | None = None,
    statement_id: UUID | None = None,
) -> Page[StatementLine]:
    """The newest first; `left` are those that a person must settle."""
    rows = await statements.lines(
        member.conn,
        state=state,
        statement_id=str(statement_id) if statement_id else None,
        after=asked.after(datetime),
        limit=asked.limit + 1,
    )
    return asked.page(rows, lambda row: row.key, StatementLine.model_validate)


@router.get("/statement-lines/{line_id}")
async def get_statement_line(member: AnActingMember, line_id: UUID) -> ShownLine:
    """A line, with what it may pay for while it is left."""
    return await _shown_line(member.conn, str(line_id))


@router.post("/statement-lines/{line_id}/match")
async def match_statement_line(owner: AnActingOwner, line_id: UUID, match: LineMatch) -> ShownLine:
    """Say what the money is for: an open order is then paid by it, and its customer is told."""
    who = owner.signed_in.user_id
    if match.order_id is not None:
        await settling.pays_order(
            owner.conn,
            boutique_id=owner.boutique_id,
            line_id=str(line_id),
            order_id=str(match.order_id),
            decided_by=who,
        )
    else:
        await settling.is_sale(
            owner.conn, line_id=str(line_id), sale_id=str(match.sale_id), decided_by=who
        )
    return await _shown_line(owner.conn, str(line_id))


@router.post("/statement-lines/{line_id}/set-aside")
async def set_statement_line_aside(
    owner: AnActingOwner, line_id: UUID, aside: LineSetAside
) -> ShownLine:
    """Say that the money is no sale of the shop's."""
    await settling.set_aside(
        owner.conn,
        line_id=str(line_id),
        reason=aside.reason,
        note=aside.note,
        decided_by=owner.signed_in.user_id,
    )
    return await _shown_line(owner.conn, str(line_id))


async def _shown(conn: Connection, statement_id: str, *, is_new: bool) -> ShownStatement:
    found = await statements.get(conn, statement_id=statement_id)
    if found is None:
        raise NotFound("There is no such statement here.")
    counts = await statements.counts(conn, statement_id=found.id)
    return ShownStatement(
        **Statement.model_validate(found).model_dump(),
        is_new=is_new,
        counts=[LineCount.model_validate(one) for one in counts],
    )


async def _shown_line(conn: Connection, line_id: str) -> ShownLine:
    line = await statements.line(conn, line_id=line_id)
    if line is None:
        raise NotFound("There is no such line here.")
    fields = {name: getattr(line, name) for name in StatementLine.model_fields}
    return ShownLine(**fields, choices=await _choices(conn, line))


async def _choices(conn: Connection, line: KeptLine) -> list[Choice]:
    if line.state != "left" or line.kind != "paid_in":
        return []
    things = await settling.choices_for(conn, line)
    named = await statement_choices.named(conn, things)
    return [
        Choice(
            order_id=UUID(one.order_id) if one.order_id else None,
            sale_id=UUID(one.sale_id) if one.sale_id else None,
            number=one.number,
            name=one.name,
            amount_minor=thing.amount_minor,
            at=thing.at,
            same_phone=same_phone(line.phone, thing.phone),
        )
        for thing, one in ((thing, named[thing.kind, thing.id]) for thing in things)
    ]
