"""Static files in production: collected, bundled, hashed and compressed; and the scripts' translations."""
