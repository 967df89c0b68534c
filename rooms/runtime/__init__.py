"""What every floor of the app runs on: thread pools for database work, and counters."""
