"""The foundations that every floor uses: thread pools for database work, and metrics."""
