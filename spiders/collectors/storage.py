"""localStorage, sessionStorage, IndexedDB and the Cache API of every origin in the page, asked of the browser without running
a script."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from auditor.model import Cause, Phase, StorageItem
from auditor.spiders.collectors.times import Redactor
from auditor.spiders.collectors.wire import Wire, WireError, Wires
from auditor.spiders.collectors.writes import cause_record
from auditor.urls import masked

MAX_ITEMS = 2_000  # kept of one origin's area
MAX_ENTRIES = 10  # of an object store, looked at
MAX_CACHES = 20  # of one origin, and
MAX_CACHED = 200  # of the answers in each
Key = tuple[str, str]  # area, origin
Items = dict[Key, dict[str, str]]


class Storage:
    """Collector "storage". Events tell of frames that are gone before the snapshot; the snapshot tells of the others."""

    name = "storage"

    def __init__(self, wires: Wires) -> None:
        self._wires = wires
        self._items: Items = {}
        self._keys: dict[tuple[str, str], str] = {}  # frame's id and origin -> storage key
        wires.prepare(("page", "iframe"), "DOMStorage.enable")
        wires.on("DOMStorage.domStorageItemAdded", self._changed)
        wires.on("DOMStorage.domStorageItemUpdated", self._changed)
        wires.on("DOMStorage.domStorageItemRemoved", self._removed)
        wires.on("DOMStorage.domStorageItemsCleared", self._cleared)

    def begin(self) -> None:
        self._items.clear()

    def _changed(self, params: dict[str, Any], wire: Wire) -> None:
        items = self._items.setdefault(_key(params["storageId"]), {})
        if len(items) < MAX_ITEMS:
            items[params["key"]] = params["newValue"]

    def _removed(self, params: dict[str, Any], wire: Wire) -> None:
        self._items.get(_key(params["storageId"]), {}).pop(params["key"], None)

    def _cleared(self, params: dict[str, Any], wire: Wire) -> None:
        self._items.pop(_key(params["storageId"]), None)

    async def snapshot(self, *, caches: bool = False) -> Items:
        """All items by area and origin, values included, for this moment only.

        With ``caches`` those of the Cache API too: a key is the cache's name, a line feed and the address, its value the query.
        """
        cached: Items = {}
        for wire in self._wires.frames():
            keys = await self._storage_keys(wire)
            await asyncio.gather(*(self._read(wire, key) for key in keys))
            if caches:
                cached |= {("cacheStorage", _origin(key)): await _cached(wire, key) for key in keys}
        return {key: dict(items) for key, items in self._items.items()} | cached

    async def _storage_keys(self, wire: Wire) -> list[str]:
        tree = (await wire.send("Page.getFrameTree"))["frameTree"]
        keys: dict[str, None] = {}
        for frame in _frames(tree):
            try:
                found = await self._storage_key(wire, frame)
            except WireError:
                continue  # gone, or of no origin (a sandbox): then it has no storage
            if found.startswith(("http:", "https:")):
                keys[found] = None
        return list(keys)

    async def _storage_key(self, wire: Wire, frame: dict[str, Any]) -> str:
        """The storage key of a frame; it stays the same while the frame shows one origin."""
        name = frame["id"], frame["securityOrigin"]
        if name not in self._keys:
            found = (await wire.send("Storage.getStorageKey", frameId=frame["id"]))["storageKey"]
            if frame.get("parentId"):
                return found  # what is around it may change, and it will not last
            self._keys[name] = found
        return self._keys[name]

    async def _read(self, wire: Wire, storage_key: str) -> None:
        for local in (True, False):
            name = {"storageKey": storage_key, "isLocalStorage": local}
            entries = (await wire.send("DOMStorage.getDOMStorageItems", storageId=name))["entries"]
            self._items[_key(name)] = dict(entries[:MAX_ITEMS])
        names = (await wire.send("IndexedDB.requestDatabaseNames", storageKey=storage_key))["databaseNames"]
        stores: dict[str, str] = {}
        for name in names[:100]:
            found = await wire.send("IndexedDB.requestDatabase", storageKey=storage_key, databaseName=name)
            for store in found["databaseWithObjectStores"]["objectStores"]:
                stores[f"{name}/{store['name']}"] = await _entries(wire, storage_key, name, store["name"])
        self._items[("indexedDB", _origin(storage_key))] = stores


async def _entries(wire: Wire, storage_key: str, database: str, store: str) -> str:
    """The first entries of an object store as one text: what in them could tell browsers apart is what counts."""
    try:
        reply = await wire.send(
            "IndexedDB.requestData",
            storageKey=storage_key,
            databaseName=database,
            objectStoreName=store,
            skipCount=0,
            pageSize=MAX_ENTRIES,
        )
    except WireError:
        return ""  # deleted meanwhile; the store itself was there
    parts = [part for entry in reply["objectStoreDataEntries"] for part in (entry["key"], entry["value"])]
    return json.dumps([_seen(part) for part in parts]) if parts else ""


async def _cached(wire: Wire, storage_key: str) -> dict[str, str]:
    """What the Cache API keeps of an origin."""
    found: dict[str, str] = {}
    caches = (await wire.send("CacheStorage.requestCacheNames", storageKey=storage_key))["caches"]
    for cache in caches[:MAX_CACHES]:
        options = {"cacheId": cache["cacheId"], "skipCount": 0, "pageSize": MAX_CACHED}
        try:
            entries = (await wire.send("CacheStorage.requestEntries", **options))["cacheDataEntries"]
        except WireError:
            continue  # deleted meanwhile
        urls = [entry["requestURL"] for entry in entries]
        found |= {f"{cache['cacheName']}\n{url}": urlsplit(url).query for url in urls}
    return found


def _seen(part: dict[str, Any]) -> Any:
    """A value of the page as the browser shows it: plain values, and the first fields of objects."""
    if "objectId" not in part:
        return part.get("value")
    fields = part.get("preview", {}).get("properties", ())
    return {field["name"]: field.get("value") for field in fields}


def records(
    items: Items, phase: Phase, redactor: Redactor, causes: dict[tuple[str, str, str], tuple[str, int, int, str]]
) -> Iterator[StorageItem]:
    """A snapshot as records, with the scripts that wrote the items where they were seen to."""
    for (area, origin), entries in sorted(items.items()):
        for key, value in entries.items():
            cause = causes.get((area, origin, key))
            cache, line, url = key.rpartition("\n") if area == "cacheStorage" else ("", "", "")
            yield StorageItem(
                visit="",
                phase=phase,
                area=area,
                origin=origin,
                key=f"{masked(cache)}/{redactor.plain(url)}" if line else key,
                third_party=redactor.third_party(origin),
                value=redactor.shape(value),
                cause=cause_record(cause, redactor) if cause else Cause(),
            )


def _frames(tree: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield tree["frame"]
    for child in tree.get("childFrames", ()):
        yield from _frames(child)


def _key(storage: dict[str, Any]) -> Key:
    area = "localStorage" if storage["isLocalStorage"] else "sessionStorage"
    return area, _origin(storage.get("storageKey") or storage.get("securityOrigin", ""))


def _origin(storage_key: str) -> str:
    """The origin in a storage key, which may go on with the top-level site (``https://a.example/^0https://b.example``)."""
    parts = urlsplit(storage_key.partition("^")[0])
    return f"{parts.scheme}://{parts.netloc}"
