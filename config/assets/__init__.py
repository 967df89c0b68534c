"""Static files as they are served: collected, bundled, hashed and compressed."""
