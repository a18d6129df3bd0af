"""Rules on the languages of a shop and of its legal texts."""
