"""User simulation: generated shoppers who change their minds (`dukani eval shoppers`)."""
