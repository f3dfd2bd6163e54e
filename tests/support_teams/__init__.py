"""The stand-in for Teams, tried by itself: what it refuses, what it keeps, and what a person can do there."""
