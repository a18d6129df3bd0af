"""The kernel: records, the run's store, the view that rules get, configuration, stages and the command line."""

from importlib.metadata import version

__version__ = version("storefront-auditor")
