"""Drawing with XlsxWriter and openpyxl: what goes where in a file and how it looks."""
