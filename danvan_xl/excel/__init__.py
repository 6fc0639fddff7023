"""The Excel door: macros behind the ribbon, worksheet functions, an engine for LibreOffice."""
