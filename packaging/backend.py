"""The build backend: setuptools, which first brings autoconsent's files into the tree."""

from setuptools.build_meta import *  # noqa: F403
