"""The lines of M-Pesa statements: what each was found to be; an owner settles what is left."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import StringConstraints, model_validator

from dukani.core.database import Connection
from dukani.core.errors import NotFound
from dukani.core.store import debtors, statement_choices, statements
from dukani.core.store.statement_matches import SetAside, Thing
from dukani.core.store.statements import KeptLine, LineKind, LineState
from dukani.dashboard_api.access import AnActingMember, AnActingOwner
from dukani.dashboard_api.bodies import Answer, Body, MaskedPhone, Minor
from dukani.dashboard_api.pages import AskedPage, Page
from dukani.domain.statement_lines import same_phone
from dukani.tools.statements import settling

router = APIRouter(prefix="/boutiques/{boutique_id}", tags=["statements"])


class Choice(Answer):
    """What a line may pay for: one of the four. `same_phone`: as far as M-Pesa shows the number.

    Of somebody who owes (`debtor_id`) there is no number, and `at` is since when.
    """

    order_id: UUID | None = None
    sale_id: UUID | None = None
    debt_payment_id: UUID | None = None
    debtor_id: UUID | None = None
    number: str | None
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
    debt_payment_id: UUID | None
    order_id: UUID | None
    reason: SetAside | None
    note: str | None


class ShownLine(StatementLine):
    choices: list[Choice]


class LineMatch(Body):
    """What the money is for: one of the four, as `choices` names them."""

    order_id: UUID | None = None
    sale_id: UUID | None = None
    debt_payment_id: UUID | None = None
    debtor_id: UUID | None = None

    @model_validator(mode="after")
    def _one(self) -> LineMatch:
        given = (self.order_id, self.sale_id, self.debt_payment_id, self.debtor_id)
        if sum(one is not None for one in given) != 1:
            raise ValueError("Name an order, a sale, a debt's payment or who owes.")
        return self


class LineSetAside(Body):
    reason: SetAside
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""


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
    elif match.sale_id is not None:
        await settling.is_sale(
            owner.conn, line_id=str(line_id), sale_id=str(match.sale_id), decided_by=who
        )
    elif match.debt_payment_id is not None:
        await settling.is_debt_payment(
            owner.conn,
            line_id=str(line_id),
            payment_id=str(match.debt_payment_id),
            decided_by=who,
        )
    else:
        await settling.pays_debt(
            owner.conn, line_id=str(line_id), debtor_id=str(match.debtor_id), decided_by=who
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
        await _who_owes(conn, line, thing)
        if thing.kind == "debtor"
        else _choice(line, thing, named[thing.kind, thing.id])
        for thing in things
    ]


def _choice(line: KeptLine, thing: Thing, named: statement_choices.Named) -> Choice:
    return Choice(
        order_id=_uuid(named.order_id),
        sale_id=_uuid(named.sale_id),
        debt_payment_id=_uuid(named.debt_payment_id),
        number=named.number,
        name=named.name,
        amount_minor=thing.amount_minor,
        at=thing.at,
        same_phone=same_phone(line.phone, thing.phone),
    )


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None


async def _who_owes(conn: Connection, line: KeptLine, thing: Thing) -> Choice:
    debtor = await debtors.get(conn, debtor_id=thing.id)
    return Choice(
        debtor_id=UUID(thing.id),
        number=None,
        name=debtor.name if debtor else None,
        amount_minor=thing.amount_minor,
        at=thing.at,
        same_phone=same_phone(line.phone, thing.phone),
    )
