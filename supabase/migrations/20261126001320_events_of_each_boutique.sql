-- A provider's event is kept once for each boutique. Unique across boutiques, the key told any of
-- them whether another had been sent the event of that name.
alter table public.webhook_events
  drop constraint webhook_events_provider_event_key_key,
  add constraint webhook_events_told_once
    unique nulls not distinct (boutique_id, provider, event_key);
