-- What the platform asks of each boutique: by an index each, however long its history.
create index messages_failed on public.messages (boutique_id, updated_at)
  where status = 'failed' and direction = 'out';
create index conversation_events_dead on public.conversation_events (boutique_id, created_at)
  where dead_letter;
create index payments_latest on public.payments (boutique_id, created_at);
create index message_templates_stopped on public.message_templates (boutique_id)
  where status in ('rejected', 'paused', 'disabled');
create index audit_log_by_platform on public.audit_log (boutique_id, id desc)
  where actor like 'platform:%';
