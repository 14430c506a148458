"""In comes a message that was read, with the subject that link found for each person in it. Out goes one chronology per
child: a line for each event that each agency reports (`rules.line.Line`), which of them are reports of one happening,
when each reached whom and when it was received here, as of any day and as known to any agency. What a person says (two
reports are of one event, or are not; an entry is significant) stands beside the lines as a fact. All else is derived
again whenever the facts change, and is the same in any order of arrival."""
