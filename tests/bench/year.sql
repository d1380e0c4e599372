-- A year of an installation: one big boutique (the demo's first, which is the one that is measured)
-- and 200 small ones, or `year.others`. Run with triggers and foreign keys off, or it would take an
-- hour.

set session_replication_role = replica;

create temp table shop as
select id, true as big from boutiques where slug = 'zuri';

insert into boutiques (slug, name) select 'small-' || n, 'Small ' || n
from generate_series(1, coalesce(nullif(current_setting('year.others', true), '')::int, 200)) n;
insert into shop select id, false from boutiques where slug like 'small-%';

insert into provider_credentials (boutique_id, provider, account, secrets)
select id, 'twilio', '+25410' || lpad(row_number() over ()::text, 7, '0'), 'sealed'
from shop where not big;

insert into products (boutique_id, sku, name, category, price_minor, search)
select id, 'P' || n, 'Piece ' || n, 'dress', 100000 + 1000 * n, to_tsvector('english', 'Piece ' || n || ' dress')
from shop, generate_series(1, 20) n where not big;
insert into product_variants (boutique_id, product_id, colour, size, sku, quantity)
select p.boutique_id, p.id, colour, size, p.sku || '-' || colour || '-' || size, 5
from products p join shop s on s.id = p.boutique_id and not s.big,
  unnest(array['black', 'red']) colour, unnest(array['M', 'L']) size;
insert into product_images (boutique_id, product_id, path)
select p.boutique_id, p.id, p.boutique_id || '/' || p.id || '.jpg'
from products p join shop s on s.id = p.boutique_id and not s.big;
insert into stock_movements (boutique_id, variant_id, delta, reason)
select boutique_id, id, 5, 'opening' from product_variants;

insert into customers (boutique_id, phone, name, created_at)
select id, '+2547' || case when big then '90' else '91' end || lpad(n::text, 6, '0'), 'Wanjiku',
  now() - random() * interval '365 days'
from shop, lateral generate_series(1, case when big then 6000 else 100 end) n;
create temp table person as
select c.boutique_id, c.id, c.created_at, s.big, row_number() over (partition by c.boutique_id) as n
from customers c join shop s on s.id = c.boutique_id;

insert into consents (boutique_id, customer_id, purpose, granted, source)
select boutique_id, id, 'marketing', true, 'whatsapp' from person where n % 3 = 0;
insert into conversations (boutique_id, customer_id, provider, last_inbound_at, answer_to)
select p.boutique_id, p.id, 'twilio', p.created_at, c.phone
from person p join customers c on (c.boutique_id, c.id) = (p.boutique_id, p.id);
insert into conversation_memories (boutique_id, conversation_id, state)
select boutique_id, id, jsonb_build_object('introduced', true, 'step', 'start') from conversations;

-- Twenty messages with each customer, every other one ours.
insert into messages (boutique_id, conversation_id, direction, author, provider, status, body,
  provider_id, created_at, understanding)
select v.boutique_id, v.id, way, case way when 'in' then 'customer' else 'assistant' end, 'twilio',
  (case way when 'in' then 'received' else 'delivered' end)::message_status,
  repeat('what she wrote or was told ', 4), 'SY' || md5(v.id || way || n),
  v.last_inbound_at + n * interval '40 seconds', '{"acts": [{"kind": "search", "words": "dress"}]}'
from conversations v, generate_series(1, 10) n, unnest(array['in', 'out']) way;
insert into conversation_events (boutique_id, conversation_id, kind, message_id, created_at, handled_at)
select boutique_id, conversation_id, 'message', id, created_at, created_at
from messages where direction = 'in';
insert into webhook_events (boutique_id, provider, event_key, kind, payload, outcome, created_at)
select boutique_id, 'twilio', provider_id, 'message',
  jsonb_build_object('MessageSid', provider_id, 'Body', body, 'From', conversation_id), 'handled',
  created_at
from messages where direction = 'in';

insert into carts (boutique_id, customer_id, status, expires_at, created_at, version)
select boutique_id, id, case when n % 4 = 0 then 'converted' else 'abandoned' end,
  created_at + interval '7 days', created_at, 2
from person, generate_series(1, 2);
create temp table piece as
select boutique_id, id as variant_id, product_id,
  row_number() over (partition by boutique_id order by id) as n,
  count(*) over (partition by boutique_id) as pieces
from product_variants;
insert into cart_items (boutique_id, cart_id, variant_id, quantity, added_price_minor)
select c.boutique_id, c.id, p.variant_id, 1, 450000
from (select *, row_number() over () as place from carts) c
join piece p on p.boutique_id = c.boutique_id and p.n = 1 + c.place % p.pieces;
insert into orders (boutique_id, number, customer_id, conversation_id, cart_id, status,
  payment_status, fulfilment_status, currency, items_minor, address, created_at, paid_at)
select c.boutique_id, 'DK-' || row_number() over (partition by c.boutique_id), c.customer_id, v.id, c.id,
  'confirmed', 'paid', 'delivered', 'KES', 450000, 'Kilimani', c.created_at, c.created_at
from carts c join conversations v on (v.boutique_id, v.customer_id) = (c.boutique_id, c.customer_id)
where c.status = 'converted';
insert into order_items (boutique_id, order_id, product_id, variant_id, sku, name, category, colour,
  size, unit_price_minor, quantity)
select o.boutique_id, o.id, p.product_id, i.variant_id, 'A', 'Piece', 'dress', 'black', 'M', 450000, 1
from orders o
join cart_items i on (i.boutique_id, i.cart_id) = (o.boutique_id, o.cart_id)
join piece p on (p.boutique_id, p.variant_id) = (i.boutique_id, i.variant_id);
insert into payments (boutique_id, order_id, attempt, provider, phone, amount_minor, status,
  callback_token, receipt, received_minor, created_at, sent_at, resolved_at)
select o.boutique_id, o.id, 1, 'daraja', c.phone, 450000, 'succeeded', md5(o.id::text),
  'R' || md5(o.id::text), 450000, o.created_at, o.created_at, o.created_at
from orders o join customers c on (c.boutique_id, c.id) = (o.boutique_id, o.customer_id);
insert into stock_reservations (boutique_id, order_id, variant_id, quantity, status, expires_at)
select boutique_id, order_id, variant_id, 1, 'sold', now() from order_items;
insert into stock_movements (boutique_id, variant_id, delta, reason, order_id)
select boutique_id, variant_id, -1, 'sale', order_id from order_items;
insert into domain_events (boutique_id, kind, customer_id, subject_id, payload, occurred_at)
select boutique_id, kind, customer_id, id, '{"version": 2}', created_at
from carts, unnest(array['cart_changed', 'cart_changed', 'cart_abandoned']) kind;
insert into audit_log (boutique_id, actor, action, subject)
select boutique_id, 'assistant', 'order_placed', id::text from orders;

-- Jobs that succeed are deleted; what failed for good stays.
insert into jobs.procrastinate_jobs (queue_name, task_name, lock, args, status, attempts)
select 'sending', 'deliver', v.boutique_id || '/' || v.id,
  jsonb_build_object('boutique_id', v.boutique_id, 'conversation_id', v.id), 'failed', 6
from conversations v limit 2000;
insert into jobs.procrastinate_events (job_id, type)
select id, kind::jobs.procrastinate_job_event_type
from jobs.procrastinate_jobs, unnest(array['deferred', 'started', 'failed']) kind;

set session_replication_role = origin;
