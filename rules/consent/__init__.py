"""Rules on consent: what is kept and sent before a choice and after a refusal, and the request for it."""
