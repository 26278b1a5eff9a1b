"""What the shells share: the actor of a request, rendering, errors, limits, language, CSRF, the guests' cache."""
