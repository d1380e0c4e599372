"""What the assistant (and a campaign) can do."""
