"""What adds up: chronologies and a partnership's patterns come in; findings, silences to wait for and questions go out.

A finding is evidence for one subject and theme: the happenings it stands on, the rule in words, what is not known and
who has not been told. It is derived, has no status, and no child ever gets a number. One child is looked at in Python
(`rules.meaning`), the whole population in SQL (`batch`); both mean the same.
"""
