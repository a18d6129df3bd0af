"""Measurements of what an audit costs, as ratios to the bare work beneath it: `make bench`."""
