"""The front door: settings, addresses, and only those pages that join rooms (the desk, the child's page)."""
