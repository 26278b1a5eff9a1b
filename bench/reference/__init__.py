"""The reference page: the yardstick of every figure of speed."""
