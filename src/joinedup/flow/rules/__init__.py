"""Plain rules of flow: how a published case review becomes the notices its agencies might have sent."""
