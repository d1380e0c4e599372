"""Settings, errors, database, queue, money and phone numbers: imports no other package of ours."""
