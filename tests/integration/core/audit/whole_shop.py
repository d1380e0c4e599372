"""A small shop in which every invariant holds: something of each kind has happened, to its end."""

from __future__ import annotations

from uuid import NAMESPACE_OID, uuid5

import psycopg

NAMES = (
    "customer", "chat", "product", "variant", "cart", "order", "payment", "dispatch", "refund",
    "sale", "debt", "user", "session", "said", "reply", "campaign", "occurrence", "recipient",
    "offer", "rule", "enrolment", "send", "reminder", "statement", "line", "close", "top_up",
    "other_customer", "other_chat", "list",
)  # fmt: skip

# Noon, so that a day's close and a month are what they are whenever this runs.
_ROWS = """
set search_path = public, jobs;
select set_config('app.boutique_id', %(b)s, false);
insert into customers (boutique_id, id, phone) values
  (%(b)s, %(customer)s, '+254722000001'), (%(b)s, %(other_customer)s, '+254722000002');
insert into consents (boutique_id, customer_id, purpose, granted, source, created_at) values
  (%(b)s, %(customer)s, 'marketing', true, 'whatsapp', now() - interval '9 days'),
  (%(b)s, %(customer)s, 'sms', true, 'window', now() - interval '9 days');
insert into conversations (boutique_id, id, customer_id, provider) values
  (%(b)s, %(chat)s, %(customer)s, 'meta'), (%(b)s, %(other_chat)s, %(other_customer)s, 'meta');
insert into products (boutique_id, id, sku, name, category, price_minor)
  values (%(b)s, %(product)s, 'A', 'Amani', 'dress', 450000);
insert into product_variants (boutique_id, id, product_id, colour, size, sku)
  values (%(b)s, %(variant)s, %(product)s, 'blue', 'M', 'A-M');
insert into stock_movements (boutique_id, variant_id, delta, reason)
  values (%(b)s, %(variant)s, 10, 'opening');

insert into messages (boutique_id, id, conversation_id, direction, author, provider, status, body,
    provider_id, created_at)
  values (%(b)s, %(said)s, %(chat)s, 'in', 'customer', 'meta', 'received', 'Hujambo', 'wamid.in',
    now() - interval '3 days');
insert into conversation_events (boutique_id, conversation_id, kind, message_id, created_at,
    handled_at)
  values (%(b)s, %(chat)s, 'message', %(said)s, now() - interval '3 days',
    now() - interval '3 days' + interval '1 second');
insert into messages (boutique_id, id, conversation_id, direction, author, provider, status, body,
    provider_id, created_at, sent_at)
  values (%(b)s, %(reply)s, %(chat)s, 'out', 'assistant', 'meta', 'read', 'Karibu', 'wamid.out',
    now() - interval '3 days' + interval '1 second', now() - interval '3 days');
insert into chat_sessions (boutique_id, id, conversation_id, replied)
  values (%(b)s, %(session)s, %(chat)s, true);

insert into carts (boutique_id, id, customer_id, status)
  values (%(b)s, %(cart)s, %(customer)s, 'converted');
insert into orders (boutique_id, id, number, customer_id, cart_id, currency, items_minor,
    delivery_minor, address, status, payment_status, paid_at)
  values (%(b)s, %(order)s, 'DK-0001', %(customer)s, %(cart)s, 'KES', 900000, 25000, 'Kilimani',
    'confirmed', 'paid', now());
insert into order_items
  (boutique_id, order_id, variant_id, sku, name, category, colour, size, unit_price_minor, quantity)
  values (%(b)s, %(order)s, %(variant)s, 'A-M', 'Amani', 'dress', 'blue', 'M', 450000, 2);
insert into payments (boutique_id, id, order_id, attempt, provider, phone, amount_minor, status,
    callback_token, receipt, received_minor, created_at, sent_at)
  values (%(b)s, %(payment)s, %(order)s, 1, 'daraja', '+254722000001', 925000, 'succeeded', 'token',
    'TKP9A1B2C3', 925000, now() - interval '2 days', now() - interval '2 days');
insert into stock_reservations (boutique_id, order_id, variant_id, quantity, status, expires_at)
  values (%(b)s, %(order)s, %(variant)s, 2, 'sold', now());
insert into stock_movements (boutique_id, variant_id, delta, reason, order_id)
  values (%(b)s, %(variant)s, -2, 'sale', %(order)s);
insert into dispatches (boutique_id, id, order_id, number, completes, sent_by)
  values (%(b)s, %(dispatch)s, %(order)s, 1, true, 'assistant');
insert into dispatch_items (boutique_id, dispatch_id, order_item_id, quantity)
  select boutique_id, %(dispatch)s, id, 2 from order_items where boutique_id = %(b)s;
insert into refunds (boutique_id, id, order_id, number, amount_minor, currency, reason, method,
    reference, refunded_by)
  values (%(b)s, %(refund)s, %(order)s, 1, 450000, 'KES', 'too_small', 'mpesa', 'TKR1', 'system');
insert into refund_items (boutique_id, refund_id, order_item_id, quantity, restocked, unsent)
  select boutique_id, %(refund)s, id, 1, 1, 0 from order_items where boutique_id = %(b)s;
insert into stock_movements (boutique_id, variant_id, delta, reason, refund_id)
  values (%(b)s, %(variant)s, 1, 'return', %(refund)s);

insert into auth.users (id, email) values (%(user)s, 'amina@example.com');
insert into boutique_members (boutique_id, user_id) values (%(b)s, %(user)s);
insert into counter_sales (boutique_id, id, number, total_minor, currency, paid_by, customer_id,
    sold_by, buyer_name)
  values (%(b)s, %(sale)s, 'CS-0001', 450000, 'KES', 'credit', %(customer)s, %(user)s, 'Amina');
insert into counter_sale_items (boutique_id, sale_id, position, variant_id, sku, name, colour, size,
    quantity, unit_price_minor)
  values (%(b)s, %(sale)s, 1, %(variant)s, 'A-M', 'Amani', 'blue', 'M', 1, 450000);
insert into stock_movements (boutique_id, variant_id, delta, reason, counter_sale_id)
  values (%(b)s, %(variant)s, -1, 'sale', %(sale)s);
insert into debt_payments (boutique_id, id, amount_minor, method, reference)
  values (%(b)s, %(debt)s, 100000, 'mpesa', 'TKD1');
insert into credit_entries (boutique_id, sale_id, kind, amount_minor, payment_id)
  values (%(b)s, %(sale)s, 'payment', -100000, %(debt)s);
insert into daily_closes (boutique_id, id, day, version, currency, float_minor, closed_by)
  values (%(b)s, %(close)s, '2026-11-20', 1, 'KES', 0, %(user)s);
insert into daily_close_lines (boutique_id, close_id, method, expected_minor, counted_minor)
  values (%(b)s, %(close)s, 'cash', 0, 0);
insert into mpesa_statements (boutique_id, id, digest, file_name, lines, new_lines)
  values (%(b)s, %(statement)s, sha256('a'), 'may.csv', 1, 1);
insert into statement_lines (boutique_id, id, statement_id, line, receipt, kind, amount_minor,
    completed_at, details)
  values (%(b)s, %(line)s, %(statement)s, 8, 'TKP9A1B2C3', 'paid_in', 925000, now(), 'Merchant');
insert into statement_matches (boutique_id, line_id, how, payment_id)
  values (%(b)s, %(line)s, 'receipt', %(payment)s);

select private.grant_tokens('welcome', 100, '');
insert into wallet_top_ups (boutique_id, id, tokens, amount_minor, currency, provider, account,
    phone, callback_token)
  values (%(b)s, %(top_up)s, 100, 35000, 'KES', 'daraja', '600900', '+254722000001', 'top');
insert into wallet_top_up_steps (boutique_id, top_up_id, step)
  values (%(b)s, %(top_up)s, 'sending');
insert into wallet_top_up_steps (boutique_id, top_up_id, step, receipt, received_minor)
  values (%(b)s, %(top_up)s, 'paid', 'TKT1', 35000);
select private.credit_top_up(%(top_up)s);

insert into campaigns (boutique_id, id, name, audience, message, schedule, pace, status)
  values (%(b)s, %(campaign)s, 'December', '{"kind": "all"}', '{"template": "new_pieces"}',
    '{"kind": "now"}', '{}', 'completed');
insert into campaign_occurrences (boutique_id, id, campaign_id, number, due_at, status, ended_at)
  values (%(b)s, %(occurrence)s, %(campaign)s, 1, now() - interval '2 days', 'completed',
    now() - interval '1 day');
insert into messages (boutique_id, id, conversation_id, direction, author, provider, status, body,
    provider_id, purpose, created_at, campaign_recipient_id, campaign_try)
  values (%(b)s, %(offer)s, %(chat)s, 'out', 'assistant', 'meta', 'delivered', 'New', 'wamid.offer',
    'marketing', now() - interval '2 days', %(recipient)s, 1);
insert into campaign_recipients (boutique_id, id, campaign_id, occurrence_id, customer_id, identity,
    language, due_at, state, message_id, posting_at, accepted_at, delivered_at)
  values (%(b)s, %(recipient)s, %(campaign)s, %(occurrence)s, %(customer)s, '+254722000001', 'en',
    now() - interval '2 days', 'delivered', %(offer)s, now() - interval '2 days',
    now() - interval '2 days', now() - interval '2 days');
select private.hold_tokens('c', 'c', 5, %(campaign)s);
select private.take_tokens('c', %(recipient)s::text, 5, %(offer)s);
select private.end_send(%(recipient)s::text, true);
select private.release_hold('c');

insert into automation_rules (boutique_id, id, name, trigger, class, definition, is_on)
  values (%(b)s, %(rule)s, 'Left carts', 'cart_abandoned', 'marketing',
    '{"name": "Left carts", "trigger": "cart_abandoned",
      "steps": [{"after_minutes": 60, "message": {"text": {"en": "Still here"}}}]}', true);
insert into automation_enrolments (boutique_id, id, rule_id, customer_id, subject_kind, subject_id,
    due_at, counted_from, state, ended_at)
  values (%(b)s, %(enrolment)s, %(rule)s, %(customer)s, 'cart', %(cart)s,
    now() - interval '2 days', now() - interval '2 days', 'done', now());
insert into messages (boutique_id, id, conversation_id, direction, author, provider, status, body,
    provider_id, purpose, created_at, sent_at, reference)
  values (%(b)s, %(reminder)s, %(chat)s, 'out', 'assistant', 'meta', 'delivered', 'Still here',
    'wamid.rule', 'marketing', now() - interval '1 day', now() - interval '1 day',
    'automation:' || %(send)s);
insert into automation_sends (boutique_id, id, rule_id, rule_version, enrolment_id, customer_id,
    step, class, channel, code, subject_kind, subject_id, state, delivered_at, message_id)
  values (%(b)s, %(send)s, %(rule)s, 1, %(enrolment)s, %(customer)s, 0, 'marketing', 'whatsapp',
    'Abcdefghijkl', 'cart', %(cart)s, 'delivered', now(), %(reminder)s);
"""


def ids(boutique: str) -> dict[str, str]:
    """What the rows are called, for statements that break one of them."""
    return {name: str(uuid5(NAMESPACE_OID, boutique + name)) for name in NAMES} | {"b": boutique}


def open_whole_shop(superuser_url: str, boutique: str) -> dict[str, str]:
    named = ids(boutique)
    with psycopg.connect(superuser_url, cursor_factory=psycopg.ClientCursor) as conn:
        conn.execute(_ROWS.encode(), named)
    return named


def break_rows(superuser_url: str, statement: str, named: dict[str, str]) -> None:
    """Write past every trigger, foreign key and policy, as a mistake of ours could not."""
    with psycopg.connect(superuser_url, cursor_factory=psycopg.ClientCursor) as conn:
        conn.execute("set session_replication_role = replica")
        conn.execute("set search_path = public, jobs")
        conn.execute(statement.encode(), named)
