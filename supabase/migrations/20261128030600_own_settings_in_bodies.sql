-- Three functions that say what they change is nobody's did so by `set app.actor = ''` in their
-- definition. PostgreSQL lets a superuser alone attach a setting that no module defines, and on a
-- Supabase project there is none, so that their migrations were refused there. They set it in their
-- bodies now. The migrations that made them read the same, for a database that begins today.
create or replace function private.apply_low_stock(boutique uuid, product uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  actor text := coalesce(current_setting('app.actor', true), '');
  via text := coalesce(current_setting('app.via', true), '');
begin
  perform set_config('app.actor', '', true), set_config('app.via', '', true);
  perform from public.product_variants v
  where v.boutique_id = boutique and (product is null or v.product_id = product)
  order by v.id for no key update;
  update public.product_variants v set low_at = coalesce(p.low_stock_at, b.low_stock_at)
  from public.products p join public.boutiques b on b.id = p.boutique_id
  where v.boutique_id = boutique and (product is null or v.product_id = product)
    and p.boutique_id = v.boutique_id and p.id = v.product_id
    and v.low_at <> coalesce(p.low_stock_at, b.low_stock_at);
  perform set_config('app.actor', actor, true), set_config('app.via', via, true);
end $$;
create or replace function private.index_colour() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  actor text := coalesce(current_setting('app.actor', true), '');
  via text := coalesce(current_setting('app.via', true), '');
begin
  if tg_op = 'INSERT' and exists (
    select from public.product_variants v where v.boutique_id = new.boutique_id
      and v.product_id = new.product_id and v.colour = new.colour and v.id <> new.id
  ) then
    return null;
  end if;
  perform set_config('app.actor', '', true), set_config('app.via', '', true);
  update public.products set name = name
  where boutique_id = new.boutique_id and id = new.product_id;
  perform set_config('app.actor', actor, true), set_config('app.via', via, true);
  return null;
end $$;
create or replace function private.note_platform_pauses() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  actor text := coalesce(current_setting('app.actor', true), '');
  via text := coalesce(current_setting('app.via', true), '');
begin
  perform set_config('app.actor', '', true), set_config('app.via', '', true);
  update public.boutiques b set platform_pauses = (
    select coalesce(jsonb_object_agg(coalesce(p.provider, 'all'), p.paused_at), '{}')
    from public.platform_pauses p where p.boutique_id = new.boutique_id and p.ended_at is null)
  where b.id = new.boutique_id;
  perform set_config('app.actor', actor, true), set_config('app.via', via, true);
  return null;
end $$;
