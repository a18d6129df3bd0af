"""Where the packages of the distribution are: one import name, `auditor`, gathered from four folders.

Walked on disk, so that a new folder needs no entry anywhere. A wheel with a top-level package `rules` would
break every shop that uses django-rules.
"""

from setuptools import find_namespace_packages, setup

FOLDERS = {
    "auditor": "auditor",
    "auditor.spiders": "spiders",
    "auditor.rules": "rules",
    "auditor.reports": "reports",
}
NOT_PACKAGES = ["__pycache__", "*.__pycache__"]


def packages() -> list[str]:
    """The dotted names of every package; a folder that holds only data counts, for its files come along."""
    inner = (
        f"{package}.{name}"
        for package, folder in FOLDERS.items()
        for name in find_namespace_packages(folder, exclude=NOT_PACKAGES)
    )
    return [*FOLDERS, *inner]


setup(packages=packages(), package_dir=FOLDERS)
