-- The walls: row level security on every table, rights granted by name.
-- The assistant (boutique_agent) sees the boutique set for its transaction; people
-- (authenticated) see the boutiques they are members of; the system (service_role) sees all.

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array[
    'boutique_members', 'provider_credentials', 'customers', 'consents', 'products',
    'product_variants', 'product_images', 'product_embeddings', 'conversations', 'messages',
    'conversation_events', 'webhook_events', 'carts', 'cart_items', 'orders', 'order_items',
    'payments', 'stock_reservations', 'stock_movements', 'audit_log'
  ] loop
    execute format('alter table public.%I enable row level security', tenant_table);
    execute format('revoke all on public.%I from anon, authenticated', tenant_table);
    execute format('grant select, insert, update, delete on public.%I to service_role', tenant_table);
    execute format(
      'create policy %I on public.%I for all to boutique_agent
         using (boutique_id = (select private.current_boutique()))
         with check (boutique_id = (select private.current_boutique()))',
      'The assistant works with its own boutique''s ' || replace(tenant_table, '_', ' '),
      tenant_table);
  end loop;

  -- Owners and staff read; what they may write comes with the dashboard's own rooms.
  foreach tenant_table in array array[
    'boutique_members', 'customers', 'consents', 'products', 'product_variants',
    'product_images', 'conversations', 'messages', 'carts', 'cart_items', 'orders',
    'order_items', 'payments', 'stock_reservations', 'stock_movements', 'audit_log'
  ] loop
    execute format('grant select on public.%I to authenticated', tenant_table);
    execute format(
      'create policy %I on public.%I for select to authenticated
         using (boutique_id in (select private.my_boutiques()))',
      'Members read their boutique''s ' || replace(tenant_table, '_', ' '), tenant_table);
  end loop;

  -- What the assistant may do, by table. Ledgers are only added to.
  foreach tenant_table in array array[
    'customers', 'products', 'product_variants', 'product_images', 'product_embeddings',
    'conversations', 'messages', 'conversation_events', 'webhook_events', 'carts', 'orders',
    'payments', 'stock_reservations'
  ] loop
    execute format('grant select, insert, update on public.%I to boutique_agent', tenant_table);
  end loop;
  foreach tenant_table in array array['consents', 'order_items', 'stock_movements', 'audit_log'] loop
    execute format('grant select, insert on public.%I to boutique_agent', tenant_table);
  end loop;
  grant select, insert, update, delete on public.cart_items to boutique_agent;
  grant select on public.provider_credentials to boutique_agent;
end $$;

-- Stock on hand is moved by the ledger's trigger alone.
revoke insert, update on public.product_variants from boutique_agent;
grant insert (boutique_id, id, product_id, colour, size, sku, price_minor),
  update (colour, size, sku, price_minor) on public.product_variants to boutique_agent;

alter table public.boutiques enable row level security;
revoke all on public.boutiques from anon, authenticated;
grant select, insert, update, delete on public.boutiques to service_role;
grant select on public.boutiques to boutique_agent, authenticated;
create policy "The assistant reads its own boutique" on public.boutiques
  for select to boutique_agent using (id = (select private.current_boutique()));
create policy "Members read their boutiques" on public.boutiques
  for select to authenticated using (id in (select private.my_boutiques()));

grant usage on all sequences in schema public to boutique_agent, service_role;
grant execute on function private.current_boutique() to boutique_agent, authenticated, service_role;
grant execute on function private.my_boutiques() to authenticated;
