-- Rows for `tests/bench/growth.py`. Run with triggers and foreign keys off, so each table gets what
-- they would have written. `grown.…` are the sizes, `grown.shop` the boutique that is measured. Run
-- again it adds to what is there: first the speakers, then all that grows.

insert into boutiques (slug, name, owner_name, owner_phone, whatsapp_provider, payment_provider, shop_info)
select 'grown-' || n, 'Grown ' || n, 'Amina', '+25411' || lpad(n::text, 7, '0'), 'twilio', 'daraja', '{}'
from generate_series(1, current_setting('grown.boutiques')::int - 1) n;
insert into provider_credentials (boutique_id, provider, account, secrets)
select id, 'twilio', '+25410' || lpad(substr(slug, 7), 7, '0'), 'sealed'
from boutiques where slug like 'grown-%';

create temp table shop as
select id from boutiques where id = current_setting('grown.shop')::uuid or slug like 'grown-%';

-- Pieces of twenty words in some order: each word is in a fifth of them, or fewer.
insert into products (boutique_id, sku, name, category, pattern, occasions, price_minor, description,
  created_at, search)
select shop.id, 'P' || n, k.name, k.category, k.pattern, array[k.occasion],
  100000 + (n * 7919 % 900) * 1000, k.description, now() - n * interval '1 hour',
  setweight(to_tsvector('english', k.name), 'A')
  || setweight(to_tsvector('english', k.category || ' ' || k.pattern || ' ' || k.occasion), 'B')
  || setweight(to_tsvector('english', k.description), 'D')
from shop, generate_series(1, current_setting('grown.products')::int) n,
  lateral (select (array['dress', 'blouse', 'skirt', 'trousers', 'shirt', 'jacket', 'kaftan', 'top'])
      [1 + n % 8] as category,
    (array['Linen', 'Cotton', 'Silk', 'Denim', 'Satin', 'Velvet', 'Crepe', 'Lace'])[1 + n / 8 % 8]
      as cloth,
    (array['Wrap', 'Maxi', 'Midi', 'Pleated', 'Flared', 'Fitted', 'Belted', 'Tiered'])[1 + n / 64 % 8]
      as cut,
    (array['plain', 'floral', 'ankara', 'striped'])[1 + n % 4] as pattern,
    (array['office', 'wedding', 'church', 'party'])[1 + n / 2 % 4] as occasion) w,
  lateral (select category, pattern, occasion,
    initcap(md5((n / 512)::text)::char(4)) || ' ' || cloth || ' ' || cut || ' ' || initcap(category)
      as name,
    'A ' || lower(cut) || ' ' || category || ' in soft ' || lower(cloth) || ', lined' as description) k;
insert into product_variants (boutique_id, product_id, colour, size, sku, quantity, leads)
select p.boutique_id, p.id,
  (array['blue', 'black', 'red', 'green', 'white'])[1 + substr(p.sku, 2)::int / 3 % 5],
  size, p.sku || '/' || size, substr(p.sku, 2)::int % 6, size = 'M'
from products p, unnest(array['M', 'L']) size where p.sku ~ '^P\d';
-- All pieces of the shop that is measured have a picture, of the others every tenth.
insert into product_images (boutique_id, product_id, path)
select boutique_id, id, boutique_id || '/' || sku || '.jpg' from products
where sku ~ '^P\d' and (boutique_id = current_setting('grown.shop')::uuid or sku like '%0');

-- Pieces of a kind look alike: one of two hundred pictures, with some of another in it.
create temp table look as
select n, (select array_agg(random() - 0.5) from generate_series(1, 512 + 0 * n))::vector as vector
from generate_series(0, 399) n;
insert into product_embeddings (boutique_id, image_id, model, vector)
select i.boutique_id, i.id, 'scripted-1', kind.vector + own.vector * (
  select array_fill(0.4, array[512])::vector)
from product_images i join products p on p.boutique_id = i.boutique_id and p.id = i.product_id
join look kind on kind.n = substr(p.sku, 2)::int / 40 % 200
join look own on own.n = 200 + substr(p.sku, 2)::int % 200
where p.sku ~ '^P\d';

-- Every tenth customer wrote once and was answered; half of these bought something.
insert into customers (boutique_id, phone, name, created_at)
select shop.id, '+25479' || lpad(n::text, 7, '0'), 'Wanjiku ' || n, now() - n * interval '1 minute'
from shop, generate_series(1, current_setting('grown.customers')::int) n;
-- Those who will speak, and how long they have talked.
insert into customers (boutique_id, phone, name)
select current_setting('grown.shop')::uuid, '+25478' || lpad(n::text, 7, '0'), 'Asha'
from generate_series(1, current_setting('grown.speakers')::int) n;
create temp table person as
select *, speaks or n % 10 = 0 as talks
from (select boutique_id, id, phone, name, created_at, phone like '+25478%' as speaks,
    row_number() over () as n
  from customers) c where not exists (select from conversations v
  where (v.boutique_id, v.customer_id) = (c.boutique_id, c.id));
