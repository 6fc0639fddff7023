"""What the workbook is, declared as data: sheets, columns, registers, choices, messages."""
