"""``make bench``: time, memory and artefacts on this machine. Tests look at none of the times."""
