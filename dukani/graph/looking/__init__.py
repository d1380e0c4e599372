"""What is looked for: wishes, lists, prices and stock."""
