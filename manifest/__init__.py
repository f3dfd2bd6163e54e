"""What each platform is told of the bot when it is installed there."""
