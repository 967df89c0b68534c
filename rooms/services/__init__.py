"""Every durable write, one module per noun. Synchronous; writes that change a live call return or announce events."""
