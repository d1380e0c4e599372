-- The owner says that an order was sent out or arrived, and the conversation's turn tells the
-- customer.
alter table public.conversation_events drop constraint conversation_events_kind_check;
alter table public.conversation_events add constraint conversation_events_kind_check
  check (kind in ('message', 'payment_result', 'staff_message', 'hand_back', 'timer', 'fulfilment'));
