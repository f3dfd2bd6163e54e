"""What arrives: deliveries from Slack and ticks of the clock, translated into clicks; nothing is decided here."""
