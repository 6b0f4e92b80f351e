"""The words of launches, delays and denials, one file per language."""
