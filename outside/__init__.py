"""What lies beyond Slack: addresses that the operator names, and how they are reached."""
