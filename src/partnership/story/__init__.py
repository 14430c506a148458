"""The demonstration: five young people in Ellensford over thirty months, written by hand in `data/ellensford/`."""
