"""Rules on cookies themselves: how long they are asked to stay, how they are protected, and whose they really are."""
