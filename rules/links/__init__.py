"""Rules on links to legal pages: that they are there, lead somewhere, and to something that can be read."""
