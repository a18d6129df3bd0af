"""Rules on the copyright notice that a shop's pages show."""
