"""Who is here, what they agreed to share, who may see what, and the audit of every answer and every act.

In comes a request or a verb with who asks (a Look or an Actor), for which purpose and when. Out go verdicts with
their reason, filters for lists, checks for objects, masks for fields, doors for pages and the API, and one audit row
for each answer and each act. Every table about a child refers to a Subject, which is allotted here.
"""
