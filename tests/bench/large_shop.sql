-- A shop of 5,000 pieces, 50,000 customers and 100,000 orders: `tests/bench/api.py` reads its lists.
-- `app.shop` is the boutique's id. Triggers are off, as they would write a million events.

insert into products (boutique_id, sku, name, category, price_minor, active, created_at, search)
select current_setting('app.shop')::uuid, 'SKU-' || g,
  (array['Amani', 'Kanga', 'Zuri', 'Malaika', 'Rehema'])[1 + g % 5] || ' ' || g,
  (array['dress', 'shirt', 'skirt'])[1 + g % 3], 100000 + (g * 37 % 500000), g % 10 <> 0,
  now() - g * interval '1 minute', ''
from generate_series(1, 5000) g;
update products
set found_by = private.words_to_find(boutique_id, array[name, category, 'blue', 'red'], sku);

-- One piece of fifty is sold out.
insert into product_variants (boutique_id, product_id, colour, size, sku, quantity, leads)
select p.boutique_id, p.id, c, s, p.sku || c || s,
  case when abs(hashtext(p.sku)) % 50 = 0 then 0 else abs(hashtext(p.sku || c || s)) % 12 end,
  c = 'blue' and s = 'S'
from products p, unnest(array['blue', 'red']) c, unnest(array['S', 'M', 'L']) s
where p.boutique_id = current_setting('app.shop')::uuid;

insert into product_images (boutique_id, product_id, path)
select boutique_id, id, boutique_id::text || '/products/' || sku || '.jpg'
from products where boutique_id = current_setting('app.shop')::uuid;

insert into customers (boutique_id, phone, name)
select current_setting('app.shop')::uuid, '+2547' || lpad(g::text, 8, '0'), 'Customer ' || g
from generate_series(1, 50000) g;

insert into conversations
  (boutique_id, customer_id, provider, last_inbound_at, created_at, handed_off_at)
select boutique_id, id, 'meta', now() - random() * interval '300 days', now() - interval '301 days',
  case when random() < 0.002 then now() end
from customers where boutique_id = current_setting('app.shop')::uuid;

insert into messages (boutique_id, conversation_id, direction, author, body, provider, status)
select v.boutique_id, v.id, (array['in', 'out'])[1 + g % 2],
  (array['customer', 'assistant'])[1 + g % 2], 'hello there ' || g, 'meta',
  (case when g % 2 = 0 then 'received' else 'sent' end)::message_status
from conversations v, generate_series(1, 6) g
where v.boutique_id = current_setting('app.shop')::uuid;

insert into orders (boutique_id, number, customer_id, conversation_id, status, payment_status,
  fulfilment_status, currency, items_minor, address, created_at, paid_at)
select v.boutique_id, 'DK-' || lpad(to_hex(g), 6, '0'), v.customer_id, v.id,
  case when g % 10 = 0 then 'cancelled' else 'confirmed' end,
  case when g % 10 = 0 then 'failed' when g % 1000 = 1 then 'needs_review' else 'paid' end,
  case when g < 60 then 'unfulfilled' when g < 150 then 'dispatched' else 'delivered' end,
  'KES', 100000 + g, 'Kilimani', now() - g * interval '5 minutes',
  case when g % 10 <> 0 then now() - g * interval '5 minutes' end
from generate_series(1, 100000) g
join (select boutique_id, id, customer_id, row_number() over () as n from conversations
  where boutique_id = current_setting('app.shop')::uuid) v on v.n = 1 + g % 50000;

insert into order_items (boutique_id, order_id, product_id, variant_id, sku, name, category, colour,
  size, unit_price_minor, quantity)
select o.boutique_id, o.id, v.product_id, v.id, v.sku, 'Amani', 'dress', v.colour, v.size, 100000, 1
from (select boutique_id, id, row_number() over () as n from orders
  where boutique_id = current_setting('app.shop')::uuid) o
join (select *, row_number() over () as n from product_variants
  where boutique_id = current_setting('app.shop')::uuid) v on v.n = 1 + o.n % 30000;

insert into requests (boutique_id, customer_id, conversation_id, kind, words, status, done_at,
  created_at)
select boutique_id, customer_id, id, 'hold', 'till Friday',
  case when n % 100 = 0 then 'open' else 'done' end, case when n % 100 <> 0 then now() end,
  now() - n * interval '20 minutes'
from (select *, row_number() over () as n from conversations
  where boutique_id = current_setting('app.shop')::uuid limit 20000) of;

insert into customer_totals (boutique_id, customer_id, listed, name_key, found_by, known_since,
  orders, spent_minor, last_order_at)
select c.boutique_id, c.id, true, lower(c.name),
  private.words_of_customer(c.boutique_id, c.name, c.phone), c.created_at, count(o.id),
  coalesce(sum(o.total_minor), 0), coalesce(max(o.paid_at), to_timestamp(0))
from customers c left join orders o on o.boutique_id = c.boutique_id and o.customer_id = c.id
  and o.payment_status = 'paid'
where c.boutique_id = current_setting('app.shop')::uuid
group by c.boutique_id, c.id;
