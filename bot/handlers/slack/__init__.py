"""All that knows Slack: what arrives from it, how things are drawn for it and how they are sent to it."""
