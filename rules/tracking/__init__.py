"""Rules on what third parties learn before consent: embedded content, fingerprints, identifiers; and on trackers called necessary."""
