"""Which tests show which statement of what a scheme must be able to do."""
