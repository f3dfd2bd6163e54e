"""What the tests of several floors share."""
