"""Forms that collect personal data."""
