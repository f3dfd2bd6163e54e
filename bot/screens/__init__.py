"""What is looked at: one query per screen or card, (db, scheme, …, now) → a view model. Nothing is written here."""
