"""Servers that media passes through: STUN and TURN."""
