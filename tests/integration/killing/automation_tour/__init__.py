"""The parts of the tour of automations: a shop, who is in it, and what each chapter must leave."""
