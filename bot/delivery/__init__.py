"""What leaves: the outbox is emptied here, one courier for each way out."""
