"""Size charts: for which body the boutique's sizes are cut; sizes are advised by them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from dukani.core.database import Connection
from dukani.core.errors import NotFound
from dukani.core.store import size_chart_edits as store
from dukani.dashboard_api.access import AMember, AnOwner
from dukani.dashboard_api.bodies import Answer, Body
from dukani.tools.chart_entries import ChartEntry

router = APIRouter(prefix="/boutiques/{boutique_id}/size-charts", tags=["size charts"])


class ChartFields(Body, ChartEntry):
    """A chart of one kind of garment, or without a category of all that have none of their own."""


class ChartRow(Answer):
    size: str
    measures: dict[str, list[float]] = Field(default_factory=dict)  # from and to, in centimetres
    also: list[str] = Field(default_factory=list)  # its names in other systems


class SizeChart(Answer):
    id: UUID
    category: str | None
    audience: Literal["women", "men", "children"]
    rows: list[ChartRow]
    updated_at: datetime


class SizeCharts(Answer):
    items: list[SizeChart]


@router.get("")
async def list_size_charts(member: AMember) -> SizeCharts:
    return await _all(member.conn)


@router.put("")
async def put_size_chart(owner: AnOwner, chart: ChartFields) -> SizeCharts:
    """Write the chart of this category and audience; all charts are answered."""
    await store.put(owner.conn, chart.as_chart())
    return await _all(owner.conn)


@router.delete("/{chart_id}")
async def remove_size_chart(owner: AnOwner, chart_id: UUID) -> SizeCharts:
    if not await store.remove(owner.conn, chart_id=str(chart_id)):
        raise NotFound("There is no such chart here.")
    return await _all(owner.conn)


async def _all(conn: Connection) -> SizeCharts:
    rows: list[Any] = await store.of_boutique(conn)
    return SizeCharts(items=[SizeChart.model_validate(row) for row in rows])
