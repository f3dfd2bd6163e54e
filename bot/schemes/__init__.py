"""A scheme is data: what one mentoring scheme asks, allows and expects, read from one TOML file."""
