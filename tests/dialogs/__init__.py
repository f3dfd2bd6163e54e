"""Tests of how things are said and drawn."""
