"""What the platform tells a member, on the page and by mail."""
