"""People, places and groups around children.

In comes a notice with the subjects that link found for its people and addresses. Out go ties, each "stated in this
notice": who lives where, who is whose parent or friend, who was with whom; with the message it came from, from when
to when it is said to hold, and when it was said. A tie falls with its message. The first question it answers is who
is in a child's household on a day.
"""
