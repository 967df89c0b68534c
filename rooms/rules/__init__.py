"""Rules that decide and change nothing: who may do what, which nicknames and rates are allowed."""
