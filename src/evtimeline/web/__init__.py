"""What a running evtimeline answers over HTTP: its health, its figures, and the links in its mail."""
