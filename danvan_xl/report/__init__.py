"""What is shown of a consolidation: neutral tables, sentences and pages."""
