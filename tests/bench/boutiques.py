"""Boutiques of any size, made by the database itself: names of many words, stock, pictures."""

from __future__ import annotations

from uuid import uuid4

import psycopg

MODEL = "bench"
CATEGORIES = (
    "dress", "blouse", "skirt", "trousers", "shirt", "jacket", "kaftan", "top", "shoes", "scarf",
)  # fmt: skip
_VALUES = {
    "categories": list(CATEGORIES),
    "colours": ["blue", "black", "red", "green", "white", "beige", "pink", "purple"],
    "patterns": ["plain", "plain", "floral", "ankara", "striped"],
    "occasions": ["office", "wedding", "church", "party"],
    "cloths": [
        "Linen", "Cotton", "Silk", "Chiffon", "Denim", "Satin", "Velvet", "Kitenge", "Crepe",
        "Jersey", "Lace", "Wool", "Tulle", "Corduroy", "Viscose", "Georgette", "Organza",
        "Poplin", "Twill", "Tweed",
    ],
    "cuts": [
        "Wrap", "Maxi", "Midi", "Pleated", "Flared", "Fitted", "Ruffled", "Belted", "Tiered",
        "Cropped", "Halter", "Peplum", "Shift", "Smocked", "Asymmetric", "Longline",
    ],
    "starts": [
        "Ama", "Zu", "Nia", "Ma", "Ka", "Sa", "Ne", "Wa", "Li", "Ta", "Ru", "Fa", "Ha", "Ju",
        "Ki", "La", "Mo", "Pa", "Ra", "Su",
    ],
    "middles": ["ni", "ri", "sha", "li", "mbe", "ko", "na", "tu", "za", "wi", "ndo", "ya"],
    "ends": ["ra", "ma", "na", "la", "ni", "so", "ka", "ri", "ti", "wa"],
}  # fmt: skip

# Every third variant or so is sold out, every fourth product wholly; a few are in other hands.
_ADD = """
insert into boutiques
  (id, slug, name, owner_name, owner_phone, whatsapp_provider, payment_provider, shop_info)
select b, 'bench-' || b, 'Bench', 'Amina', '+254711000000', 'twilio', 'daraja', '{}'
from unnest(%(boutiques)s::uuid[]) b;

insert into products (boutique_id, sku, name, category, pattern, embroidery, occasions,
  price_minor, description, created_at)
select b, 'P' || n,
  starts[1 + (7 * n) %% 20] || middles[1 + (n / 20) %% 12] || ends[1 + (n / 240) %% 10] || ' '
    || cloths[1 + (3 * n + n / 20) %% 20] || ' ' || cuts[1 + (5 * n + n / 16) %% 16] || ' '
    || initcap(category),
  category, patterns[1 + n %% 5], n %% 7 = 0, array[occasions[1 + n %% 4]],
  100000 + (n * 7919 %% 900) * 1000,
  'A ' || lower(cuts[1 + (11 * n) %% 16]) || ' ' || category || ' in soft '
    || lower(cloths[1 + n %% 20]) || ', made in Nairobi, lined and washable at thirty degrees',
  now() - n * interval '1 hour'
from unnest(%(boutiques)s::uuid[]) b,
  generate_series(1, %(pieces)s) n,
  lateral (select (%(categories)s::text[])[1 + (n + n / 10) %% 10] as category) k,
  (select %(starts)s::text[] as starts, %(middles)s::text[] as middles, %(ends)s::text[] as ends,
    %(cloths)s::text[] as cloths, %(cuts)s::text[] as cuts, %(patterns)s::text[] as patterns,
    %(occasions)s::text[] as occasions) w;

insert into product_variants (boutique_id, product_id, colour, size, sku, quantity)
select p.boutique_id, p.id, c.colour, s.size, p.sku || '/' || c.colour || '/' || s.size,
  case when n %% 4 = 0 or (n + s.o) %% 3 = 0 then 0 else 1 + n %% 5 end
from products p,
  lateral (select substr(p.sku, 2)::int as n) k,
  lateral (select distinct (%(colours)s::text[])[1 + (n * (1 + 2 * o) + o) %% 8] as colour
    from generate_series(0, 1) o) c,
  lateral (values ('S', 0), ('M', 1), ('L', 2)) s (size, o)
where p.boutique_id = any(%(boutiques)s::uuid[]);

insert into product_images (boutique_id, product_id, path)
select boutique_id, id, boutique_id || '/' || sku || '.jpg' from products
where boutique_id = any(%(boutiques)s::uuid[]);

create temporary table if not exists bench_vectors as
select n, (select array_agg(random() - 0.5) from generate_series(1, 512 + 0 * n))::vector as vector
from generate_series(0, 399) n;

-- Pieces of a kind look alike: one of two hundred pictures, with some of another in it.
insert into product_embeddings (boutique_id, image_id, model, vector)
select i.boutique_id, i.id, %(model)s, kind.vector + own.vector * (
  select array_fill(0.4, array[512])::vector)
from product_images i
join products p on p.boutique_id = i.boutique_id and p.id = i.product_id,
  lateral (select substr(p.sku, 2)::int as n) k
join bench_vectors kind on kind.n = k.n / 40 %% 200
join bench_vectors own on own.n = 200 + k.n %% 200
where i.boutique_id = any(%(boutiques)s::uuid[]);

-- Forty orders wait for their money, of two pieces each.
insert into customers (boutique_id, id, phone)
select b, b, '+254722000001' from unnest(%(boutiques)s::uuid[]) b;
insert into orders (boutique_id, number, customer_id, currency, items_minor, address)
select b, 'DK-' || n, b, 'KES', 450000, 'Kilimani'
from unnest(%(boutiques)s::uuid[]) b, generate_series(1, 40) n;
insert into stock_reservations (boutique_id, order_id, variant_id, quantity, expires_at)
select o.boutique_id, o.id, v.id, 1, now() + interval '10 minutes'
from orders o, lateral (
  select id from product_variants v
  where v.boutique_id = o.boutique_id and v.quantity > 0
    and v.sku like 'P' || (1 + 2 * substr(o.number, 4)::int) || '/%%' limit 2) v
where o.boutique_id = any(%(boutiques)s::uuid[]);
"""
_OTHERS_AT_ONCE = 100
PIECES_OF_OTHERS = 20


def add_shop(superuser: str, pieces: int) -> str:
    """The id of a new boutique with so many pieces, of six variants and one picture each."""
    boutique = str(uuid4())
    _add(superuser, [boutique], pieces)
    return boutique


def add_boutiques(superuser: str, count: int) -> None:
    """So many small boutiques more."""
    for begin in range(0, count, _OTHERS_AT_ONCE):
        several = min(_OTHERS_AT_ONCE, count - begin)
        _add(superuser, [str(uuid4()) for _ in range(several)], PIECES_OF_OTHERS)


def _add(superuser: str, boutiques: list[str], pieces: int) -> None:
    with psycopg.connect(superuser, cursor_factory=psycopg.ClientCursor) as conn:
        values = {**_VALUES, "boutiques": boutiques, "pieces": pieces, "model": MODEL}
        conn.execute(_ADD.encode(), values)
