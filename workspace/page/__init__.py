"""The browser page: what people see of the local Slack, and what they do in it."""
