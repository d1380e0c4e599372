-- What was said of a wearer's size is said of one of the customer's own.
alter table public.size_facts
  add foreign key (boutique_id, wearer_id) references public.wearers (boutique_id, id)
    on delete cascade;
create index size_facts_wearer on public.size_facts (boutique_id, wearer_id)
  where wearer_id is not null;
