"""What is done: one verb, one function, one transaction, no platform. See `dispatcher` and the list in `verbs`."""
