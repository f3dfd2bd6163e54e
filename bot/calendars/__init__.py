"""When people meet: times that suit both, and the calendars in which a session lands."""
