"""The bot's words, one module per noun. Brief, warm and exact: what happened, what comes next, by when."""
