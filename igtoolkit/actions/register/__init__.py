"""The register: loading it, setting kinds, and following bodies through the years."""
