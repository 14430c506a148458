"""Plain rules of respond: which choices there are, what stands open, by when, and who may answer it."""
