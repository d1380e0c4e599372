-- A vector of 512 numbers is a little too long to stay in its row by itself, and a search, which reads
-- every vector of a boutique, fetched each from elsewhere in two pieces: 2.2 times as long for 1,000
-- pictures. Three rows fill a page now, as much disk as before.
alter table public.product_embeddings alter column vector set storage plain;
update public.product_embeddings set vector = vector::real[]::vector;
