"""Signing in with an account elsewhere: OpenID Connect Core 1.0, Discovery 1.0, Back-Channel Logout 1.0."""
