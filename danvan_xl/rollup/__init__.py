"""Figures are added up and rated, and their sources kept."""
