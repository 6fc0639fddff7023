"""One module a verb: what it reads, what it writes, in whole steps."""
