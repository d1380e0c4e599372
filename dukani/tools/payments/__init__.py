"""An order's money: asking for it, hearing what became of it, and doing what that means."""
