"""The Excel add-in, built from text; not part of the package."""
