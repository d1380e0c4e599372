"""Asks Meta what became of batches, ever more rarely."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from dukani.core.clients.meta_catalogue import BatchState, BatchStatus, MetaCatalogue
from dukani.core.errors import ProviderRefused
from dukani.core.services import Services
from dukani.core.store import catalogue_items, catalogue_pushes, meta_catalogues
from dukani.core.store.catalogue_pushes import Push
from dukani.tools.meta_catalogue.still_chosen import still_chosen

OPEN_AT_ONCE = 20
MOST_ASKED = 40  # about a day of waits; then the batch counts as lost
WAITS = tuple(timedelta(seconds=s) for s in (5, 10, 20, 60, 300, 900, 1800))
# Until what failed is sent again, for each failure in a row.
AFTER_FAILURES = tuple(timedelta(seconds=s) for s in (30, 120, 600, 1800, 7200, 21600))
FIRST_READING = timedelta(seconds=5)
NOT_THERE = "100"  # Meta's code of an object that it does not know
LOST = "Meta knows nothing of this batch any more."
KEPT = 30


async def poll_batches(
    services: Services, desk: MetaCatalogue, *, boutique_id: str, catalog_id: str
) -> int:
    """The number of batches that ended. Raises ProviderError, ChosenAnew."""
    async with services.database.tenant_connection(boutique_id) as conn:
        waiting = await catalogue_pushes.still_open(conn, limit=OPEN_AT_ONCE)
    ended = 0
    for push in waiting:
        status = await _ask(desk, catalog_id, push)
        if status.state == "started" and push.asked + 1 >= MOST_ASKED:
            status = BatchStatus("failed", status.errors_total, status.errors, LOST)
        await _keep(services, boutique_id, push, status, catalog_id=catalog_id)
        ended += status.state != "started"
    async with still_chosen(services, boutique_id=boutique_id, catalog_id=catalog_id) as conn:
        left = await catalogue_pushes.still_open(conn, limit=1)
        await meta_catalogues.note_poll(
            conn,
            next_poll=wait_after(left[0].asked) if left else None,
            next_read=FIRST_READING if ended else None,
        )
        await catalogue_pushes.remove_old(conn, kept=KEPT)
    return ended


def wait_after(asked: int) -> timedelta:
    return WAITS[min(asked, len(WAITS) - 1)]


async def _ask(desk: MetaCatalogue, catalog_id: str, push: Push) -> BatchStatus:
    """Of all handles of a call; one without handles was over at once."""
    handles = [one for one in push.handle.split("\n") if one]
    said = [await _status(desk, catalog_id, handle) for handle in handles]
    errors: dict[str, Sequence[str]] = {}
    for one in said:
        errors |= one.errors
    return BatchStatus(
        _together([one.state for one in said]),
        sum(one.errors_total for one in said),
        errors,
        next((one.said for one in said if one.state == "failed"), ""),
    )


async def _status(desk: MetaCatalogue, catalog_id: str, handle: str) -> BatchStatus:
    """A batch that Meta knows no more is lost; a catalogue that it does not know is raised."""
    try:
        return await desk.status(catalog_id, handle)
    except ProviderRefused as error:
        if error.code != NOT_THERE:
            raise
    await desk.look(catalog_id)
    return BatchStatus("failed", 0, {}, LOST)


def _together(states: Sequence[BatchState]) -> BatchState:
    for state in ("started", "failed"):
        if state in states:
            return "started" if state == "started" else "failed"
    return "finished"


async def _keep(
    services: Services, boutique_id: str, push: Push, status: BatchStatus, *, catalog_id: str
) -> None:
    async with still_chosen(services, boutique_id=boutique_id, catalog_id=catalog_id) as conn:
        await catalogue_pushes.note(
            conn, push_id=push.id, state=status.state, errors=status.errors_total
        )
        await catalogue_items.note_errors(conn, push_id=push.id, errors=status.errors)
        if status.state == "finished":
            await meta_catalogues.note_success(conn)
        if status.state == "failed":
            await catalogue_pushes.send_again(conn, push_id=push.id)
            await meta_catalogues.note_failure(conn, said=status.said, waits=AFTER_FAILURES)
