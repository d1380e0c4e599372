"""Money after an order is placed: prompts, results, claims, and the time pieces are held."""
