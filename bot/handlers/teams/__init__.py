"""All that knows Microsoft Teams."""
