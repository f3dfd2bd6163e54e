"""What leaves: the outbox is emptied here, through one sender for each platform."""
