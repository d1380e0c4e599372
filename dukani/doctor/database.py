"""Checks the database: schema, roles, tenant isolation and the queue."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import psycopg
from psycopg.rows import dict_row

from dukani.core.embedded import EmbeddedServer
from dukani.core.migrations import pending
from dukani.core.queue_health import Trouble, trouble_of
from dukani.core.settings import Settings
from dukani.core.store import diagnosis
from dukani.core.store.diagnosis import Conn
from dukani.doctor.check import Check, bad, good, off, reason

CONNECT_TIMEOUT_S = 5
VECTOR = (0, 8)
ROLES = ("boutique_agent", "authenticated", "boutique_staff", "boutique_owner", "service_role")
MIGRATE = "Run `dukani migrate`."
START_WORKER = "Start `dukani worker`, or the API with `dukani serve --worker`."
OVERDUE_AFTER_S = 60.0
DELETED_WITHIN_H = 50  # two nights, and a late worker


@dataclass(frozen=True, slots=True)
class Urls:
    """Connection strings of the process's login, and of the tables' owner."""

    runtime: str
    owner: str


@contextmanager
def database_urls(settings: Settings) -> Iterator[Urls | None]:
    """The configured database, or the embedded one while the block runs; None before it exists.

    The doctor creates and migrates nothing.
    """
    url = settings.database.url
    if url is not None:
        yield Urls(url.get_secret_value(), url.get_secret_value())
        return
    if not (settings.data_dir / "postgres").exists():
        yield None
        return
    embedded = EmbeddedServer(settings.data_dir)
    embedded.start()
    try:
        yield Urls(embedded.url(), embedded.url(user="postgres"))
    finally:
        embedded.stop()


@contextmanager
def connect(url: str) -> Iterator[Conn]:
    """A connection with a timeout of a few seconds, which suits a transaction pooler too."""
    with psycopg.connect(
        url,
        autocommit=True,
        row_factory=dict_row,
        prepare_threshold=None,
        connect_timeout=CONNECT_TIMEOUT_S,
    ) as conn:
        yield conn


def check_schema(conn: Conn, *, stalled_after_s: float) -> list[Check]:
    """The checks of the schema; a check that cannot run gives the reason."""
    looks: dict[str, Callable[[Conn], Check]] = {
        "Migrations": check_migrations,
        "Extension vector": check_vector,
        "Row level security": check_row_level_security,
        "Stalled jobs": partial(check_stalled_jobs, stalled_after_s=stalled_after_s),
        "Worker": partial(check_worker, stalled_after_s=stalled_after_s),
        "Old things": check_retention,
        "Queues": partial(check_queues, stalled_after_s=stalled_after_s),
    }
    return [_checked(what, look, conn) for what, look in looks.items()]


def _checked(what: str, look: Callable[[Conn], Check], conn: Conn) -> Check:
    try:
        return look(conn)
    except psycopg.Error as error:
        return bad(what, reason(error), MIGRATE)


def check_migrations(conn: Conn) -> Check:
    what = "Migrations"
    missing = [path.name for path in pending(diagnosis.applied_migrations(conn))]
    if missing:
        return bad(what, f"{len(missing)} pending, first {missing[0]}", MIGRATE)
    if not diagnosis.has_table(conn, diagnosis.QUEUE_TABLE):
        return bad(what, f"{diagnosis.QUEUE_TABLE} is missing", MIGRATE)
    return good(what, "all applied")


def check_vector(conn: Conn) -> Check:
    what = "Extension vector"
    version = diagnosis.vector_version(conn)
    if version is None:
        return bad(what, "not there", "Run `create extension vector` as the database's owner.")
    if tuple(int(part) for part in version.split(".")[:2]) < VECTOR:
        return bad(what, version, "Run `alter extension vector update`: 0.8 or newer is needed.")
    return good(what, version)


def check_roles(runtime_url: str) -> Check:
    """Whether the process's login can take each role."""
    what, missing = "Roles", []
    try:
        with connect(runtime_url) as conn:
            missing = [role for role in ROLES if not diagnosis.can_take_role(conn, role)]
    except psycopg.Error as error:
        return bad(what, reason(error), "Let the login of DUKANI_DATABASE__URL connect.")
    if missing:
        names = ", ".join(missing)
        return bad(what, f"cannot become {names}", f"Grant {names} to this login. {MIGRATE}")
    return good(what, ", ".join(ROLES))


