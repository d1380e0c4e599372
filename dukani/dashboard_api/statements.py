"""M-Pesa statements: imported once, and held against what the shop knows."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Form, Response, UploadFile

from dukani.core.database import Connection
from dukani.core.errors import NotFound
from dukani.core.store import boutiques, statements
from dukani.core.store.statements import LineKind, LineState
from dukani.dashboard_api.access import AnActingMember, AProvenOwner, at_work
from dukani.dashboard_api.bodies import Answer, Minor
from dukani.dashboard_api.pages import AskedPage, Page
from dukani.tools.statements import importing
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
