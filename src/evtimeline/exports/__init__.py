"""Writers of what others read: calendars, feeds, tables and texts; values in, text out, each escaping for its sink."""
