"""From sources to captures: the guarded HTTP client, feeds, sitemaps, pages, files, WARC."""
