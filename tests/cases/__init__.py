"""What officers type and strangers send, case by case, and what the program answers.

`python -m tests.cases` (make tinh-huong) writes docs/tinh-huong.md from them; a test holds the
document to what the program answers now.
"""
