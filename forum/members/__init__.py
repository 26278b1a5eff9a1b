"""Members: accounts, profiles, groups, sessions; also the facts that other rooms set through its actions."""
