"""Runs every measurement of this package, or those named: ``python -m benchmarks crawl``."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import benchmarks

if __name__ == "__main__":
    known = [info.name for info in pkgutil.iter_modules(benchmarks.__path__) if not info.name.startswith("_")]
    for name in sys.argv[1:] or known:
        importlib.import_module(f"benchmarks.{name}").main()
