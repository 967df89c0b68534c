"""Every input that takes text from outside refuses a megabyte of it before the text is worked on.

An input is a row of INPUTS (requests), HANDSHAKES or FRAMES (sockets): who sends it, where the text is put, and which
text is worst for the code behind. Every function that costs more than one pass over a text (COSTLY) is watched and must
never see a long one. Each input is fed a megabyte, and as much as passes the limits on whole requests.
"""
