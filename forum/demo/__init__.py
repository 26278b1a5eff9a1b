"""The demo community: an invented e-bike maker with its customers, written as plain data."""
