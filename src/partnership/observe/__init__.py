"""What agencies see and how they write it down: own numbers, delays, gaps and slips, worse where life is harder."""
