"""Who looked, and whether they should have: what catches the eye in the audit, put before a guardian of another agency.

In come the looks that the doors wrote down, what people did afterwards, and what staff declared of themselves. Out go
looks worth asking about, each with the signals in words, and a guardian's word on each. What catches the eye is a pure
function of the audit, asked anew; once a day flow keeps what is to be asked, so that it stays until somebody answers.
Case content is never shown here.
"""
