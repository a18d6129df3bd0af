"""Makes ``auditor/data/hosts.tsv`` from the npm package third-party-web: who is behind a host, and its trade.

npm pack third-party-web && tar xzf third-party-web-*.tgz
python packaging/host_facts.py package/dist/entities.json > auditor/data/hosts.tsv
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

SOURCE = "third-party-web by Patrick Hulce (MIT, https://github.com/patrickhulce/third-party-web)"
HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*")


def facts(entities: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, ...]]:
    """(category, name, hosts) of every entity, sorted; a host stands for the hosts below it, too."""
    for entity in sorted(entities, key=lambda entity: (entity["category"], entity["name"].lower())):
        hosts = sorted({host.removeprefix("*.").lower() for host in entity["domains"]})
        hosts = [host for host in hosts if HOST.fullmatch(host)]
        if hosts:
            yield entity["category"], " ".join(entity["name"].split()), " ".join(hosts)


def main(path: Path) -> None:
    version = json.loads((path.parent.parent / "package.json").read_text("utf-8"))["version"]
    print(f"# Facts of {SOURCE}, version {version}, made by packaging/host_facts.py.")
    print("# category, company or product, hosts (each with all hosts below it); separated by tabs")
    for fact in facts(json.loads(path.read_text("utf-8"))):
        print("\t".join(fact))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
