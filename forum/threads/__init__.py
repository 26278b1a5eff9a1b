"""Conversations: categories, threads, posts, reactions, read positions, subscriptions, tags, drafts."""
