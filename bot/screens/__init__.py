"""What is looked at: one query per screen or card, (db, scheme, …, now) → a picture. Nothing is written here."""
