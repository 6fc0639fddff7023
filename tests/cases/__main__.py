"""Write docs/tinh-huong.md from what the program answers now."""

from tests.cases.document import write

write()
