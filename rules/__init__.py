"""The built-in rules: pure judgements on a run, one a file, in a folder a family."""
