"""What laws beside the GDPR want a shop's legal texts to say, one rule an item: present, absent, or a person must look."""
