"""A local Slack: strict enough to test a bot against, small enough to read. See ``server.Workspace``."""
