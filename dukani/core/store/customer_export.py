"""Everything that is kept of one customer, table by table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, LiteralString

from dukani.core.database import Connection
from dukani.core.store.customer_erasing import subject_of

_CHATS: LiteralString = """select id from conversations
  where boutique_id = %(boutique)s and customer_id = any(%(hers)s::uuid[])"""
_ORDERS: LiteralString = """select id from orders
  where boutique_id = %(boutique)s and customer_id = any(%(hers)s::uuid[])"""
_CARTS: LiteralString = """select id from carts
  where boutique_id = %(boutique)s and customer_id = any(%(hers)s::uuid[])"""
_SENT: LiteralString = """select id from campaign_recipients
  where boutique_id = %(boutique)s and customer_id = any(%(hers)s::uuid[])"""
_SALES: LiteralString = """select id from counter_sales
  where boutique_id = %(boutique)s and customer_id = any(%(hers)s::uuid[])"""
_LINKS: LiteralString = """select slug from catalog_links
  where boutique_id = %(boutique)s and customer_id = any(%(hers)s::uuid[])"""
_DISPATCHES: LiteralString = f"""select id from dispatches
  where boutique_id = %(boutique)s and order_id in ({_ORDERS})"""
_REFUNDS: LiteralString = f"""select id from refunds
  where boutique_id = %(boutique)s and order_id in ({_ORDERS})"""
_PAYMENTS: LiteralString = f"""select id from payments
  where boutique_id = %(boutique)s and order_id in ({_ORDERS})"""
_DEBT_PAYMENTS: LiteralString = f"""select payment_id from credit_entries
  where boutique_id = %(boutique)s and payment_id is not null and sale_id in ({_SALES})"""
_MATCHED: LiteralString = f"""(payment_id in ({_PAYMENTS}) or refund_id in ({_REFUNDS})
  or sale_id in ({_SALES}) or debt_payment_id in ({_DEBT_PAYMENTS}))"""
_MESSAGES_OF_RULES: LiteralString = """select id from automation_sends
  where boutique_id = %(boutique)s and customer_id = any(%(hers)s::uuid[])"""
_VISITORS: LiteralString = """select anonymous_id from visitor_customers
  where boutique_id = %(boutique)s and customer_id = any(%(hers)s::uuid[])"""
_HERS: LiteralString = "customer_id = any(%(hers)s::uuid[])"
_HER_NAMES: LiteralString = "identity = any(%(names)s::text[])"

# How rows of hers are found. A test compares the tables with the catalogue's references.
OF_A_CUSTOMER: Mapping[str, LiteralString] = {
    "customers": "id = any(%(hers)s::uuid[])",
    **dict.fromkeys(
        (
            "consents", "customer_tags", "customer_totals", "customer_profiles", "former_names",
            "wearers", "size_facts", "carts", "orders", "counter_sales", "requests",
            "conversations", "audience_list_members", "campaign_recipients", "catalog_links",
            "cart_links", "domain_events", "cart_codes", "visitor_customers",
            "daily_buyers", "automation_enrolments", "automation_sends", "automation_decisions",
            "stock_waits", "consent_codes",
        ),
        _HERS,
    ),
    **dict.fromkeys(
        ("messages", "conversation_events", "conversation_memories", "internal_notes",
         "token_usage", "chat_sessions", "unmet_wishes"),
        f"conversation_id in ({_CHATS})",
    ),
    **dict.fromkeys(
        ("order_items", "payments", "dispatches", "refunds", "stock_reservations",
         "campaign_conversions", "agent_carts"),
        f"order_id in ({_ORDERS})",
    ),
    "stock_movements": f"(order_id in ({_ORDERS}) or counter_sale_id in ({_SALES}))",
    "dispatch_items": f"dispatch_id in ({_DISPATCHES})",
    "refund_items": f"refund_id in ({_REFUNDS})",
    "counter_sale_items": f"sale_id in ({_SALES})",
    "credit_entries": f"sale_id in ({_SALES})",
    "debt_payments": f"id in ({_DEBT_PAYMENTS})",
    "debt_reminders": "debtor_id = any(%(hers)s::uuid[])",
    "etims_invoices": f"""(order_id in ({_ORDERS}) or sale_id in ({_SALES})
      or refund_id in ({_REFUNDS}))""",
    "cart_items": f"cart_id in ({_CARTS})",
    "cart_reminders": f"cart_id in ({_CARTS})",
    "campaign_statuses": f"recipient_id in ({_SENT})",
    "catalog_link_opens": f"slug in ({_LINKS})",
    **dict.fromkeys(
        ("automation_clicks", "automation_conversions", "automation_fallbacks_due"),
        f"send_id in ({_MESSAGES_OF_RULES})",
    ),
    "window_carts": f"anonymous_id in ({_VISITORS})",
    "statement_matches": _MATCHED,
    "statement_lines": f"""id in (select line_id from statement_matches
      where boutique_id = %(boutique)s and {_MATCHED})""",
    "marketing_contacts": _HER_NAMES,
    "suppressed_identities": _HER_NAMES,
    "audit_log": "subject = %(subject)s",
}  # fmt: skip
# Ways in, and vectors that say nothing to a reader.
_NOT_SHOWN = (
    "token_digest", "callback_token", "style_centroid", "found_by", "name_key", "code_digest",
    "phone_digest", "address_digest", "sealed", "shopper_digest",
)  # fmt: skip


async def rows_of(
    conn: Connection, *, boutique_id: str, customer_id: str
) -> dict[str, list[dict[str, Any]]] | None:
    """Her rows by table, also of rows that were merged into hers; None: nobody of that id."""
    hers = await _hers(conn, boutique_id, customer_id)
    if not hers:
        return None
    values: dict[str, Any] = {
        "boutique": boutique_id,
        "hers": hers,
        "names": await _names(conn, boutique_id, hers),
        "subject": subject_of(customer_id),
        "not_shown": list(_NOT_SHOWN),
    }
    found = {}
    for table, which in OF_A_CUSTOMER.items():
        cursor = await conn.execute(
            f"""select to_jsonb(t) - 'boutique_id' - %(not_shown)s::text[] as row from {table} t
                where boutique_id = %(boutique)s and {which}""".encode(),
            values,
        )
        found[table] = [row["row"] for row in await cursor.fetchall()]
    return found


async def _hers(conn: Connection, boutique_id: str, customer_id: str) -> Sequence[str]:
    cursor = await conn.execute(
        """with recursive hers as (
             select id from customers where boutique_id = %(boutique)s and id = %(customer)s
             union
             select c.id from customers c, hers h where c.boutique_id = %(boutique)s
               and c.wa_user_id = 'merged:' || h.id || ':' || c.id
           )
           select id::text from hers""",
        {"boutique": boutique_id, "customer": customer_id},
    )
    return [row["id"] for row in await cursor.fetchall()]


async def _names(conn: Connection, boutique_id: str, hers: Sequence[str]) -> Sequence[str]:
    cursor = await conn.execute(
        """select unnest(array[phone, wa_user_id]) as name from customers
           where boutique_id = %(boutique)s and id = any(%(hers)s::uuid[])
           union
           select name from former_names
           where boutique_id = %(boutique)s and customer_id = any(%(hers)s::uuid[])""",
        {"boutique": boutique_id, "hers": list(hers)},
    )
    return [row["name"] for row in await cursor.fetchall() if row["name"]]
