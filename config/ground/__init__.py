"""The lowest floor of the project: every package may import it, and it imports none of them."""
