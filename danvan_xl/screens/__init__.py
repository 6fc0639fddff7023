"""What a terminal shows of a job, as a table and as JSON."""
