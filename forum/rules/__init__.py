"""The rulebook: numbered rules in dated versions, and who accepted which of them."""
