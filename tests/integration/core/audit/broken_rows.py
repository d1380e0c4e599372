"""What breaks each check, once or twice."""

from __future__ import annotations

# The check, the row that it names (of `whole_shop.NAMES`; None: another one), what breaks it.
BROKEN: tuple[tuple[str, str | None, str], ...] = (
    # her second receipt was taken for a payment of the same order
    ("paid_orders_have_their_money", "order",
     """insert into payments (boutique_id, order_id, attempt, provider, phone, amount_minor, status,
          callback_token)
        values (%(b)s, %(order)s, 2, 'daraja', '+254722000001', 925000, 'succeeded', 't2')"""),
    ("paid_orders_have_their_money", "order",
     "update payments set received_minor = 1 where id = %(payment)s; delete from refunds;"
     " delete from refund_items; delete from stock_movements where refund_id is not null;"
     " update orders set refunded_minor = 0, refund_status = 'none';"
     " update product_variants set quantity = quantity - 1"),
    ("money_confirms_its_order", "order", "update orders set status = 'open'"),
    ("money_confirms_its_order", "order", "update orders set paid_at = null"),
    ("prompts_are_of_the_quote", None,
     """insert into payments (boutique_id, order_id, attempt, provider, phone, amount_minor,
          status, callback_token)
        values (%(b)s, %(order)s, 2, 'daraja', '+254722000001', 5, 'failed', 't2')"""),
    ("orders_add_up", "order", "update order_items set unit_price_minor = 1"),
    ("one_receipt_one_thing", None, "update debt_payments set reference = 'TKP9A1B2C3'"),
    ("no_payment_is_forgotten", None,
     """insert into payments (boutique_id, order_id, attempt, provider, phone, amount_minor, status,
          callback_token, created_at)
        values (%(b)s, %(order)s, 2, 'daraja', '+254722000001', 925000, 'pending', 't2',
          now() - interval '2 hours')"""),
    # M-Pesa told of the money, and the attempt counts as failed
    ("reported_money_counts", None,
     """insert into payments (boutique_id, id, order_id, attempt, provider, phone, amount_minor,
          status, callback_token, checkout_request_id, resolved_at)
        values (%(b)s, %(debt)s, %(order)s, 2, 'daraja', '+254722000001', 925000, 'failed', 't2',
          'ws_CO_2', now());
        insert into webhook_events (boutique_id, provider, event_key, kind, outcome, payload,
          envelope, created_at)
        values (%(b)s, 'daraja', 'ws_CO_2:1', 'payment', 'handled',
          '{"Body": {"stkCallback": {"CheckoutRequestID": "ws_CO_2", "ResultCode": 0}}}',
          jsonb_build_object('payment_id', %(debt)s::text), now() - interval '2 hours')"""),
    ("refunds_add_up", "order", "update orders set refunded_minor = 1"),
    ("refunds_add_up", "order",
     "update refunds set amount_minor = 925001; update orders set refunded_minor = 925001"),
    ("no_more_than_ordered", None, "update dispatch_items set quantity = 3"),
    ("no_more_than_ordered", None, "update refund_items set quantity = 3"),
    ("stock_is_its_ledger", "variant", "update product_variants set quantity = quantity + 1"),
    ("reserved_is_what_is_held", "variant", "update product_variants set reserved = 1"),
    ("no_orphan_reservation", None,
     "update stock_reservations set status = 'held'; update product_variants set reserved = 2"),
    ("sold_pieces_left_the_stock", "order",
     "delete from stock_movements where order_id is not null;"
     " update product_variants set quantity = quantity + 2"),
    ("sold_pieces_left_the_stock", "order",
     "update stock_movements set delta = -3 where order_id is not null;"
     " update product_variants set quantity = quantity - 1"),
    ("shop_sales_left_the_stock", "sale",
     "delete from stock_movements where counter_sale_id is not null;"
     " update product_variants set quantity = quantity + 1"),
    ("returns_came_back", "refund",
     "delete from stock_movements where refund_id is not null;"
     " update product_variants set quantity = quantity - 1"),
    ("shop_sales_add_up", "sale", "update counter_sale_items set unit_price_minor = 1"),
    ("debts_are_their_ledger", "sale", "update counter_sales set owed_minor = 1"),
    ("debt_payments_are_shared_out", "debt",
     "update debt_payments set taken_back_at = now(), taken_back_by = %(user)s,"
     " taken_back_reason = 'slip'"),
    ("closes_are_whole", "close", "update daily_closes set version = 3"),
    ("closes_are_whole", "close", "delete from daily_close_lines"),
    ("statement_matches_hold", "line", "update statement_lines set receipt = 'TKX9A1B2C3'"),
    ("wallet_is_its_ledger", "b",
     "update wallets set available = available - 1, spent = spent + 1"),
    ("transfers_balance", None, "update wallet_transfers set tokens = 7 where kind = 'settle'"),
    ("holds_are_their_ledger", None, "update wallet_holds set remaining = 3, released_at = null"),
    ("top_ups_are_credited_once", "top_up", "delete from wallet_top_up_steps where step = 'paid'"),
    ("conversations_are_counted_once", "session", "delete from usage_entries"),
    ("replies_have_their_turn", None,
     """insert into messages (boutique_id, conversation_id, direction, author, provider, status,
          body, provider_id)
        values (%(b)s, %(chat)s, 'out', 'assistant', 'meta', 'read', 'Karibu', 'wamid.twice')"""),
    ("events_are_handled", None, "update conversation_events set handled_at = null;"
     " delete from messages where id = %(reply)s"),
    ("one_turn_at_a_time", None,
     """insert into jobs.procrastinate_workers (id) overriding system value values (7);
        drop index if exists jobs.procrastinate_jobs_lock_idx_v1;
        insert into jobs.procrastinate_jobs (queue_name, task_name, lock, status,
          worker_id)
        select 'turns', 'handle_turn', %(b)s || '/' || %(chat)s, 'doing', 7
        from generate_series(1, 2)"""),
    ("owners_messages_are_handled", None,
     """insert into owner_inbox (boutique_id, message_id, created_at)
        values (%(b)s, %(said)s, now() - interval '2 hours')"""),
    ("sent_messages_have_one_id", "reply",
     "update messages set provider_id = null where id = %(reply)s"),
    ("outbox_moves", None,
     """insert into messages (boutique_id, conversation_id, direction, author, provider, status,
          body, purpose, updated_at)
        values (%(b)s, %(chat)s, 'out', 'assistant', 'meta', 'queued', 'Karibu', 'utility',
          now() - interval '2 hours')"""),
    ("one_message_a_recipient", "recipient",
     """insert into messages (boutique_id, conversation_id, direction, author, provider, status,
          body, provider_id, purpose, created_at, campaign_recipient_id, campaign_try)
        values (%(b)s, %(chat)s, 'out', 'assistant', 'meta', 'sent', 'New', 'wamid.second',
          'marketing', now() - interval '2 days', %(recipient)s, 2)"""),
    ("one_message_a_step", None,
     """insert into automation_sends (boutique_id, rule_id, rule_version, enrolment_id, customer_id,
          step, class, channel, code, subject_kind, subject_id, state, message_id)
        values (%(b)s, %(rule)s, 1, %(enrolment)s, %(customer)s, 1, 'marketing', 'whatsapp',
          'Bbcdefghijkl', 'cart', %(cart)s, 'sent', %(reminder)s)"""),
    ("offers_have_consent", None, "delete from consents where purpose = 'marketing'"),
    ("offers_have_consent", None,
     """insert into consents (boutique_id, customer_id, purpose, granted, source, created_at)
        values (%(b)s, %(customer)s, 'assistant', false, 'whatsapp', now() - interval '5 days')"""),
    ("sms_has_consent", None,
     """insert into messages (boutique_id, conversation_id, direction, author, provider, status,
          body, provider_id, purpose, channel, sent_at)
        values (%(b)s, %(other_chat)s, 'out', 'assistant', 'twilio_sms', 'sent', 'Sent out', 'SM1',
          'utility', 'sms', now())"""),
    ("the_suppressed_got_nothing", None,
     """insert into suppressed_identities (boutique_id, identity, reason, created_at)
        values (%(b)s, '+254722000001', 'complained', now() - interval '36 hours')"""),
    ("campaigns_end_whole", "recipient",
     "update campaign_recipients set state = 'planned';"),
    ("recipients_agree_with_messages", "recipient",
     "update campaign_recipients set state = 'skipped'"),
    ("sends_are_paid_for", "recipient",
     "delete from wallet_entries where transfer_id in (select id from wallet_transfers"
     " where kind = 'settle'); delete from wallet_transfers where kind = 'settle';"
     " update wallets set spent = spent - 5, held = held + 5"),
    ("enrolments_end", "enrolment",
     "update automation_enrolments set state = 'active', ended_at = null"),
    ("enrolments_end", "enrolment", "update automation_enrolments set held_out = true"),
    ("sends_agree_with_messages", "send", "update automation_sends set state = 'queued'"),
    ("lists_and_exports_end", "list",
     """insert into piece_imports (boutique_id, id, file_name, columns, mapping, lines, status,
          touched_at)
        values (%(b)s, %(list)s, 'pieces.csv', array['SKU'], array['sku'], 1, 'checking',
          now() - interval '2 hours')"""),
    ("rows_keep_to_their_shop", None,
     "update cart_items set cart_id = gen_random_uuid();"
     " update carts set customer_id = %(strange_customer)s"),
    ("append_only_tables_are_guarded", None,
     "alter table stock_movements disable trigger stock_movements_append_only"),
    ("tables_are_walled", None, "alter table orders disable row level security"),
    ("constraints_hold", None,
     "alter table orders add constraint orders_later check (total_minor > 0) not valid"),
)  # fmt: skip
