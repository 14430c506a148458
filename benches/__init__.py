"""Whatever measures, or compares with truth. The only place that may use both packages. Run: `make bench WHAT=flow`."""
