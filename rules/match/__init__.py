"""What the legal texts say against what the visits saw."""
