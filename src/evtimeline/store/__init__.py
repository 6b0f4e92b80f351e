"""The database: tables without behaviour, and functions with values in and values out."""
