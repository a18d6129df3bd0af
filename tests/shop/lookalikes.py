"""Small shops in the manner of common shop programs: their addresses, traps and markup, in our own writing.

Each is a function from a request to an answer, and says which template of its program made a page (``made_by``).
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable
from itertools import product
from urllib.parse import parse_qs, urlsplit

from shopserver import Answer, Asked

Body = tuple[str, str]  # template, HTML
COLOURS = ("oak", "brass", "linen", "paper")


def _link(href: str, text: str, classes: str = "", rel: str = "") -> str:
    more = (f' class="{classes}"' if classes else "") + (f' rel="{rel}"' if rel else "")
    return f'<a href="{html.escape(href)}"{more}>{text}</a>'


class Lookalike:
    """A shop by ``page(path, query) -> (template, HTML)``; None = 404."""

    def __init__(self) -> None:
        self.changed: list[str] = []  # requests that would have changed something

    def __call__(self, asked: Asked) -> Answer | str:
        parts = urlsplit(asked.target)
        query = {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        if self.changes(parts.path, query):
            self.changed.append(asked.target)
        made = self.page(parts.path, query)
        return Answer("", 404) if made is None else made[1]

    def made_by(self, target: str) -> str:
        parts = urlsplit(target)
        query = {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        return self.page(parts.path, query)[0]

    def changes(self, path: str, query: dict[str, str]) -> bool:
        raise NotImplementedError

    def page(self, path: str, query: dict[str, str]) -> Body | None:
        raise NotImplementedError


class Woo(Lookalike):
    """Paths with a slash at the end, add-to-cart links on every card, filters in the query, a blog."""

    products, categories = 30, 3

    def changes(self, path, query):
        return bool(query.keys() & {"add-to-cart", "remove_item", "add_to_wishlist", "_wpnonce"}) or "logout" in path

    def page(self, path, query):
        kind, _, rest = path.strip("/").partition("/")
        if path == "/":
            return "home", self._frame(
                "home blog", self._loop(range(6)) + '<section class="hero"><h2>Hello</h2></section>'
            )
        if kind == "product" and rest.partition("-")[2].isdigit():
            return self._product(int(rest.partition("-")[2]))
        if kind in ("shop", "product-category"):
            return self._archive(path, query)
        if kind == "blog" and rest:
            comments = "".join(
                f'<li class="comment even">Nice {_link(f"?replytocom={i}", "Reply", rel="nofollow")}</li>'
                for i in range(len(rest) % 3)
            )
            body = f'<article class="post type-post hentry"><header class="entry-header"><h1 class="entry-title">{rest}</h1></header><div class="entry-content"><p>Text</p></div><ol class="comment-list">{comments}</ol></article>'
            return "post", self._frame("single single-post", body)
        if kind == "blog":
            body = "".join(
                f'<article class="post hentry">{_link(f"/blog/how-to-delete-cookies-{i}/", f"Post {i}")}</article>'
                for i in range(5)
            )
            return "blog", self._frame("blog archive", body)
        if kind in ("privacy-policy", "terms", "about", "refund_returns"):
            inner = "<p>Text</p>" * len(kind) + ("<h2>More</h2><ul><li>Item</li></ul>" if kind != "about" else "")
            return "page", self._frame(
                "page page-template-default",
                f'<article class="page type-page"><h1 class="entry-title">{kind}</h1><div class="entry-content">{inner}</div></article>',
            )
        if kind in ("cart", "my-account", "checkout"):
            return kind, self._frame(
                f"page woocommerce-{kind}",
                f'<article class="page type-page"><h1 class="entry-title">{kind}</h1><div class="woocommerce"><form class="woocommerce-{kind}-form" method="post"><table class="shop_table {kind}"></table><div class="{kind}-collaterals"></div><p class="{kind}-notice"></p><div class="{kind}-actions"></div></form></div></article>',
            )
        return None

    def _product(self, number):
        sale = '<span class="onsale">Sale!</span>' if number % 4 == 0 else ""
        stock = (
            '<p class="stock out-of-stock">Gone</p>'
            if number % 7 == 0
            else '<form class="cart" method="post"><div class="quantity"><input name="quantity"></div><button name="add-to-cart" class="single_add_to_cart_button button alt">Add to cart</button></form>'
        )
        tabs = '<div class="woocommerce-tabs"><ul class="tabs wc-tabs"><li class="description_tab"><a href="#tab-description">Description</a></li></ul><div class="woocommerce-Tabs-panel"><p>Text</p></div></div>'
        reviews = (
            '<div id="reviews" class="woocommerce-Reviews"><ol class="commentlist"><li class="review"><div class="star-rating"></div></li></ol></div>'
            if number % 3
            else ""
        )
        related = f'<section class="related products">{self._loop(range(number % 5))}</section>' if number % 5 else ""
        body = f'<div class="product type-product post-{number}"><div class="woocommerce-product-gallery"><img src="/i/{number}.jpg"></div><div class="summary entry-summary"><h1 class="product_title entry-title">Thing {number}</h1><p class="price">{sale}5 €</p>{stock}<div class="product_meta">{_link("/product-category/cat-1/", "Cat")}</div></div>{tabs}{reviews}{related}</div>'
        return "product", self._frame(f"single-product postid-{number}", body)

    def _archive(self, path, query):
        numbers = range(self.products)[int(query.get("paged", 1)) % 3 :: 3]
        filters = "".join(
            _link(f"{path}?{_query({**query, name: value})}", value, rel="nofollow")
            for name, value in product(("filter_color", "filter_size", "orderby"), COLOURS)
        )
        turn = "".join(f"{_link(f'{path}?paged={i}', str(i), 'page-numbers')}" for i in (2, 3))
        body = f'<header class="woocommerce-products-header"><h1 class="page-title">Shop</h1></header><form class="woocommerce-ordering"><select name="orderby"></select></form>{self._loop(numbers)}<nav class="woocommerce-pagination">{turn}</nav><div class="widget_layered_nav">{filters}</div>'
        return "archive", self._frame("archive tax-product_cat", body)

    def _loop(self, numbers):
        cards = "".join(
            f'<li class="product type-product post-{n}">{_link(f"/product/thing-{n}/", f"Thing {n}", "woocommerce-LoopProduct-link")}'
            f"{_link(f'?add-to-cart={n}', 'Add to cart', 'button add_to_cart_button ajax_add_to_cart', 'nofollow')}"
            f"{_link(f'?add_to_wishlist={n}', 'Wish')}</li>"
            for n in numbers
        )
        return f'<ul class="products columns-4">{cards}</ul>'

    def _frame(self, body_class, content):
        menu = "".join(_link(f"/product-category/cat-{i}/", f"Cat {i}") for i in range(self.categories))
        pages = (
            _link("/shop/", "Shop")
            + _link("/blog/", "Blog")
            + _link("/cart/", "Cart")
            + _link("/my-account/", "Account")
            + _link("/checkout/", "Checkout")
            + _link("/my-account/customer-logout/?_wpnonce=1f", "Log out")
        )
        legal = "".join(_link(f"/{name}/", name) for name in ("privacy-policy", "terms", "about", "refund_returns"))
        return f'<!doctype html><html lang="en"><head><title>x</title></head><body class="{body_class} woocommerce"><header id="masthead" class="site-header"><nav>{menu}{pages}</nav></header><div id="content" class="site-content"><main id="main" class="site-main">{content}</main></div><footer class="site-footer">{legal}<p>© 2026 Woo-like</p></footer></body></html>'


class OpenCart(Lookalike):
    """Everything is ``index.php?route=…``; one product has five addresses; wish lists and comparisons by GET."""

    products, categories = 24, 4

    def changes(self, path, query):
        route = query.get("route", "")
        return "remove" in query or route.endswith(("/add", "/logout", ".add", "/currency", "/language"))

    def page(self, path, query):
        route = query.get("route", "common/home")
        if path not in ("/", "/index.php"):
            return None
        if (
            route == "product/product"
            and query.get("product_id", "").isdigit()
            and int(query["product_id"]) < self.products
        ):
            return self._product(int(query["product_id"]))
        if route in ("product/category", "product/manufacturer/info", "product/search", "product/special"):
            return self._listing(route, query)
        if route == "information/information":
            return "information", self._frame(
                "information-information", f"<h1>Information {query.get('information_id')}</h1><p>Text</p><p>More</p>"
            )
        if route == "common/home":
            return "home", self._frame(
                "common-home",
                '<div class="swiper-viewport"><div class="slideshow"></div></div>' + self._cards(range(4), ""),
            )
        if route in ("account/login", "checkout/cart", "information/contact"):
            name = route.replace("/", "-")
            return route, self._frame(
                name,
                f'<h1>{name}</h1><form class="form-horizontal {name}" method="post"><fieldset class="{name}-set"><legend>x</legend></fieldset></form><div class="{name}-well"><div class="{name}-inner"></div></div>',
            )
        return None

    def _product(self, number):
        options = "".join(
            f'<div class="form-group required"><label class="control-label">Option {i}</label><select name="option[{i}]" class="form-control"></select></div>'
            for i in range(number % 3)
        )
        body = f'<div class="row"><div class="col-sm-8"><ul class="thumbnails"><li><a class="thumbnail" href="/image/{number}.jpg"><img src="/image/{number}.jpg"></a></li></ul><ul class="nav nav-tabs"><li><a href="#tab-description">Description</a></li></ul><div class="tab-content"><div class="tab-pane" id="tab-description"><p>Text</p></div></div></div><div class="col-sm-4"><h1>Thing {number}</h1><ul class="list-unstyled"><li>Brand: {_link("/index.php?route=product/manufacturer/info&manufacturer_id=5", "Brand")}</li></ul><div id="product">{options}<div class="form-group"><input name="quantity" class="form-control"><button id="button-cart" class="btn btn-primary btn-lg btn-block">Add to Cart</button></div></div></div></div>'
        canonical = f'<link rel="canonical" href="/index.php?route=product/product&amp;product_id={number}">'
        return "product", self._frame("product-product", body + self._cards(range(number % 3), ""), canonical)

    def _listing(self, route, query):
        path = "".join(
            f"&{name}={value}" for name, value in query.items() if name in ("path", "manufacturer_id", "search")
        )
        base = f"/index.php?route={route}{path}"
        sorts = "".join(
            _link(f"{base}&sort={s}&order={o}&limit={n}", f"{s} {o} {n}")
            for s, o, n in product(("p.price", "pd.name", "rating"), ("ASC", "DESC"), (15, 25, 50))
        )
        body = f'<h1>Listing</h1><div class="row"><div class="col-md-4"><div class="btn-group btn-group-sm"><button id="list-view" class="btn btn-default"></button></div></div><div class="col-md-3"><div class="input-group input-group-sm">{sorts}</div></div></div>'
        return "listing", self._frame(route.replace("/", "-"), body + self._cards(range(self.products), path))

    def _cards(self, numbers, way):
        cards = "".join(
            f'<div class="product-layout"><div class="product-thumb"><div class="image">{_link(f"/index.php?route=product/product{way}&product_id={n}", f"Thing {n}")}</div>'
            f'<div class="button-group">{_link(f"/index.php?route=account/wishlist/add&product_id={n}", "Wish")}{_link(f"/index.php?route=product/compare/add&product_id={n}", "Compare")}</div></div></div>'
            for n in numbers
        )
        return f'<div class="row">{cards}</div>' if cards else ""

    def _frame(self, body_class, content, head=""):
        menu = "".join(
            _link(f"/index.php?route=product/category&path={20 + i}", f"Cat {i}") for i in range(self.categories)
        )
        top = (
            _link("/index.php?route=common/currency/currency&code=EUR", "EUR")
            + _link("/index.php?route=account/logout", "Logout")
            + _link("/index.php?route=checkout/cart", "Cart")
            + _link("/index.php?route=account/login", "Login")
            + _link("/index.php?route=product/search&search=oak", "Search oak")
            + _link("/index.php?route=product/special", "Specials")
        )
        legal = "".join(
            _link(f"/index.php?route=information/information&information_id={i}", text)
            for i, text in ((3, "Privacy Policy"), (5, "Terms &amp; Conditions"), (4, "About Us"))
        ) + _link("/index.php?route=information/contact", "Contact")
        return f'<!doctype html><html lang="en"><head><title>x</title>{head}</head><body class="{body_class}"><nav id="top">{top}</nav><header><div class="container">{_link("/index.php?route=common/home", "Shop")}</div></header><div class="container"><nav id="menu" class="navbar">{menu}</nav></div><div id="{body_class}" class="container"><div class="row"><div id="content" class="col-sm-12">{content}</div></div></div><footer><div class="container">{legal}<p>Powered by hand © 2026</p></div></footer></body></html>'


class EcShop(Lookalike):
    """Flat PHP scripts and an explosion of filters: brand, price, attributes, sort order, page, layout."""

    goods, categories = 24, 4

    def changes(self, path, query):
        return query.get("step") in ("add_to_cart", "drop_goods", "clear") or query.get("act") in (
            "logout",
            "collect",
            "delete_collection",
        )

    def page(self, path, query):
        number = query.get("id", "")
        if path in ("/", "/index.php"):
            return "home", self._frame(
                '<div id="focus" class="flash_box"></div><div class="recommend_box">' + self._items(range(8)) + "</div>"
            )
        if path == "/goods.php" and number.isdigit() and int(number) < self.goods:
            gallery = f'<div class="goodsImg" id="imglist"><img src="/images/{number}.jpg"></div>'
            attributes = "".join(
                f'<li class="padd loop"><strong>Attr {i}</strong></li>' for i in range(int(number) % 3)
            )
            return "goods", self._frame(
                f'<div id="goodsInfo" class="clearfix"><div class="imgInfo">{gallery}</div><div class="textInfo"><form action="javascript:addToCart({number})" name="ECS_FORMBUY" id="ECS_FORMBUY"><div class="clearfix"><p class="f_l">商品 {number}</p></div><ul>{attributes}</ul>{_link(f"user.php?act=collect&id={number}", "收藏")}{_link(f"flow.php?step=add_to_cart&goods_id={number}", "购买")}</form></div></div><div class="box_1"><div id="com_b" class="history"><h2>商品描述</h2></div></div>'
            )
        if path == "/category.php" and number.isdigit() and int(number) < self.categories:
            return "category", self._frame(
                self._filters(query)
                + '<div class="box_1"><h3><span>商品列表</span></h3><div class="clearfix goodsBox">'
                + self._items(range(int(number), self.goods, self.categories))
                + "</div></div>"
            )
        if path == "/article.php" and number.isdigit() and int(number) < 6:
            return "article", self._frame(
                f'<div class="box_1"><div class="article_box"><div class="tc"><font class="f5 f6">文章 {number}</font></div><p>内容</p></div></div>'
            )
        if path == "/user.php":
            return "user", self._frame(
                '<div class="usBox clearfix"><div class="usBox_1 f_l"><div class="logtitle"></div><form name="formLogin" class="login_form"><table><tr><td><input name="username" class="inputBg"></td></tr></table></form></div><div class="usTxt"></div></div>'
            )
        return None

    def _filters(self, query):
        links = []
        for name, values in {
            "brand": range(1, 6),
            "price_min": (0, 100, 200),
            "filter_attr": ("1.0", "0.2", "1.2"),
            "sort": ("goods_id", "shop_price", "last_update"),
            "order": ("ASC", "DESC"),
            "display": ("list", "grid", "text"),
            "page": (1, 2),
        }.items():
            links += [
                _link(f"category.php?{_query({**query, name: str(value)})}", f"{name} {value}") for value in values
            ]
        return f'<div class="box_1"><div class="screeBox">{"".join(links)}</div></div>'

    def _items(self, numbers):
        return "".join(
            f'<div class="goodsItem">{_link(f"goods.php?id={n}", f"商品 {n}")}<font class="shop_s">￥5</font>{_link(f"flow.php?step=add_to_cart&goods_id={n}", "加入购物车")}</div>'
            for n in numbers
        )

    def _frame(self, content):
        menu = "".join(_link(f"category.php?id={i}", f"分类 {i}") for i in range(self.categories))
        foot = "".join(
            _link(f"article.php?id={i}", text)
            for i, text in enumerate(("免责条款", "隐私保护", "咨询热点", "联系我们", "公司简介", "配送方式"))
        )
        return f'<!doctype html><html><head><meta charset="utf-8"><title>x</title></head><body><div class="block clearfix"><div id="topNav">{_link("user.php", "登录")}{_link("user.php?act=logout", "退出")}</div></div><div id="mainNav" class="clearfix">{menu}</div><div class="block clearfix">{content}</div><div class="foot"><div id="bottomNav" class="box">{foot}</div><div class="text">© 2005-2026 商店 版权所有</div></div></body></html>'


class ShopXo(Lookalike):
    """The whole route is one query value: ``index.php?s=/index/goods/index/id/1.html``."""

    goods, categories = 30, 5

    def changes(self, path, query):
        return any(deed in query.get("s", "") for deed in ("/logout", "/favor", "/save", "/delete"))

    def page(self, path, query):
        route = query.get("s", "/").strip("/").removesuffix(".html").split("/")
        if path not in ("/", "/index.php"):
            return None
        match route:
            case ["" | "index"]:
                return "home", self._frame(
                    "home", '<div class="banner am-slider"></div><div class="floor">' + self._items(range(6)) + "</div>"
                )
            case ["index", "goods", "index", "id", number] if int(number) < self.goods:
                extra = '<div class="goods-video"></div>' if int(number) % 3 == 0 else ""
                return "goods", self._frame(
                    "goods",
                    f'<div class="goods-detail am-g"><div class="goods-image"><img src="/static/{number}.jpg"></div>{extra}<div class="goods-base-content"><h1 class="detail-title">商品 {number}</h1><div class="tb-detail-price"></div><div class="buy-nav">{_link(f"/index.php?s=/index/cart/save/goods_id/{number}.html", "加入购物车")}{_link(f"/index.php?s=/index/goods/favor/id/{number}.html", "收藏")}</div></div></div><div class="goods-detail-tab">'
                    + self._items(range(int(number) % 4))
                    + "</div>",
                )
            case ["index", "search", "index", "cid", number, *_] if int(number) < self.categories:
                filters = "".join(
                    _link(f"/index.php?s=/index/search/index/cid/{number}/bid/{b}/ot/{o}.html", f"{b} {o}")
                    for b, o in product(range(1, 12), ("price", "sales", "new"))
                )
                return "search", self._frame(
                    "search",
                    f'<div class="search-map-filter am-form">{filters}</div><div class="search-list">'
                    + self._items(range(int(number), self.goods, self.categories))
                    + "</div>",
                )
            case ["index", "agreement", "index", "document", name] if name in ("userprivacy", "userregister"):
                return "agreement", self._frame(
                    "agreement", f'<div class="agreement-content"><h1>{name}</h1><p>内容</p></div>'
                )
            case ["index", "user", "logininfo"]:
                return "login", self._frame(
                    "login",
                    '<div class="user-login am-form"><form class="form-validation-login"><input type="password" name="pwd"></form><div class="login-other"></div></div>',
                )
        return None

    def _items(self, numbers):
        return "".join(
            f'<div class="goods-item am-gallery-item">{_link(f"/index.php?s=/index/goods/index/id/{n}.html", f"商品 {n}")}</div>'
            for n in numbers
        )

    def _frame(self, kind, content):
        menu = "".join(
            _link(f"/index.php?s=/index/search/index/cid/{i}.html", f"分类 {i}") for i in range(self.categories)
        )
        top = _link("/index.php?s=/index/user/logininfo.html", "登录") + _link(
            "/index.php?s=/index/user/logout.html", "退出"
        )
        foot = _link("/index.php?s=/index/agreement/index/document/userprivacy.html", "隐私政策") + _link(
            "/index.php?s=/index/agreement/index/document/userregister.html", "服务协议"
        )
        return f'<!doctype html><html lang="zh"><head><title>x</title></head><body><div class="header-top">{top}</div><div class="shop-navigation">{menu}</div><div class="body-content body-{kind}">{content}</div><div class="footer"><div class="am-container">{foot}<p>© 2026 商店</p></div></div></body></html>'


def _query(parameters: dict[str, str]) -> str:
    return "&".join(f"{name}={value}" for name, value in parameters.items())


def templates_of(shop: Callable[[str], str], found: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """The names that the crawl gave to the pages of each template of the shop's program."""
    named: dict[str, set[str]] = {}
    for target, name in found:
        named.setdefault(shop(target), set()).add(name)
    return named
