-- Keys unique across boutiques are an oracle: an insert that is refused tells one boutique what
-- another holds, and a squatter's row keeps the other's out. M-Pesa's ids are guessable (a time
-- and a phone number). They are unique within a boutique; whoever looks one up from outside finds
-- at most one or believes none.
alter table public.payments drop constraint payments_callback_token_key;
alter table public.payments drop constraint payments_checkout_request_id_key;
alter table public.payments add unique (boutique_id, callback_token);
alter table public.payments add unique (boutique_id, checkout_request_id);
create index payments_callback_token on public.payments (callback_token);
create index payments_checkout_request_id on public.payments (checkout_request_id);
-- What was sent to a phone before: read for each prompt.
create index payments_phone on public.payments (boutique_id, phone, created_at desc);
