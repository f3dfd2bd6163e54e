"""Tests of bot/lifecycle."""
