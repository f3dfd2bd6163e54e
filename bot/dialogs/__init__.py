"""How it is said: view models become parts in the bot's own words, and parts become what a platform draws. Pure."""
