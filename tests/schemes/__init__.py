"""Tests of bot/schemes."""
