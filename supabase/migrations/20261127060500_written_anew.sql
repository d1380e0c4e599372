-- A line of a sale that was undone is free for what was written down anew.
do $$
declare
  was text := pg_get_functiondef('private.claim_statement_line()'::regprocedure);
  made text := replace(was, '  insert into public.statement_matches',
    '  delete from public.statement_matches m using public.statement_lines l, public.counter_sales s
  where l.boutique_id = new.boutique_id and l.receipt = known and l.kind = ''paid_in''
    and m.boutique_id = l.boutique_id and m.line_id = l.id and m.how <> ''reversal''
    and s.boutique_id = m.boutique_id and s.id = m.sale_id and s.undone_at is not null;
  insert into public.statement_matches');
begin
  if made = was then raise exception 'claim_statement_line is not as it was'; end if;
  execute made;
end $$;

alter table public.statement_matches
  drop constraint statement_matches_boutique_id_debt_payment_id_fkey,
  add foreign key (boutique_id, debt_payment_id) references public.debt_payments (boutique_id, id)
    on delete cascade;
