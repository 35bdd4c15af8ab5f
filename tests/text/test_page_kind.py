"""Pages that are no articles are known and not read as such."""

from __future__ import annotations

import pytest

from lodewire.errors import EmptyPage
from lodewire.text.main_text import choose
from lodewire.text.metadata import read_metadata
from lodewire.text.page_kind import kind_of, load_kind_model
from lodewire.text.page_signs import signs_of
from lodewire.text.reader import read_capture
from lodewire.text.scan import scan
from tests.text import pages

SHOP = (
    '<html><head><title>Trail bottle</title><meta property="og:type" content="product">'
    '<script type="application/ld+json">{"@type":"Product","name":"Trail bottle"}</script></head>'
    '<body class="template-product"><main><div class="product"><h1>Trail bottle</h1>'
    '<span class="price">$29.00</span>'
    '<form class="product-form"><button>Add to cart</button></form>'
    '<div class="product-description"><p>Keeps drinks cold for a whole day on the trail.</p></div>'
    '<div class="product-reviews"><p>Free shipping over $50. In stock.</p></div></div>'
    '<section class="product-recommendations">'
    + '<div class="product-card"><a href="/products/x">Other bottle</a><span>$19.00</span></div>'
    * 8
    + "</section></main></body></html>"
)
ADDRESS = "https://shop.example.com/products/trail-bottle"


def kind(html: str, url: str) -> str:
    page = scan(html)
    return kind_of(page, read_metadata(page, url), url, choose(page))


def test_the_signs_are_those_that_the_model_was_fitted_on() -> None:
    page = scan(SHOP)
    signs = signs_of(page, read_metadata(page, ADDRESS), ADDRESS, choose(page))
    model = load_kind_model()
    assert len(signs) == len(model.means)
    assert sum(model.probabilities(signs).values()) == pytest.approx(1.0)


def test_a_shop_is_no_article_and_is_not_read_as_one() -> None:
    assert kind(SHOP, ADDRESS) != "article"
    with pytest.raises(EmptyPage, match="no article but of the type"):
        read_capture(pages.capture(SHOP, url=ADDRESS))


@pytest.mark.parametrize("html", [pages.WORDPRESS, pages.MINISTRY, pages.RELEASE, pages.AMP])
def test_news_are_articles(html: str) -> None:
    assert kind(html, "https://www.example-metals.com/news/story") == "article"


def test_an_empty_page_has_a_kind_too() -> None:
    assert isinstance(kind("", "https://example.com/"), str)
