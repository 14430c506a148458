"""Commands of recognise."""
