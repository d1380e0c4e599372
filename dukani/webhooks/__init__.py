"""Inbound webhooks of Twilio, Meta, PayLink and Daraja: verify, store once, defer a job."""
