-- Whoever runs the installation sets boutiques up by command: the system's role, in one boutique.
grant execute on function private.current_boutique(), private.last_changed_by(text),
  private.my_boutiques(), private.owned_boutiques() to service_role;
