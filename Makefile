.PHONY: setup
setup:
	test -x .venv/bin/auditor || { python3.11 -m venv .venv && .venv/bin/pip install -q -e '.[dev]'; }
