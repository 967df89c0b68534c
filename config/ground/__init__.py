"""Ground floor of the project: anything may import it, and it imports nothing of ours."""
