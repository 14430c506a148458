"""Identities that must never be joined to another life: adoption, protection, relatives of staff.

In comes what two named officers seal: how the old identity is spoken of, and (if there is one) the child as they are
known now. Every message is screened here before it becomes a record: whom it meets is taken out of it, and the whole of
it goes, with its key, to the officers alone. Out go what is left of the message, what the sender may be told, and a
summary of needs that two officers release. The statements stand under a key of their own, and the index of what to
look for is keyed too: without that key nothing here tells who is sealed, or that two identities are one.
"""
