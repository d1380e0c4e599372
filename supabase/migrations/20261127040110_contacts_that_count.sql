-- A message that WhatsApp holds back because she gets too much marketing counts as one she got, so
-- that no other campaign follows at once: when its try was. Whatever ends the recipient later (a
-- cancel, a last refusal, the portfolio's limit) releases what came after it, never that.
alter table public.marketing_contacts add column kept_at timestamptz;
