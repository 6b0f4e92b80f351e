"""The sample story: feeds in four formats over HTTP on this machine, polled stage by stage by the real command."""
