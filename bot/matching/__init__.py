"""Who suits whom: candidates in, ranked mentors with their reasons out. Pure."""
