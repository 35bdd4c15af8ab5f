"""Watch lists, alert rules and channels: what fires, what would have, who is told and how."""
