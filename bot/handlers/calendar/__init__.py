"""People's calendars: what is put into them, what comes back, what they fetch, and whether they let the bot in."""
