-- What a second look at the walls found missing.

-- The token in a callback's address is all that makes a callback worth money: whoever can read
-- it can report an order paid. Staff read every other column of their boutique's payments.
revoke select on public.payments from authenticated;
grant select (
  boutique_id, id, order_id, attempt, provider, phone, amount_minor, status,
  merchant_request_id, checkout_request_id, receipt, received_minor, result_code, result_text,
  review_reason, created_at, sent_at, resolved_at
) on public.payments to authenticated;

-- Ledgers are only added to, by the system too: a sale deleted could be sold a second time.
-- (What is erased together with its boutique or product goes by the owner's rights, not these.)
do $$
declare
  ledger text;
begin
  foreach ledger in array array['consents', 'stock_movements', 'audit_log'] loop
    execute format('revoke update, delete, truncate on public.%I from service_role', ledger);
    execute format(
      'create trigger %I before truncate on public.%I
         for each statement execute function private.forbid_change()',
      ledger || '_never_emptied', ledger);
  end loop;
end $$;

-- A picture lies in the folder of its own boutique, whoever writes the row.
alter table public.product_images
  add constraint product_images_own_folder check (path like boutique_id::text || '/%');
alter table public.messages
  add constraint messages_own_folder check (media_path like boutique_id::text || '/%');
