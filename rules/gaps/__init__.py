"""Places in legal pages where a value should stand and does not: blanks, template marks, placeholders, dummies."""
