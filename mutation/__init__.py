"""How many changes of the code the tests notice: a measure of the tests, not of the product."""
