"""Rules on the consent request itself: what it says, what it offers, what is ticked, and who can use it."""
