"""Pure rules of linkage: what was said, normalised; what two statements share, weighed; which may be one."""
