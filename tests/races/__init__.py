"""Two processes act on the same thing at the same moment: one of them wins, and only one story is told."""
