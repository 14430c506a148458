"""What a message says, found without a database or a clock: the notice, its readers, and what stands."""
