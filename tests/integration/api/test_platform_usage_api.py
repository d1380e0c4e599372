"""A boutique's use and its plan, as a platform admin and its owner see them."""

from __future__ import annotations

import httpx
import psycopg
import pytest

from tests.integration.api.conftest import Signed
from tests.integration.api.platform_room import Admin


@pytest.fixture
def admin(client: httpx.AsyncClient, superuser_url: str) -> Admin:
    return Admin(client, superuser_url)


def use(superuser_url: str, boutique: str, conversations: int) -> None:
    with psycopg.connect(superuser_url) as conn:
        conn.execute(
            "insert into usage_entries (boutique_id, month, kind, session_id, conversations)"
            " select %(b)s, date_trunc('month', now() at time zone 'Africa/Nairobi')::date,"
            " 'conversation', gen_random_uuid(), 1 from generate_series(1, %(n)s)",
            {"b": boutique, "n": conversations},
        )


async def put_plan(admin: Admin, boutique: str, **plan: object) -> httpx.Response:
    body = {"name": "Growth", "included": 100, "over": "bill", "extra_minor": 500} | plan
    return await admin.call("PUT", f"/boutiques/{boutique}/plan", body)


async def test_what_is_beyond_the_plan_is_billed(
    admin: Admin, owner: Signed, boutique: str, superuser_url: str
) -> None:
    # given 130 conversations and a plan of 100
    use(superuser_url, boutique, 130)
    assert (await put_plan(admin, boutique)).is_success

    # when ten are given
    gift = {"conversations": 10, "reason": "our outage"}
    usage = await admin.post(f"/boutiques/{boutique}/gifts", gift)

    # then twenty are billed, and both see it
    month = usage["months"][0]
    assert (month["conversations"], month["gifts"], month["used"]) == (130, 10, 120)
    assert (month["extra"], month["extra_minor"]) == (20, 10_000)
    mine = await owner.get("/plan")
    assert (mine["used"], mine["included"], mine["is_near"], mine["is_over"]) == (
        120, 100, True, True,
    )  # fmt: skip


async def test_a_shop_without_a_plan_has_no_limit(
    admin: Admin, owner: Signed, boutique: str
) -> None:
    assert (await owner.get("/plan"))["included"] is None
    usage = await admin.get(f"/boutiques/{boutique}/usage")
    assert (usage["plan"], usage["is_over"]) == (None, False)


@pytest.mark.parametrize(("used", "near"), [(79, False), (80, True)])
async def test_four_fifths_are_near(
    admin: Admin, owner: Signed, boutique: str, superuser_url: str, used: int, near: bool
) -> None:
    use(superuser_url, boutique, used)
    await put_plan(admin, boutique)

    assert (await owner.get("/plan"))["is_near"] == near


async def test_a_plan_that_stops_bills_nothing(admin: Admin, boutique: str) -> None:
    answer = await put_plan(admin, boutique, over="stop", extra_minor=500)

    assert answer.status_code == 422
    assert "extra_minor" in answer.text


async def test_who_set_a_plan_is_written_down(
    admin: Admin, owner: Signed, boutique: str, superuser_url: str
) -> None:
    await put_plan(admin, boutique, name="Free")

    with psycopg.connect(superuser_url) as conn:
        row = conn.execute(
            "select actor, details ->> 'name' from audit_log where action = 'plan_set'"
            " and boutique_id = %s",
            (boutique,),
        ).fetchone()
    assert row == (admin.actor, "Free")


@pytest.mark.parametrize("statement", ["update {} set boutique_id = boutique_id", "delete from {}"])
@pytest.mark.parametrize("table", ["usage_entries", "boutique_plans"])
async def test_the_ledger_is_only_ever_added_to(
    owner: Signed,
    services: object,
    database: object,
    superuser_url: str,
    table: str,
    statement: str,
) -> None:
    with psycopg.connect(superuser_url) as conn:
        conn.execute("set role service_role")
        with pytest.raises(psycopg.Error):
            conn.execute(statement.format(table).encode())


async def test_a_month_is_billed_by_the_plan_in_force_when_it_ended(
    admin: Admin, boutique: str, superuser_url: str
) -> None:
    # given thirty conversations in October, under a plan of ten that bills, set in September
    await put_plan(admin, boutique, included=10)
    with psycopg.connect(superuser_url) as conn:
        conn.execute("set session_replication_role = replica")
        conn.execute("update boutique_plans set created_at = now() - interval '70 days'")
        conn.execute(
            "insert into usage_entries (boutique_id, month, kind, session_id, conversations)"
            " select %s, (date_trunc('month', now() at time zone 'Africa/Nairobi')"
            " - interval '1 month')::date, 'conversation', gen_random_uuid(), 1"
            " from generate_series(1, 30)",
            (boutique,),
        )

    # when another plan is set today
    await put_plan(admin, boutique, included=1000, over="stop", extra_minor=0)

    # then what October cost is as it was
    _, before = (await admin.get(f"/boutiques/{boutique}/usage"))["months"]
    assert (before["extra"], before["extra_minor"]) == (20, 10_000)
