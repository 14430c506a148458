"""rights' pages."""