def check_row_level_security(conn: Conn) -> Check:
    what = "Row level security"
    tables = diagnosis.row_level_security(conn)
    unprotected = [name for name, secured in tables.items() if not secured]
    if unprotected:
        fix = f"Run `alter table {unprotected[0]} enable row level security` and so on."
        return bad(what, f"off on {', '.join(unprotected)}", fix)
    if not tables:
        return bad(what, "there are no tables", MIGRATE)
    return good(what, f"on for all {len(tables)} tables")


def check_retention(conn: Conn) -> Check:
    """Whether the night's job deletes what is too old, and what it deleted last."""
    what = "Old things"
    runs = diagnosis.retention_runs(conn)
    if not runs:
        return off(what, "none was looked for yet", "A worker looks every night.")
    broken = [run.kind for run in runs if not run.finished]
    if broken:
        return bad(what, f"not deleted to the end: {', '.join(broken)}", "See the worker's log.")
    hours = max(run.hours_ago for run in runs)
    if hours > DELETED_WITHIN_H:
        return bad(what, f"last deleted {hours:.0f} hours ago", START_WORKER)
    deleted = [f"{run.removed} {run.kind} ({run.days} days)" for run in runs if run.removed]
    return good(what, f"deleted {hours:.0f} hours ago: {', '.join(deleted) or 'nothing was old'}")


def check_stalled_jobs(conn: Conn, *, stalled_after_s: float) -> Check:
    """Jobs of dead workers, which the sweep of any running worker gives back."""
    what = "Stalled jobs"
    stalled = diagnosis.stalled_jobs(conn, stalled_after_s=stalled_after_s)
    if stalled:
        return bad(what, f"{stalled}: their worker has died", f"{START_WORKER} It takes them up.")
    return good(what, "none")


def check_worker(conn: Conn, *, stalled_after_s: float) -> Check:
    what = "Worker"
    alive = diagnosis.living_workers(conn, stalled_after_s=stalled_after_s)
    overdue = diagnosis.overdue_jobs(conn, overdue_after_s=OVERDUE_AFTER_S)
    if alive:
        waiting = f", {overdue} jobs late" if overdue else ""
        return good(what, f"{alive} working{waiting}")
    if overdue:
        return bad(what, f"none, and {overdue} jobs are waiting", START_WORKER)
    return off(what, "none running", START_WORKER)


# What is to be done about a stuck queue, as the platform's page says it too.
_REMEDIES: dict[Trouble, str] = {
    "nobody_listens": "Start `dukani worker` for this queue, or one without `--queue`.",
    "paused": "Let it go on, on the platform's page of queues.",
    "full": "Start one more `dukani worker`: every slot of this queue is in use.",
    "late": "Look for stalled and failed jobs on the platform's page of jobs; restart the worker.",
}


def check_queues(conn: Conn, *, stalled_after_s: float) -> Check:
    """Whether a queue is stuck for another reason than that no worker runs, as `Worker` tells."""
    what = "Queues"
    states = diagnosis.queue_states(conn)
    workers = diagnosis.workers(conn, stalled_after_s=stalled_after_s)
    found = [(state, trouble_of(state, workers)) for state in states]
    stuck = [(state, why) for state, why in found if why in _REMEDIES]
    if not stuck:
        return good(what, "none is stuck")
    state, why = stuck[0]
    waits = f", the oldest for {state.oldest_s:.0f} s" if state.oldest_s else ""
    others = f"; and {len(stuck) - 1} more" if stuck[1:] else ""
    told = f"{state.name} is stuck ({why}): {state.waiting} jobs wait{waits}{others}"
    return bad(what, told, _REMEDIES[why] if why else "")
