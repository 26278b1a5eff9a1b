"""Measuring: `make bench`. Figures are CPU per request against a reference page that is measured in the same run."""
