"""The build backend: setuptools, which first brings autoconsent's files into the tree (PEP 517, PEP 660)."""

import shutil
import sys
import warnings

import autoconsent
from setuptools import build_meta

prepare_metadata_for_build_wheel = build_meta.prepare_metadata_for_build_wheel
prepare_metadata_for_build_editable = build_meta.prepare_metadata_for_build_editable


def get_requires_for_build_wheel(config_settings=None):
    return [*build_meta.get_requires_for_build_wheel(config_settings), *autoconsent.requirements()]


def get_requires_for_build_editable(config_settings=None):
    return [*build_meta.get_requires_for_build_editable(config_settings), *autoconsent.requirements()]


def get_requires_for_build_sdist(config_settings=None):
    return [*build_meta.get_requires_for_build_sdist(config_settings), *autoconsent.requirements()]


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    _prepare()
    return build_meta.build_wheel(wheel_directory, config_settings, metadata_directory)


def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    _prepare()
    # It says that a folder of the same name may shadow the package: ours is the package.
    warnings.filterwarnings("ignore", "Editable installation")
    return build_meta.build_editable(wheel_directory, config_settings, metadata_directory)


def build_sdist(sdist_directory, config_settings=None):
    _prepare()
    return build_meta.build_sdist(sdist_directory, config_settings)


def _prepare():
    # Setuptools collects a wheel in build/lib and never removes what has left the sources.
    shutil.rmtree("build/lib", ignore_errors=True)
    try:
        autoconsent.ensure()
    except autoconsent.Unavailable as error:
        # No traceback: the front end shows what the backend prints.
        sys.exit(f"storefront-auditor: {error}")
