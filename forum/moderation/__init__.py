"""Reports, cases, decisions and sanctions: the moderators' desk."""
