"""Stand-ins for Twilio, Meta, Daraja and PayLink, and the phone page, for demos and tests."""
