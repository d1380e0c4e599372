-- What finds an account by its token, and an agent's shopper, is no business of the log.
create or replace function private.audit_hides(_column text) returns boolean
language sql immutable set search_path = '' as $$
  select _column in (
    'secrets', 'digest', 'token_digest', 'callback_token', 'callback_digest', 'shopper_digest', 'begins_with', 'endpoint', 'p256dh', 'auth',
    'phone', 'owner_phone', 'buyer_phone', 'buyer_name', 'shown_number', 'wa_user_id', 'identity',
    'recipient', 'words', 'body', 'payload', 'perceived', 'understanding', 'details',
    'request', 'answer', 'taken_back_reason')
$$;

