-- What is too old is found by these, the oldest first (`core/store/retention.py`).
create index automation_clicks_time on public.automation_clicks (opened_at);
create index automation_enrolments_over on public.automation_enrolments (ended_at)
  where ended_at is not null;
create index window_carts_time on public.window_carts (changed_at);
create index stock_waits_time on public.stock_waits (created_at);
