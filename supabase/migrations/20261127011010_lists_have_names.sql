-- A file that comes again belongs to the list of its name.
create unique index audience_lists_name on public.audience_lists (boutique_id, name);
