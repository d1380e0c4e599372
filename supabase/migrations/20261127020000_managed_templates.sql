-- A boutique's own message templates beside those of `domain/templates.py`: drafts that its owner
-- writes, and what the provider says of every one: category, quality, a reason, a category to come.
alter table public.message_templates
  add column id uuid not null default gen_random_uuid(),
  add column locale text check (locale ~ '^[a-z]{2}(_[A-Z]{2})?$'),  -- null: the language itself
  add column category text not null default 'utility'
    check (category in ('utility', 'marketing', 'authentication')),
  add column form jsonb,  -- as `domain/template_forms.py` has it; null: one of the code's
  add column quality text check (quality in ('green', 'yellow', 'red')),
  add column reason text check (length(reason) <= 500),  -- why it is rejected, paused or disabled
  add column provider_id text,  -- Meta's id of the template
  add column media_base text,  -- Twilio: what stands before the header picture's variable
  add column next_category text check (next_category in ('utility', 'marketing', 'authentication')),
  add column category_changes_at timestamptz,
  add column submitted_at timestamptz,
  add column updated_at timestamptz not null default now(),
  add constraint message_templates_id unique (boutique_id, id),
  drop constraint message_templates_status_check,
  add constraint message_templates_status_check
    check (status in ('draft', 'pending', 'approved', 'rejected', 'paused', 'disabled')),
  add constraint message_templates_drafts_have_a_form check (status <> 'draft' or form is not null),
  alter column status set default 'draft';
create index message_templates_of_provider on public.message_templates (provider_id)
  where provider_id is not null;
create trigger message_templates_touch before update on public.message_templates
  for each row execute function private.touch();
create trigger message_templates_audit after insert or update or delete
  on public.message_templates for each row
  when (current_setting('app.actor', true) <> '')
  execute function private.audit_member();

-- Owners write drafts, and again what was rejected; what a provider has, only we change.
grant insert (boutique_id, provider, name, language, category, form),
  update (name, language, category, form), delete
  on public.message_templates to boutique_owner;
create policy "Owners draft their boutique's message templates" on public.message_templates
  for insert to boutique_owner
  with check (boutique_id in (select private.owned_boutiques()) and status = 'draft');
create policy "Owners rewrite drafts and what was rejected" on public.message_templates
  for update to boutique_owner
  using (boutique_id in (select private.owned_boutiques()) and form is not null
    and status in ('draft', 'rejected'));
create policy "Owners remove drafts" on public.message_templates
  for delete to boutique_owner
  using (boutique_id in (select private.owned_boutiques()) and status = 'draft');
