"""From an address to clean entries: catalogue, fetch, parse, discover, OPML."""
