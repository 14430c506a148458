"""Pages: report a concern (signed in, or by a provider's link), tell us, worried, and the quarantine."""
