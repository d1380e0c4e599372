-- The timeline of automations reads these events, newest first: all, one customer's, one rule's.
-- `core/store/automation_timeline.py` names the same kinds in its statement.
create index domain_events_of_automations on public.domain_events (boutique_id, id desc)
  where kind in ('cart_abandoned', 'price_dropped', 'back_in_stock', 'checkout_started',
    'payment_failed', 'order_delivered', 'view_product', 'add_to_cart', 'support_message',
    'consent_changed', 'automation_decided', 'automation_told');
create index domain_events_of_a_customer on public.domain_events
  (boutique_id, customer_id, id desc) where customer_id is not null;
create index domain_events_of_a_rule on public.domain_events
  (boutique_id, (payload ->> 'rule_id'), id desc)
  where kind in ('automation_decided', 'automation_told');
