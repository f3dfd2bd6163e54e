"""The bot is killed with SIGKILL at the worst moments; what it had acted on is neither lost nor done twice."""
