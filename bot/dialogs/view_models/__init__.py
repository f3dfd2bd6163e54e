"""What a screen shows, before it has words: records read for one viewer at one moment. A module per noun."""
