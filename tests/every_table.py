"""One row in every table of a boutique, so that a policy without a grant behind it is noticed."""

from __future__ import annotations

from uuid import uuid4

import psycopg

_ROWS = """
insert into auth.users (id, email) values (%(user)s, %(user)s::text || '@example.com');
insert into boutique_members (boutique_id, user_id) values (%(b)s, %(user)s);
insert into platform_pauses (boutique_id, reason, ended_at) values (%(b)s, 'A test', now());
insert into platform_looks (boutique_id, admin_id, reason, ends_at, ended_at)
  values (%(b)s, %(user)s, 'A test', now() + interval '30 minutes', now());
insert into provider_credentials (boutique_id, provider, account, secrets)
  values (%(b)s, 'twilio', %(user)s::text, 'sealed');
insert into customers (boutique_id, id, phone) values (%(b)s, %(id)s, '+254722000001');
insert into consents (boutique_id, customer_id, purpose, granted, source)
  values (%(b)s, %(id)s, 'marketing', true, 'whatsapp');
insert into former_names (boutique_id, name, customer_id, until)
  values (%(b)s, '+254722000002', %(id)s, now());
insert into products (boutique_id, id, sku, name, category, price_minor)
  values (%(b)s, %(id)s, 'A', 'Amani', 'dress', 450000);
insert into product_variants (boutique_id, id, product_id, colour, size, sku)
  values (%(b)s, %(id)s, %(id)s, 'blue', 'M', 'A-M');
insert into product_images (boutique_id, id, product_id, path)
  values (%(b)s, %(id)s, %(id)s, %(b)s::text || '/a.jpg');
insert into product_embeddings (boutique_id, image_id, model, vector)
  values (%(b)s, %(id)s, 'm', array_fill(0.1, array[512])::vector);
insert into photo_models (boutique_id, model) values (%(b)s, 'm');
insert into meta_catalogues (boutique_id, catalogue_id) values (%(b)s, '300000000000001');
insert into catalogue_pushes (boutique_id, handle, items) values (%(b)s, 'Acz', 1);
insert into piece_imports (boutique_id, id, file_name, columns, mapping, lines)
  values (%(b)s, %(id)s, 'pieces.csv', array['SKU'], array['sku'], 1);
insert into piece_import_rows (boutique_id, import_id, line, cells)
  values (%(b)s, %(id)s, 2, '["A"]');
insert into piece_import_pictures (boutique_id, import_id, product_id, colour, url, line)
  values (%(b)s, %(id)s, %(id)s, 'blue', 'https://a.example/a.jpg', 2);
insert into piece_columns (boutique_id, name, field) values (%(b)s, 'code', 'sku');
insert into conversations (boutique_id, id, customer_id, provider)
  values (%(b)s, %(id)s, %(id)s, 'twilio');
insert into messages (boutique_id, id, conversation_id, direction, author, provider, status, body)
  values (%(b)s, %(id)s, %(id)s, 'in', 'customer', 'twilio', 'received', 'Hujambo');
insert into conversation_events (boutique_id, conversation_id, kind)
  values (%(b)s, %(id)s, 'timer');
insert into conversation_memories (boutique_id, conversation_id, state)
  values (%(b)s, %(id)s, '{}');
insert into webhook_events (boutique_id, provider, event_key, kind, payload)
  values (%(b)s, 'twilio', %(user)s::text, 'message', '{}');
insert into wearers (boutique_id, id, customer_id, relation, name)
  values (%(b)s, %(id)s, %(id)s, 'sister', 'Amina');
insert into carts (boutique_id, id, customer_id) values (%(b)s, %(id)s, %(id)s);
insert into cart_items (boutique_id, cart_id, variant_id, quantity, added_price_minor)
  values (%(b)s, %(id)s, %(id)s, 1, 450000);
insert into orders (boutique_id, id, number, customer_id, currency, items_minor, address)
  values (%(b)s, %(id)s, 'DK-0001', %(id)s, 'KES', 450000, 'Kilimani');
insert into order_items
  (boutique_id, order_id, sku, name, category, colour, size, unit_price_minor, quantity)
  values (%(b)s, %(id)s, 'A-M', 'Amani', 'dress', 'blue', 'M', 450000, 1);
insert into payments (boutique_id, order_id, attempt, provider, phone, amount_minor, status,
    callback_token)
  values (%(b)s, %(id)s, 1, 'daraja', '+254722000001', 450000, 'succeeded', %(user)s::text);
insert into dispatches (boutique_id, id, order_id, number, completes, sent_by)
  values (%(b)s, %(id)s, %(id)s, 1, true, 'assistant');
insert into dispatch_items (boutique_id, dispatch_id, order_item_id, quantity)
  select boutique_id, order_id, id, 1 from order_items where boutique_id = %(b)s;
insert into refunds (boutique_id, id, order_id, number, amount_minor, currency, reason, method,
    reference, refunded_by)
  values (%(b)s, %(id)s, %(id)s, 1, 100000, 'KES', 'goodwill', 'mpesa', %(user)s::text, 'system');
insert into mpesa_statements (boutique_id, id, digest, file_name, lines, new_lines)
  values (%(b)s, %(id)s, sha256('a'), 'may.csv', 1, 1);
insert into statement_lines (boutique_id, id, statement_id, line, receipt, kind, amount_minor,
    completed_at, details)
  values (%(b)s, %(id)s, %(id)s, 8, 'TKP9A1B2C3', 'paid_in', 450000, now(), 'Merchant payment');
insert into statement_matches (boutique_id, line_id, how, reason)
  values (%(b)s, %(id)s, 'set_aside', 'personal');
insert into debt_reminders (boutique_id, debtor_id, owed_minor, reminded_by)
  values (%(b)s, %(id)s, 100, %(user)s);
insert into tax_settings (boutique_id, counts_from, kra_pin, vat)
  values (%(b)s, '2026-01-01', 'A123456789Z', 'standard');
insert into etims_invoices (boutique_id, order_id, number, noted_by)
  values (%(b)s, %(id)s, 'KRA0001', 'system');
insert into product_costs (boutique_id, product_id, cost_minor, set_by)
  values (%(b)s, %(id)s, 200000, 'system');
insert into daily_closes (boutique_id, id, day, version, currency, float_minor, closed_by)
  values (%(b)s, %(id)s, '2026-11-20', 1, 'KES', 0, %(user)s);
insert into daily_close_lines (boutique_id, close_id, method, expected_minor, counted_minor)
  values (%(b)s, %(id)s, 'cash', 0, 0);
insert into refund_items (boutique_id, refund_id, order_item_id, quantity, restocked, unsent)
  select boutique_id, order_id, id, 1, 0, 0 from order_items where boutique_id = %(b)s;
insert into stock_reservations (boutique_id, order_id, variant_id, quantity, expires_at)
  values (%(b)s, %(id)s, %(id)s, 1, now());
insert into stock_movements (boutique_id, variant_id, delta, reason)
  values (%(b)s, %(id)s, 5, 'opening');
insert into delivery_zones (boutique_id, name, fee_minor) values (%(b)s, 'Kilimani', 25000);
insert into requests (boutique_id, customer_id, conversation_id, order_id, kind, words)
  values (%(b)s, %(id)s, %(id)s, %(id)s, 'gift_wrap', 'wrap it please');
insert into owner_notices (boutique_id, about) values (%(b)s, 'mpesa_setup:passkey:2026-11-26');
insert into sending_paces (boutique_id, provider, next_at) values (%(b)s, 'meta', now());
insert into token_usage (boutique_id, conversation_id, on_day, model, calls, input_tokens,
    output_tokens)
  values (%(b)s, %(id)s, current_date, 'gemini', 1, 10, 5);
insert into chat_sessions (boutique_id, id, conversation_id, shown)
  values (%(b)s, %(id)s, %(id)s, true);
insert into unmet_wishes (boutique_id, conversation_id, message_id, kind, subject)
  values (%(b)s, %(id)s, %(id)s, 'size', 'dress 14');
insert into unmet_wishes_done (boutique_id, kind, subject, how, done_at)
  values (%(b)s, 'size', 'dress 16', 'dismissed', now());
insert into synonyms (boutique_id, id, said, means) values (%(b)s, %(id)s, 'gauni', 'dress');
insert into own_answers (boutique_id, id, asked, english)
  values (%(b)s, %(id)s, 'do you alter', 'Yes, for KES 300.');
insert into daily_figures (boutique_id, on_day) values (%(b)s, '2026-11-20');
insert into daily_sales (boutique_id, on_day, orders, orders_minor, alone, alone_minor,
    counter_sales, counter_minor, refunds, refunds_minor)
  values (%(b)s, '2026-11-20', 1, 450000, 1, 450000, 0, 0, 0, 0);
insert into daily_kinds (boutique_id, on_day, category, pieces, minor)
  values (%(b)s, '2026-11-20', 'dress', 1, 450000);
insert into daily_buyers (boutique_id, on_day, customer_id, is_first)
  values (%(b)s, '2026-11-20', %(id)s, true);
insert into daily_chats (boutique_id, on_day, sessions, shown, in_cart, quoted, paid, with_person,
    misunderstanding, turns, misunderstood, assistant_answers, person_answers)
  values (%(b)s, '2026-11-20', 1, 1, 1, 1, 1, 0, 0, 5, 0, '{5,0,0,0,0,0}', '{0,0,0,0,0,0}');
insert into daily_models (boutique_id, on_day, model, calls, input_tokens, output_tokens)
  values (%(b)s, '2026-11-20', 'gemini', 1, 10, 5);
insert into changed_days (boutique_id, on_day) values (%(b)s, '2026-11-20');
insert into boutique_plans (boutique_id, id, name, included, over, currency)
  values (%(b)s, %(id)s, 'Free', 100, 'stop', 'KES');
insert into usage_entries (boutique_id, month, kind, conversations, reason)
  values (%(b)s, '2026-11-01', 'gift', -5, 'welcome');
insert into size_charts (boutique_id, audience, rows) values (%(b)s, 'women', '[{"size": "M"}]');
insert into size_facts (boutique_id, customer_id, kind, size, message_id, position, said_at)
  values (%(b)s, %(id)s, 'stated', 'M', %(id)s, 0, now());
insert into owner_inbox (boutique_id, message_id) values (%(b)s, %(id)s);
insert into owner_sessions (boutique_id, shopping_until) values (%(b)s, now());
insert into internal_notes (boutique_id, conversation_id, written_by, body)
  values (%(b)s, %(id)s, %(user)s, 'Her sister pays.');
insert into customer_tags (boutique_id, customer_id, tag) values (%(b)s, %(id)s, 'vip');
insert into quick_replies (boutique_id, id, shortcut, english)
  values (%(b)s, %(id)s, 'hours', 'Till six.');
insert into saved_views (boutique_id, screen, name, params)
  values (%(b)s, 'orders', 'Unpaid', '{"filter": "unpaid"}');
insert into counter_sales (boutique_id, id, number, total_minor, currency, paid_by, customer_id,
    buyer_name, sold_by)
  values (%(b)s, %(id)s, 'CS-0001', 450000, 'KES', 'credit', %(id)s, 'Amina', %(user)s);
insert into counter_sale_items (boutique_id, sale_id, position, variant_id, sku, name, colour, size,
    quantity, unit_price_minor)
  values (%(b)s, %(id)s, 1, %(id)s, 'A-M', 'Amani', 'blue', 'M', 1, 450000);
insert into debt_payments (boutique_id, id, amount_minor, method)
  values (%(b)s, %(id)s, 1000, 'cash');
insert into credit_entries (boutique_id, sale_id, kind, amount_minor, payment_id)
  values (%(b)s, %(id)s, 'payment', -1000, %(id)s);
insert into api_keys (boutique_id, name, begins_with, digest, may_write, created_by)
  values (%(b)s, 'Accounts', 'dk_1', sha256(%(user)s::text::bytea), true, %(user)s);
insert into agent_carts (boutique_id, key_id, shopper_digest)
  select boutique_id, id, sha256('a') from api_keys where boutique_id = %(b)s;
insert into agent_calls (boutique_id, key_id, day, tool, calls)
  select boutique_id, id, now(), 'view_cart', 1 from api_keys where boutique_id = %(b)s;
insert into idempotency_keys (boutique_id, user_id, key, request, answer)
  values (%(b)s, %(user)s, 'k', sha256('a'), '{}');
insert into message_templates (boutique_id, provider, name, language, status, form)
  values (%(b)s, 'meta', 'new_arrivals', 'sw', 'draft', '{"body": "Karibu"}');
insert into push_subscriptions
  (boutique_id, id, user_id, endpoint, p256dh, auth, device, language)
  values (%(b)s, %(id)s, %(user)s, 'https://fcm.googleapis.com/' || %(user)s::text, 'p', 'a',
    'Phone', 'en');
insert into alert_choices (boutique_id, user_id, muted) values (%(b)s, %(user)s, '{}');
insert into alert_pushes (boutique_id, event_id, subscription_id, kind)
  values (%(b)s, 1, %(id)s, 'new_order');
insert into mpesa_tests (boutique_id, id, provider, account, phone, amount_minor, callback_token,
    started_by)
  values (%(b)s, %(id)s, 'daraja', '600101', '+254722000001', 100, %(user)s::text, %(user)s);
insert into mpesa_test_steps (boutique_id, test_id, step) values (%(b)s, %(id)s, 'sending');
insert into wallets (boutique_id, available, held, top_up) values (%(b)s, 10, 5, -15);
insert into wallet_holds (boutique_id, key, remaining) values (%(b)s, 'c', 5);
with moved as (
  insert into wallet_transfers (boutique_id, key, kind, tokens, available_after, actor)
  values (%(b)s, 'grant:k', 'grant', 15, 15, 'system') returning boutique_id, id)
insert into wallet_entries (boutique_id, transfer_id, account, tokens)
  select boutique_id, id, unnest(array['top_up', 'available']), unnest(array[-15, 15]) from moved;
insert into wallet_top_ups (boutique_id, id, tokens, amount_minor, currency, provider, account,
    phone, callback_token)
  values (%(b)s, %(id)s, 100, 35000, 'KES', 'daraja', '600900', '+254722000001', %(user)s::text);
insert into wallet_top_up_steps (boutique_id, top_up_id, step) values (%(b)s, %(id)s, 'sending');
insert into customer_profiles (boutique_id, customer_id, embroidery_density_pref,
    embroidery_type_pref, occasion_affinity, mean_price_minor, price_band, units)
  values (%(b)s, %(id)s, 'none', '{}', '{}', 450000, 'mid', 1);
insert into score_rules (boutique_id, version, rules) values (%(b)s, 1, '{}');
insert into segments (boutique_id, id, name, rule)
  values (%(b)s, %(id)s, 'All', '{"match": "all", "of": []}');
insert into audience_lists (boutique_id, id, name, source) values (%(b)s, %(id)s, 'VIP', 'manual');
insert into audience_list_members (boutique_id, list_id, customer_id)
  values (%(b)s, %(id)s, %(id)s);
insert into campaigns (boutique_id, id, name, audience, message, schedule, pace)
  values (%(b)s, %(id)s, 'December', '{"kind": "all"}', '{"template": "new_pieces"}',
    '{"kind": "now"}', '{}');
insert into campaign_occurrences (boutique_id, id, campaign_id, number, due_at)
  values (%(b)s, %(id)s, %(id)s, 1, now());
insert into campaign_recipients (boutique_id, id, campaign_id, occurrence_id, customer_id, identity,
    language, due_at)
  values (%(b)s, %(id)s, %(id)s, %(id)s, %(id)s, '+254722000001', 'en', now());
insert into campaign_statuses (boutique_id, recipient_id, provider_id, status)
  values (%(b)s, %(id)s, 'wamid.1', 'sent');
insert into marketing_contacts (boutique_id, identity, source)
  values (%(b)s, '+254722000001', 'campaign_recipient:1');
insert into suppressed_identities (boutique_id, identity, reason)
  values (%(b)s, '+254722000001', 'unreachable');
insert into catalog_links (boutique_id, slug, campaign_id, recipient_id, customer_id,
    product_ids_ordered, slots)
  values (%(b)s, substr(md5(%(user)s::text), 1, 12), %(id)s, %(id)s, %(id)s, array[%(id)s::uuid],
    '[]');
insert into catalog_link_opens (boutique_id, slug, opened_by)
  values (%(b)s, substr(md5(%(user)s::text), 1, 12), 'person');
insert into collages (boutique_id, key, media_path)
  values (%(b)s, encode(sha256('a'), 'hex'), %(b)s::text || '/collages/a.jpg');
insert into campaign_conversions (boutique_id, order_id, campaign_id, recipient_id, came_by,
    amount_minor, currency, converted_at)
  values (%(b)s, %(id)s, %(id)s, %(id)s, 'click', 450000, 'KES', now());
insert into cart_codes (boutique_id, code, lines, language) values (%(b)s, 'K7QF2M', '[]', 'en');
insert into visitor_customers (boutique_id, anonymous_id, customer_id)
  values (%(b)s, %(user)s, %(id)s);
insert into window_prompts (boutique_id, phone_digest, address_digest)
  values (%(b)s, sha256('a'), sha256('b'));
insert into cart_links (boutique_id, token_digest, customer_id, cart_id, expires_at)
  select boutique_id, sha256(%(user)s::text::bytea), customer_id, id, now() from carts
  where boutique_id = %(b)s limit 1;
insert into cart_reminders (boutique_id, cart_id, cart_version, message_id)
  select boutique_id, id, 1, %(id)s from carts where boutique_id = %(b)s limit 1;
with other as (
  insert into products (boutique_id, sku, name, category, price_minor)
  values (%(b)s, 'SKU-2', 'Belt', 'belt', 90000) returning boutique_id, id)
insert into product_pairs (boutique_id, product_id, other_id, buyers, strength)
  select boutique_id, %(id)s, id, 1, 0.2 from other;
insert into boutique_exports (boutique_id, id, asked_by, status)
  values (%(b)s, %(id)s, %(user)s, 'failed');
insert into retention_purges (boutique_id, kind, ran_at, removed, removed_in_all)
  values (%(b)s, 'media', now(), 1, 1);
insert into audit_log (boutique_id, actor, action, subject)
  values (%(b)s, 'system', 'tested', 'isolation');
insert into automation_rules (boutique_id, id, name, trigger, class, definition)
  values (%(b)s, %(id)s, 'Left carts', 'cart_abandoned', 'marketing',
    '{"name": "Left carts", "trigger": "cart_abandoned",
      "steps": [{"after_minutes": 60, "message": {"text": {"en": "Still here"}}}]}');
insert into automation_enrolments (boutique_id, id, rule_id, customer_id, subject_kind, subject_id,
    due_at, counted_from)
  values (%(b)s, %(id)s, %(id)s, %(id)s, 'cart', %(id)s, now(), now());
insert into automation_sends (boutique_id, id, rule_id, rule_version, enrolment_id, customer_id,
    step, class, channel, code, subject_kind, subject_id)
  values (%(b)s, %(id)s, %(id)s, 1, %(id)s, %(id)s, 0, 'marketing', 'whatsapp',
    left(replace(%(user)s::text, '-', ''), 12), 'cart', %(id)s);
insert into automation_fallbacks_due (boutique_id, send_id) values (%(b)s, %(id)s);
insert into automation_decisions (boutique_id, rule_id, enrolment_id, customer_id, verdict)
  values (%(b)s, %(id)s, %(id)s, %(id)s, 'sent');
insert into automation_clicks (boutique_id, send_id, opened_by, method, agent)
  values (%(b)s, %(id)s, 'person', 'GET', 'Mozilla/5.0');
insert into automation_conversions (boutique_id, order_id, send_id, rule_id, came_by, amount_minor,
    currency, converted_at)
  values (%(b)s, %(id)s, %(id)s, %(id)s, 'link', 450000, 'KES', now());
insert into automation_channels (boutique_id, channel) values (%(b)s, 'whatsapp');
insert into automation_cursors (boutique_id) values (%(b)s) on conflict do nothing;
insert into stock_waits (boutique_id, customer_id, product_id, source)
  values (%(b)s, %(id)s, %(id)s, 'chat');
insert into window_carts (boutique_id, anonymous_id, lines) values (%(b)s, %(user)s, '[]');
insert into consent_codes (boutique_id, anonymous_id, phone_digest, address_digest, code_digest,
    language, channels, words, customer_id)
  values (%(b)s, %(user)s, sha256('a'), sha256('b'), sha256('c'), 'en', '{whatsapp}', 'Yes',
    %(id)s);
"""


async def fill_every_table(superuser_url: str, boutique: str) -> str:
    """Fill them; the id of the user who is a member."""
    values = {"b": boutique, "id": str(uuid4()), "user": str(uuid4())}
    async with await psycopg.AsyncConnection.connect(
        superuser_url, cursor_factory=psycopg.AsyncClientCursor
    ) as conn:
        await conn.execute(_ROWS.encode(), values)
    return values["user"]


def views_of(url: str, role: str) -> list[str]:
    """The views with their maker's rights that the role may read."""
    with psycopg.connect(url) as conn:
        rows = conn.execute(
            """select n.nspname || '.' || c.relname from pg_class c
               join pg_namespace n on n.oid = c.relnamespace
               where c.relkind in ('v', 'm') and n.nspname in ('public', 'private', 'jobs')
                 and has_schema_privilege(%(role)s, n.oid, 'usage')
                 and has_any_column_privilege(%(role)s, c.oid, 'select')
                 and not coalesce('security_invoker=true' = any(c.reloptions), false)
               order by 1""",
            {"role": role},
        ).fetchall()
    return [name for (name,) in rows]
