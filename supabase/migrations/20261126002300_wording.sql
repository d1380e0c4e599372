-- What a queued reply conveys, while its template's words may still be worded anew before it is
-- sent: {"facts": […], "voice": {…}}. Null: its words are final.
alter table public.messages add column wording jsonb;
