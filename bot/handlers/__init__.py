"""The outside world: a wing for each platform, the web server and the timers. They translate and decide nothing."""
