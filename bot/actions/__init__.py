"""What is done: one verb, one function, one transaction. No platform; `desk` is the reception, `verbs` the list."""
