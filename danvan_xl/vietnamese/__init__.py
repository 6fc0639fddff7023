"""How officers write and print letters, numbers, measures and days."""
