"""E-mail copies of a few messages."""
