-- Prompts are not a weapon: a phone gets at most ten a day, of all boutiques together.
--
-- The table is nobody's but the function's, and phones are in it as digests. The function says yes
-- or no and never a number, so that one boutique learns nothing of another but that a phone has
-- had enough for today.

create table private.prompt_counts (
  on_day date not null,  -- Nairobi's
  phone_digest bytea not null,
  prompts smallint not null,
  primary key (on_day, phone_digest)
);
alter table private.prompt_counts enable row level security;
revoke all on private.prompt_counts from public;

create function private.count_prompt(phone text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  today date := (now() at time zone 'Africa/Nairobi')::date;
  counted boolean;
begin
  delete from private.prompt_counts where on_day < today - 1;
  insert into private.prompt_counts as c (on_day, phone_digest, prompts)
  values (today, sha256(convert_to(phone, 'utf8')), 1)
  on conflict (on_day, phone_digest) do update set prompts = c.prompts + 1
    where c.prompts < 10
  returning true into counted;
  return coalesce(counted, false);
end $$;
revoke all on function private.count_prompt(text) from public, anon, authenticated;
grant execute on function private.count_prompt(text) to boutique_agent, service_role;
