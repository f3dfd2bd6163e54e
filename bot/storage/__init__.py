"""What is kept: the database, its tables and one module per noun. They run inside the caller's transaction."""
