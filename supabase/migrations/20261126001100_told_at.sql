-- When a provider first said anything of a message on its way. `sent` alone is our own note that it
-- was taken: WhatsApp shows a list before the picture it speaks of when the picture is still being
-- fetched, so what follows a picture waits for this.
alter table public.messages add column told_at timestamptz;
