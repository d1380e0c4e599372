"""`dukani chat`: the shopper's phone in a terminal, with photos, lists and M-Pesa prompts."""
