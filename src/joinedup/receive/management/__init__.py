"""Commands of receive."""
