"""Every doubt about figures, one generator each."""
