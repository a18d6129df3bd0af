"""A generated shop of any size, served by a process of its own: ``python bigshop.py --products 5000``.

It prints its address and serves until its standard input is closed. Every page weighs about 31 kB and has about a hundred
links, as pages of real shops do. All products are reached by the categories' pages, a few legal pages from every footer.
"""

from __future__ import annotations

import argparse
import asyncio
import sys

PER_PAGE = 24
CATEGORIES = 20
LEGAL = {"privacy": "Privacy policy", "terms": "Terms and conditions", "imprint": "Imprint", "returns": "Returns"}
LOREM = "Sturdy things for the desk, made of oak and brass, sent in paper and meant to be mended when they break. "


class BigShop:
    """Bodies by path."""

    def __init__(self, products: int) -> None:
        self.products = products
        self._head = "".join(
            f'<li class="menu-item"><a href="/category/{i}">Category {i}</a></li>' for i in range(CATEGORIES)
        )
        legal = "".join(f'<li><a href="/{path}">{name}</a></li>' for path, name in LEGAL.items())
        more = "".join(f'<li><a href="/blog/post-{i}">Post {i}</a></li>' for i in range(10))
        self._foot = f"<ul>{legal}</ul><ul>{more}</ul><p>© 2026 Big Shop Ltd. All rights reserved.</p>"

    def paths(self) -> set[str]:
        """Every page that a crawl can reach from the start page."""
        found = {"/", *(f"/{path}" for path in LEGAL), *(f"/blog/post-{i}" for i in range(10))}
        found |= {f"/product/thing-{number}" for number in range(self.products)}
        for category in range(CATEGORIES):
            found |= {self._listing(category, page) for page in range(1, self._pages(category) + 1)}
        return found

    def body(self, path: str) -> str | None:
        """The page at a path; None when there is none."""
        kind, _, rest = path.strip("/").partition("/")
        if path == "/":
            return self._page("home", "Big Shop", self._cards(range(min(30, self.products))))
        if kind in LEGAL and not rest:
            return self._page("page", LEGAL[kind], f"<p>{LOREM * 40}</p>")
        if kind == "blog" and rest:
            return self._page("post", rest, f'<article class="post"><p>{LOREM * 60}</p></article>')
        if kind == "product" and rest[6:].isdigit() and int(rest[6:]) < self.products:
            return self._product(int(rest[6:]))
        if kind == "category":
            return self._category(rest)
        return None

    def _product(self, number: int) -> str:
        offer = '<span class="badge">Sale</span>' if number % 5 == 0 else ""
        reviews = "".join(f'<li class="review">Good {i}</li>' for i in range(number % 4))
        related = [(number * 7 + step * 31) % self.products for step in range(1, 67)]
        main = (
            f'<div class="gallery"><img src="/img/{number}.jpg" alt=""></div>{offer}<p class="price">{number % 90 + 5}.00 €</p>'
            f'<form class="buy" method="post" action="/cart/add"><input type="hidden" name="id" value="{number}"><button>Add</button></form>'
            f'<div class="description"><p>{LOREM * 70}</p></div><ul class="reviews">{reviews}</ul>{self._cards(related)}'
            f'<script>var product = {{"id": {number}, "name": "Thing {number}"}}; show(product)</script>'
        )
        return self._page("product", f"Thing {number}", main)

    def _pages(self, category: int) -> int:
        return max(1, -(-len(range(category, self.products, CATEGORIES)) // PER_PAGE))

    def _listing(self, category: int, page: int) -> str:
        return f"/category/{category}" if page == 1 else f"/category/{category}/page/{page}"

    def _category(self, rest: str) -> str | None:
        name, _, page = rest.partition("/page/")
        if not name.isdigit() or int(name) >= CATEGORIES or not (page or "1").isdigit():
            return None
        category, number = int(name), int(page or 1)
        members = range(category, self.products, CATEGORIES)[(number - 1) * PER_PAGE : number * PER_PAGE]
        turn = "".join(
            f'<a class="turn" href="{self._listing(category, other)}">{other}</a>'
            for other in (number - 1, number + 1)
            if 1 <= other <= self._pages(category)
        )
        return self._page(
            "listing", f"Category {category}", f"{self._cards(members)}<div>{turn}</div><p>{LOREM * 80}</p>"
        )

    def _cards(self, numbers) -> str:
        cards = "".join(
            f'<li class="card"><a class="card-link" href="/product/thing-{n}"><img src="/img/{n}.jpg" alt="Thing {n}">'
            f'<span class="name">Thing {n}</span></a><span class="price">{n % 90 + 5}.00 €</span></li>'
            for n in numbers
        )
        return f'<ul class="cards">{cards}</ul>'

    def _page(self, kind: str, title: str, main: str) -> str:
        return (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | Big Shop</title>'
            f'<script src="/app.js"></script></head><body class="{kind}"><header class="top"><a href="/">Big Shop</a>'
            f'<nav><ul>{self._head}</ul></nav></header><main class="{kind}-main"><h1>{title}</h1>{main}</main>'
            f'<aside class="side">{LOREM * 60}</aside><footer class="foot">{self._foot}</footer></body></html>'
        )


async def serve(shop: BigShop) -> None:
    """Answer requests, as cheaply as can be, until standard input is closed."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await reader.readuntil(b"\r\n\r\n"):
                body = shop.body(request.split(b" ", 2)[1].decode())
                status = "200 OK" if body else "404 Not Found"
                data = (body or "no such page").encode()
                head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(data)}\r\n\r\n"
                writer.write(head.encode() + data)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=5000)
    asyncio.run(serve(BigShop(parser.parse_args().products)))
