"""When each job runs, for years, and a clean stop."""
