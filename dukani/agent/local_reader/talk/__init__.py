"""All that is no edit of the order: questions, payment, addresses, yes and no, commands."""
