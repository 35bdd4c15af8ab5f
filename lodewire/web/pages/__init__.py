"""One module a kind of page; each view takes the site and what was asked, and returns a Page."""
