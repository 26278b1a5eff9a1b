"""Media: pictures that members upload, made harmless and small before anything keeps them."""
