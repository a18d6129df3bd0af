"""Rules on who says to operate the shop."""