insert into customer_totals (boutique_id, customer_id, listed, name_key, found_by, known_since)
select boutique_id, id, true, lower(name), '', created_at from person;
insert into conversations (boutique_id, customer_id, provider, last_inbound_at, answer_to, created_at)
select boutique_id, id, 'twilio', now() - interval '1 hour', phone, created_at from person where talks;
create temp table talk as
select v.boutique_id, v.id, v.customer_id, p.speaks, p.n
from conversations v join person p on (p.boutique_id, p.id) = (v.boutique_id, v.customer_id);
insert into conversation_memories (boutique_id, conversation_id, state)
select boutique_id, id, '{"introduced": true, "step": "start"}' from talk;
insert into messages (boutique_id, conversation_id, direction, author, provider, status, body,
  provider_id, created_at, told_at)
select t.boutique_id, t.id, k.way, case k.way when 'in' then 'customer' else 'assistant' end, 'twilio',
  (case k.way when 'in' then 'received' else 'delivered' end)::message_status,
  'what she wrote or was told ' || i, 'G' || md5(t.id::text || i), k.at, k.at
from (select *, case when speaks then current_setting('grown.messages')::int else 2 end as said
  from talk) t,
  lateral generate_series(1, t.said) i,
  lateral (select case i % 2 when 1 then 'in' else 'out' end as way,
    now() - interval '2 hours' - (t.said - i) * interval '40 seconds' as at) k;
insert into conversation_events (boutique_id, conversation_id, kind, message_id, created_at, handled_at)
select boutique_id, conversation_id, 'message', id, created_at, created_at
from messages where direction = 'in' and conversation_id in (select id from talk);
insert into webhook_events (boutique_id, provider, event_key, kind, payload, outcome, created_at)
select boutique_id, 'twilio', provider_id, 'message', '{}', 'handled', created_at
from messages where direction = 'in' and conversation_id in (select id from talk);
insert into chat_sessions (boutique_id, conversation_id, started_at, replied)
select boutique_id, id, now() - interval '2 days', true from talk;
insert into consents (boutique_id, customer_id, purpose, granted, source)
select boutique_id, id, 'marketing', true, 'whatsapp' from person where n % 3 = 0;

insert into carts (boutique_id, customer_id, status, created_at, version)
select boutique_id, id, 'converted', created_at, 2 from person where n % 20 = 0 and not speaks;
insert into orders (boutique_id, number, customer_id, conversation_id, cart_id, status,
  payment_status, fulfilment_status, currency, items_minor, address, created_at, paid_at)
select c.boutique_id, 'DK-' || lpad(to_hex(row_number() over (partition by c.boutique_id)), 6, '0'),
  c.customer_id, t.id, c.id, 'confirmed', 'paid', 'delivered', 'KES', 450000, 'Kilimani',
  c.created_at, c.created_at
from carts c join talk t on (t.boutique_id, t.customer_id) = (c.boutique_id, c.customer_id);
create temp table piece as
select boutique_id, id, product_id, sku, row_number() over (partition by boutique_id) as n,
  count(*) over (partition by boutique_id) as pieces
from product_variants;
insert into order_items (boutique_id, order_id, product_id, variant_id, sku, name, category, colour,
  size, unit_price_minor, quantity)
select o.boutique_id, o.id, p.product_id, p.id, p.sku, 'Piece', 'dress', 'black', 'M', 450000, 1
from (select o.*, row_number() over (partition by o.boutique_id) as n
  from orders o join talk t on (t.boutique_id, t.id) = (o.boutique_id, o.conversation_id)) o
join piece p on p.boutique_id = o.boutique_id and p.n = 1 + o.n % p.pieces;
insert into payments (boutique_id, order_id, attempt, provider, phone, amount_minor, status,
  callback_token, receipt, received_minor, created_at, sent_at, resolved_at)
select o.boutique_id, o.id, 1, 'daraja', p.phone, 450000, 'succeeded', md5(o.id::text),
  'R' || md5(o.id::text), 450000, o.created_at, o.created_at, o.created_at
from orders o join person p on (p.boutique_id, p.id) = (o.boutique_id, o.customer_id);
insert into stock_reservations (boutique_id, order_id, variant_id, quantity, status, expires_at)
select i.boutique_id, i.order_id, i.variant_id, 1, 'sold', now()
from order_items i join orders o on (o.boutique_id, o.id) = (i.boutique_id, i.order_id)
join talk t on (t.boutique_id, t.id) = (o.boutique_id, o.conversation_id);
insert into stock_movements (boutique_id, variant_id, delta, reason, order_id)
select boutique_id, variant_id, -1, 'sale', order_id from stock_reservations where status = 'sold';
insert into domain_events (boutique_id, kind, customer_id, subject_id, payload, occurred_at)
select boutique_id, kind, customer_id, id, '{"version": 2}', created_at
from carts, unnest(array['cart_changed', 'order_placed']) kind where status = 'converted';
