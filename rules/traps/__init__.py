"""Clauses of legal texts that undo the protection which the law gives: they take away, keep open or blame on others."""
