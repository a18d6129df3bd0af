"""The built-in report formats: pure readings of a judged run, one a file."""
