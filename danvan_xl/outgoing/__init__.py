"""What goes out to other offices, before it is drawn: workbooks, letters, sendings."""
