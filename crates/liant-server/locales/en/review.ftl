# Identity review
menu-review = Identities
print = Print
narrow-label = Filter the list
narrow-any = All
narrow-do = Filter
review-title = Review identities
review-lede = These records may be of people already known. The machine hesitates: the decision is yours.
review-file = File
review-score = Likelihood
review-age = Age
review-high = Very likely
review-middle = Likely
review-low = Doubtful
review-older = for { $days } days or more
review-more = Only the first ones are counted: there are more.
review-caption = Records to review
review-col-newcomer = New record
review-col-source = Source
review-col-reason = Why the machine hesitates
review-col-asked = Asked
review-col-act = Action
review-candidates = { $count ->
    [one] 1 possible person
   *[other] { $count } possible people
}
review-look = Review
review-look-again = Look at the question again
review-empty-title = No identity to review
review-empty-text = Questions come from imports: when a record looks like someone known and the evidence does not suffice, it appears here.
review-none-title = No question under these filters
review-none-text = Other questions may be waiting.
review-done-accepted = The two records are joined in one person.
review-done-refused = The two records stay two people.
review-done-reopened = The answer is taken back: the question is open again.
review-stale = Someone acted before you: the question, or what it compares, has changed. Your answer is not recorded; this is how things stand now.
review-alike = Same word, other spelling
review-raised-by = File { $flow } of { $day }.
review-was-accepted = One person, says { $by }, { $at }.
review-was-refused = Two people, says { $by }, { $at }.
review-together = These two records are one person already: accepting only confirms it.
review-come-along = { $count ->
    [one] Another record, already joined to the new one, will follow it.
   *[other] { $count } other records, already joined to the new one, will follow it.
}
review-both-oriented = Each has an orientation decision: the later one will hold.
question-title = Is this the same person?
question-asked = Question asked { $ago }.
question-next = Next question
question-several = { $count ->
    [one] One known person looks like her.
   *[other] { $count } known people look like her. Answer for each.
}
question-compared = The two records, line by line: { $name }
question-newcomer = new record
question-known = known record
question-if-accepted = If you accept
question-gathered = These records will be one person’s:
question-accept = It is the same person
question-refuse = They are two people
question-records = See all the records of this person
question-take-back = Take this answer back
question-take-back-accepted = The records will be parted again; you will see what was disclosed meanwhile.
question-take-back-refused = The question will be open again.
question-keys = Browser shortcuts (Alt, or Ctrl + Option): N, next question; A, same person; R, two people, when one question alone is open.
undone-title = The link is undone
undone-period = Wrongly joined from { $from } to { $to }.
undone-text = This record is no longer of the person it was joined to.
undone-warn = { $count ->
    [one] One disclosure of this person was made while the link stood. The recipient may have read data of someone else: tell them, and your data protection officer.
   *[other] { $count } disclosures of this person were made while the link stood. The recipients may have read data of someone else: tell them, and your data protection officer.
}
undone-caption = What was disclosed while the link stood
undone-col-at = When
undone-col-actor = Who
undone-col-recipient = To whom
undone-col-fields = Data
undone-empty-title = Nothing was disclosed through this link
undone-empty-text = Nobody read or received data of this person while the link stood.
undone-person = See the records of the person it is now
undone-before = See the records of the person it was joined to
undone-queue = Back to the identities to review
