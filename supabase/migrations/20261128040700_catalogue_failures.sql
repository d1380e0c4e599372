-- Batches that fail one after another are sent ever more rarely, and the owner sees what Meta said.
-- The WhatsApp account that shows the catalogue is kept, since a boutique may send from another one.
alter table public.meta_catalogues
  add column failures integer not null default 0,  -- batches that failed, since the last that did not
  add column next_push_at timestamptz,  -- null: at once
  add column waba_id text;  -- null: not known
update public.meta_catalogues m set waba_id = c.hints ->> 'waba_id'
from public.provider_credentials c
where c.boutique_id = m.boutique_id and c.provider = 'meta' and c.active and not c.shared;
