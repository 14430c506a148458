"""The embedded database's engine, as Django's settings name it: Django's own, but that it waits elsewhere."""
