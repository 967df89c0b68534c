"""What the Unicode Standard says about characters beyond the standard library: what is invisible, what looks alike."""
