"""The demo: what stands in it when it begins, its clock, and its command."""
