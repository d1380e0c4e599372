"""For every route of the API, from its own table: who may not, gets nothing and is told nothing.

A new route is tried by itself. One that proves no membership, or whose body is not in `BODIES`,
fails here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import psycopg
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from dukani.core.database import Database
from dukani.dashboard_api.access import PROVE_MEMBERSHIP, PROVE_OWNERSHIP
from dukani.dashboard_api.app import NOUNS
from tests.every_table import fill_every_table
from tests.factories import a_boutique
from tests.integration.api.conftest import Signed
from tests.signing_in import API_URL, a_member, as_person

OF_THE_PERSON = {"get_me"}  # of no boutique

ROUTES = [route for noun in NOUNS for route in noun.router.routes if isinstance(route, APIRoute)]
IN_A_BOUTIQUE = [route for route in ROUTES if route.name not in OF_THE_PERSON]
OF_ONE_THING = {  # they answer no list
    "stream_events", "get_today", "get_boutique", "get_alerts", "get_channel", "get_mpesa",
    "get_sms_sender", "get_agents",
    "get_go_live", "get_wallet", "get_message_rates", "get_wallet_statement",
    "sum_payments", "get_tax_settings", "get_tax_report", "export_tax_month",
    "get_margin", "sum_debts", "get_daily_close",
    "get_figures", "export_figures", "get_plan",
    "get_sample_size", "export_products", "get_score_rules", "get_template_start",
    "export_changes", "list_kept_kinds", "list_automation_channels", "list_automation_recipes",
    "get_catalogue", "list_catalogue_choices", "get_photo_models",
}  # fmt: skip
OF_A_THING = [route for route in IN_A_BOUTIQUE if len(route.param_convertors) > 1]

ID = str(uuid4())
PICTURE = {"files": {"picture": ("a.jpg", b"no picture", "image/jpeg")}}
TEMPLATE = {
    "name": "new_arrivals",
    "language": "en",
    "category": "utility",
    "form": {"body": "Hello from the shop."},
}
CAMPAIGN = {"name": "December", "message": {"template": "new_pieces"}}
RULE = {
    "name": "Left cart",
    "trigger": "cart_abandoned",
    "steps": [{"after_minutes": 60, "message": {"text": {"en": "Hi {name}"}}}],
}
# A body that is taken, for each call that has one.
BODIES: dict[str, dict[str, Any]] = {
    "pick_customers": {"json": {"phones": ["0722000001"]}},
    "record_payment": {"json": {"reference": "TJK4A1B2C3"}},
    "end_order_review": {"json": {"outcome": "settled"}},
    "send_part_of_order": {"json": {"number": 1, "items": [{"item_id": 1, "quantity": 1}]}},
    "refund_order": {
        "json": {"number": 1, "amount_minor": 1, "reason": "faulty", "method": "cash"}
    },
    "reply_to_customer": {"json": {"text": "Hello"}},
    "upload_piece_list": {"files": {"file": ("a.csv", b"sku,price\nA,3500", "text/csv")}},
    "import_statement": {
        "files": {
            "file": (
                "may.csv",
                b"Receipt No.,Completion Time,Details,Transaction Status,Paid In,Withdrawn\n"
                b"TKP9A1B2C4,2026-11-20 14:03:22,Merchant payment,Completed,4500.00,\n",
                "text/csv",
            )
        }
    },
    "match_statement_line": {"json": {"order_id": ID}},
    "set_statement_line_aside": {"json": {"reason": "personal"}},
    "name_piece_columns": {"json": {"mapping": ["sku"]}},
    "create_product": {
        "json": {
            "name": "Amani",
            "category": "dress",
            "price_minor": 450000,
            "stock": {"blue": {"M": 1}},
        }
    },
    "change_product": {"json": {"name": "Amani"}},
    "copy_product": {"json": {}},
    "add_variants": {"json": {"stock": {"red": {"M": 0}}}},
    "rename_colour": {"json": {"name": "red"}},
    "add_variant": {"json": {"colour": "red", "size": "M"}},
    "change_variant": {"json": {"price_minor": 450000}},
    "move_stock": {"json": {"delta": 1, "reason": "restock"}},
    "suggest_from_picture": PICTURE,
    "add_product_picture": PICTURE,
    "arrange_product_pictures": {"json": {"picture_ids": [ID]}},
    "change_product_picture": {"json": {"colour": None}},
    "change_boutique": {"json": {"name": "Malaika"}},
    "create_delivery_zone": {"json": {"name": "Kilimani", "fee_minor": 0}},
    "replace_delivery_zone": {"json": {"name": "Kilimani", "fee_minor": 0}},
    "change_channel": {
        "json": {
            "provider": "twilio",
            "number": "+254700000009",
            "account_sid": "AC" + "0" * 32,
            "auth_token": "a token of Twilio",
        }
    },
    "change_sms_sender": {
        "json": {
            "provider": "africastalking",
            "sender": "ZURI",
            "username": "zuri",
            "api_key": "a key of Africa's Talking",
        }
    },
    "change_mpesa": {"json": {"kind": "by_hand", "till": "500101"}},
    "put_size_chart": {"json": {"audience": "women", "rows": [{"size": "M", "bust": [88, 92]}]}},
    "sell_over_the_counter": {
        "json": {"items": [{"variant_id": ID, "unit_price_minor": 1}], "paid_by": "cash"}
    },
    "close_day": {
        "json": {
            "day": "2026-11-25",
            "lines": [
                {"method": "cash", "expected_minor": 0, "counted_minor": 0},
                {"method": "mpesa", "expected_minor": 0, "counted_minor": 0},
            ],
        }
    },
    "write_off_debt": {"json": {"reason": "She moved away."}},
    "take_debt_payment_back": {"json": {"reason": "A slip."}},
    "pay_debts": {"json": {"amount_minor": 1, "method": "cash"}},
    "set_product_cost": {"json": {"cost_minor": 180000}},
    "set_tax_settings": {"json": {"vat": "not_registered"}},
    "note_etims_number": {"json": {"number": "KRA-0001"}},
    "pay_debt": {"json": {"amount_minor": 1, "method": "cash"}},
    "create_api_key": {"json": {"name": "Accounts"}},
    "switch_agents": {"json": {"on": True}},
    "create_agent_key": {"json": {"name": "An agent"}},
    "choose_alerts": {"json": {"muted": ["low_stock"]}},
    "choose_owner_notes": {"json": {"muted": ["low_stock"]}},
    "put_alert_device": {
        "json": {
            "endpoint": "https://fcm.googleapis.com/x",
            "keys": {"p256dh": "p", "auth": "a"},
            "device": "Phone",
        }
    },
    "invite_member": {"json": {"email": "baraka@example.com"}},
    "change_member": {"json": {"role": "staff"}},
    "assign_conversation": {"json": {"user_id": None}},
    "send_chat_template": {"json": {"name": "chat_goes_on", "values": {"name": "A", "shop": "B"}}},
    "add_internal_note": {"json": {"text": "Her sister pays."}},
    "create_quick_reply": {"json": {"shortcut": "hours", "english": "Till six."}},
    "replace_quick_reply": {"json": {"shortcut": "hours", "english": "Till six."}},
    "write_customer_notes": {"json": {"notes": "Likes blue."}},
    "buy_tokens": {"json": {"tokens": 100}},
    "tag_customer": {"json": {"tags": ["vip"]}},
    "make_collage": {"json": {"product_ids": [ID]}},
    "create_template": {"json": TEMPLATE},
    "replace_template": {"json": TEMPLATE},
    "preview_template": {"json": TEMPLATE},
    "add_template_picture": PICTURE,
    "create_campaign": {"json": CAMPAIGN},
    "replace_campaign": {"json": CAMPAIGN},
    "preview_draft": {"json": CAMPAIGN},
    "stream_preview_of_draft": {"json": CAMPAIGN},
    "create_segment": {"json": {"name": "All", "rule": {"of": []}}},
    "replace_segment": {"json": {"name": "All", "rule": {"of": []}}},
    "count_segment": {"json": {"rule": {"of": []}}},
    "create_saved_view": {"json": {"screen": "orders", "name": "Late", "params": {}}},
    "replace_saved_view": {"json": {"name": "Late", "params": {}}},
    "create_audience_list": {"json": {"name": "VIP", "customer_ids": [ID]}},
    "upload_audience": {
        "files": {"file": ("a.csv", b"no table", "text/csv")},
        "data": {"name": "VIP"},
    },
    "close_unmet_wish": {"json": {"kind": "size", "subject": "dress 14", "how": "dismissed"}},
    "create_synonym": {"json": {"said": "gauni", "means": "dress"}},
    "create_own_answer": {"json": {"asked": "do you alter", "english": "Yes."}},
    "put_score_rules": {"json": {"version": 1}},
    "create_automation_rule": {"json": RULE},
    "replace_automation_rule": {"json": RULE},
    "switch_automation_rule": {"json": {"is_on": True}},
    "pause_automation_channel": {"json": {}},
    "dry_run_automations": {"json": {"customer_id": ID}},
    "send_automation_by_hand": {"json": {"customer_id": ID}},
    "recover_cart_by_hand": {"json": {"cart_id": ID}},
    "preview_automation_message": {
        "json": {"trigger": "view_product", "content": {"text": {"en": "It is here."}}}
    },
}
BODIES |= {
    "connect_catalogue": {"json": {"catalogue_id": "300000000000001"}},
    "push_catalogue": {"json": {"everything": False}},
    "take_theirs": {"json": {}},
}
# What a call must ask for, for it to find something.
QUERIES: dict[str, dict[str, str]] = {
    "search_messages": {"q": "hujambo"},
    "search_customers": {"q": "722000001"},
    "search_everything": {"q": "722000001"},
    "list_times_asked": {"kind": "size", "subject": "dress 14"},
}
TAKES_A_BODY = {route.name for route in ROUTES if route.body_field is not None}


def calls_of(dependant: Dependant) -> Iterator[object]:
    for inner in dependant.dependencies:
        yield inner.call
        yield from calls_of(inner)


def is_for_owners(route: APIRoute) -> bool:
    return any(call in PROVE_OWNERSHIP for call in calls_of(route.dependant))


FOR_OWNERS = [route for route in IN_A_BOUTIQUE if is_for_owners(route)]


def named(route: APIRoute) -> str:
    return route.name


async def send(
    client: httpx.AsyncClient, route: APIRoute, boutique: str, user: str | None, *, thing: str = ID
) -> httpx.Response:
    path = route.path.replace("{boutique_id}", boutique)
    path = re.sub(r"\{\w+\}", thing, path)
    (method,) = route.methods
    headers = {"if-match": "*"} | (as_person(user) if user else {})
    sent = {"params": QUERIES.get(route.name)} | BODIES.get(route.name, {})
    return await client.request(method, path, headers=headers, **sent)


def test_every_body_is_known_here() -> None:
    assert set(BODIES) == TAKES_A_BODY


def test_every_route_proves_membership_once() -> None:
    proofs = {
        route.name: sum(
            call in (*PROVE_MEMBERSHIP, *PROVE_OWNERSHIP) for call in calls_of(route.dependant)
        )
        for route in IN_A_BOUTIQUE
    }
    assert {name: count for name, count in proofs.items() if count != 1} == {}


async def test_anonymous_calls_are_refused(client: httpx.AsyncClient, boutique: str) -> None:
    for route in ROUTES:
        answer = await send(client, route, boutique, None)

        assert answer.status_code == 401, route.name
        assert answer.json()["code"] == "not_signed_in", route.name


async def test_another_boutique_is_as_one_that_is_not_there(
    stranger: Signed, boutique: str
) -> None:
    nowhere = str(uuid4())
    for route in IN_A_BOUTIQUE:
        theirs = await send(stranger.client, route, boutique, stranger.user_id)
        missing = await send(stranger.client, route, nowhere, stranger.user_id)

        assert theirs.status_code == 404, route.name
        assert theirs.json() == missing.json(), route.name


async def test_staff_are_refused_what_owners_do(staff: Signed, boutique: str) -> None:
    assert FOR_OWNERS
    for route in FOR_OWNERS:
        answer = await send(staff.client, route, boutique, staff.user_id)

        assert answer.status_code == 403, route.name
        assert answer.json()["code"] == "owners_only", route.name


async def test_a_thing_of_another_boutique_is_not_there_in_ones_own(
    client: httpx.AsyncClient, database: Database, superuser_url: str, stranger: Signed
) -> None:
    # given a boutique with a row in every table, and the owner of another
    full = await a_boutique(database)
    await fill_every_table(superuser_url, full)
    before = everything(superuser_url, full)

    for route in OF_A_THING:
        # when the owner asks for each of its things in the boutique of their own
        for thing in things_of(superuser_url, full):
            answer = await send(client, route, stranger.boutique, stranger.user_id, thing=thing)

            # then there is none
            assert answer.status_code == 404, f"{route.name}: {answer.text}"
    assert everything(superuser_url, full) == before


async def test_a_list_holds_nothing_of_another_boutique(
    client: httpx.AsyncClient, database: Database, superuser_url: str, stranger: Signed
) -> None:
    full = await a_boutique(database)
    await fill_every_table(superuser_url, full)
    lists = [r for r in IN_A_BOUTIQUE if r.methods == {"GET"} and r not in OF_A_THING]
    holder = a_member(superuser_url, full, "owner")

    seen = 0
    for route in lists:
        if route.name in OF_ONE_THING:
            continue
        theirs = await send(client, route, full, holder)
        own = await send(client, route, stranger.boutique, stranger.user_id)

        assert "items" in theirs.json(), f"{route.name}: {theirs.text}"
        seen += len(theirs.json()["items"])
        # The stranger is a member of her own boutique, and alone there; every shop has the standard
        # templates.
        others = [
            it
            for it in own.json()["items"]
            if it.get("user_id") != stranger.user_id and not it.get("standard")
        ]
        assert others == [], route.name
    assert seen >= 5  # or the lists were all empty, and proved nothing


def things_of(superuser_url: str, boutique: str) -> set[str]:
    with psycopg.connect(superuser_url) as conn:
        rows = conn.execute(
            "select id::text from products where boutique_id = %(b)s"
            " union select id::text from delivery_zones where boutique_id = %(b)s"
            " union select id::text from size_charts where boutique_id = %(b)s"
            " union select id::text from mpesa_tests where boutique_id = %(b)s"
            " union select id::text from wallet_top_ups where boutique_id = %(b)s"
            " union select id::text from piece_imports where boutique_id = %(b)s"
            " union select id::text from campaigns where boutique_id = %(b)s"
            " union select id::text from segments where boutique_id = %(b)s"
            " union select id::text from saved_views where boutique_id = %(b)s"
            " union select id::text from message_templates where boutique_id = %(b)s"
            " union select id::text from messages where boutique_id = %(b)s"
            " union select id::text from requests where boutique_id = %(b)s"
            " union select id::text from counter_sales where boutique_id = %(b)s"
            " union select id::text from mpesa_statements where boutique_id = %(b)s"
            " union select id::text from statement_lines where boutique_id = %(b)s"
            " union select id::text from daily_closes where boutique_id = %(b)s"
            " union select id::text from synonyms where boutique_id = %(b)s"
            " union select id::text from own_answers where boutique_id = %(b)s"
            " union select id::text from boutique_exports where boutique_id = %(b)s"
            " union select id::text from automation_rules where boutique_id = %(b)s"
            " union select id::text from api_keys where boutique_id = %(b)s",
            {"b": boutique},
        )
        return {row[0] for row in rows}


def everything(superuser_url: str, boutique: str) -> list[str]:
    """Every row of the boutique, as text."""
    found: list[str] = []
    with psycopg.connect(superuser_url) as conn:
        tables = conn.execute(
            "select table_name from information_schema.columns"
            " where table_schema = 'public' and column_name = 'boutique_id' order by 1"
        ).fetchall()
        for (table,) in tables:
            query = psycopg.sql.SQL("select t::text from {} t where boutique_id = %s order by 1")
            rows = conn.execute(query.format(psycopg.sql.Identifier(table)), (boutique,))
            found += [f"{table} {row[0]}" for row in rows]
    return found


def test_the_addresses_are_plain() -> None:
    assert API_URL
    for route in ROUTES:
        assert re.fullmatch(r"(/[a-z-]+|/\{\w+\})+", route.path), route.path
