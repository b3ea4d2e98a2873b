# Someone close: the reason
reason-title = Why open this file?
reason-oneself = By your name and what you gave of yourself, this file may be your own.
reason-relative = By your name, your commune or your household, this file may be a relative’s.
reason-colleague = This file bears the name of someone in your organisation.
reason-then-oneself = Declare your reason. It will be reviewed, and the file opens only once the reason is accepted.
reason-then = Declare your reason: the file opens at once, and the reason is reviewed afterwards.
reason-label = Your reason
reason-choose = Choose a reason.
reason-submit = Declare this reason
reason-give-up = Do not open this file
reason-why = Reading one’s own file, a relative’s or a colleague’s can harm the person as well as you. Your reason joins a list that the data protection officer reviews; it is written in the log.
reason-home = Back to my day
reason-await-title = Your reason waits to be reviewed
reason-await-text = This file may be your own: it opens once someone else has accepted your reason.
reason-await-help = There is nothing else to do. For your own affairs, ask your referent, as anyone who is followed would.
reason-closed-title = Your reason was refused
reason-closed-text = This file does not open to you.
reason-closed-help = Hand the matter to a colleague. If you think this is a mistake, speak to the data protection officer.

# The reasons, for whoever reviews them
menu-look-ups = Reasons to review
look-ups-title = Declared reasons
look-ups-lede = Who wanted to open her own file, a relative’s or a colleague’s, and why. Reading this list is written in the log.
look-ups-states = Reasons by state
look-ups-pending = To review
look-ups-accepted = Accepted
look-ups-refused = Refused
look-ups-caption-pending = Reasons to review, the oldest first
look-ups-caption-accepted = Accepted reasons, the latest first
look-ups-caption-refused = Refused reasons, the latest first
look-ups-col-at = Declared
look-ups-col-who = By
look-ups-col-close = Possible tie
look-ups-col-reason = Reason
look-ups-col-act = Answer
look-ups-accept = Accept
look-ups-refuse = Refuse
look-ups-own = Your own: someone else reviews it.
look-ups-who-read = Who read this file
look-ups-reviewed = Reviewed by { $who }, { $moment }
look-ups-done-accepted = The reason is accepted.
look-ups-done-refused = The reason is refused: the file no longer opens to this person.
look-ups-stale = Someone answered before you. Nothing was saved; here is the list as it is now.
look-ups-full = The first { $count } are shown. The next ones come as you answer.
look-ups-empty-title = No reason to review
look-ups-empty-text = When someone wants to open her own file, a relative’s or a colleague’s, her reason comes here.
look-ups-none-title = No reason in this state
look-ups-none-text = The reasons that you answer come here.
look-ups-rule = What your answer changes
look-ups-rule-accept = Accept: the file opens, or stays open, for as long as the agreement lets a reason hold.
look-ups-rule-refuse = Refuse: the file no longer opens to this person. An answer can be changed.
close-oneself = herself
close-relative = a relative
close-colleague = a colleague

# Wider searches, for whoever looks over them
menu-searches = Wider searches
searches-title = Wider searches
searches-lede = Who looked for someone beyond those entrusted to her, and why. What was typed is kept nowhere.
searches-caption = Wider searches, the latest first
searches-actor = Professional
searches-col-at = When
searches-col-who = Who
searches-col-reason = Reason
searches-col-found = Found
searches-of-actor = Only hers
searches-by-name = by name and birth date
searches-by-number = by a number
searches-found = { $count ->
    [0] Nobody
    [one] 1 person
   *[other] { $count } people
}
searches-full = The latest { $count } are shown. Give a period to see the others.
searches-state = State
searches-waiting = to review
searches-review = Note as reviewed
searches-done = The search is noted as reviewed.
searches-stale = Someone has reviewed this search meanwhile.
searches-empty-title = No wider search
searches-empty-text = Each search beyond the people entrusted to someone comes here, with its reason.
searches-none-title = No search under these filters
searches-none-text = Widen the period, or remove a filter.

# The wider search
wider-title = Wider search
wider-link = Look for someone who is not entrusted to you
wider-text = To find someone who is not entrusted to you: by an exact identity, or by one of her numbers alone.
wider-terms = At most { $hour } searches an hour and { $day } a day. Each is written in the log and shown to the data protection officer, with its reason.
wider-reason = Why do you look for this person?
wider-by-name = By her identity
wider-name = Name
wider-name-hint = The whole birth name, or the whole name in use.
wider-name-wrong = Give the whole name.
wider-first-name = First name
wider-first-name-wrong = Give the first name.
wider-born = Birth date
wider-born-wrong = Give the whole birth date, for example 27 3 1985.
wider-by-number = Or by one number alone
wider-number = Number
wider-number-hint = Whole: CAF identifier, or the Département’s reference.
wider-number-wrong = Give the whole number: four characters at least.
wider-both = Search by identity or by number, not by both: empty one of them.
wider-submit = Search
wider-again = New search
wider-found = { $count ->
    [0] Nobody matches exactly
    [one] 1 person matches exactly
   *[other] { $count } people match exactly
}
wider-found-text = Enough to recognise whom you look for, and nothing more.
wider-none-text = The search does not approximate: one letter less, and it does not find.
wider-and-more = Others match and are not shown: the search is not exact enough.
wider-next = What now
wider-next-designate = Files do not open from here. If you must act for this person, ask the head of your service to entrust her to you.
wider-next-none = Check the spelling and the date on a document. The person may be known to no source that the agreement shows you.
wider-why = You search for a declared reason, beyond the people entrusted to you.

# A protected address
address-protected = Protected address
address-protected-sub = It is shown only to those who need it.
address-person = The person
address-since = Protected since { $day }.
address-grounds = Reason: { $reason }. Set by { $who }.
address-hidden = The address, the commune and whatever could lead there are not shown to you: your task does not need them. Whoever needs them can end the protection.
address-protect = Protect the address
address-protect-text = The address, the commune and whatever could lead there will be shown only to those who need them, on every page and in every list.
address-protect-end = Only those who need the address will be able to end the protection. The act is written in the log.
address-reason = Why protect it?
address-submit = Protect this address
address-end = End the protection of the address
address-end-text = The address will again be shown to all those whose clauses allow it. Make sure with the person that this is what she wants.
address-end-submit = End the protection
address-back = Back to the person
address-done = The address is protected.
address-done-end = The protection of the address has ended.

# What one says of oneself
particulars-title = To recognise your own file
particulars-text = If you or your relatives are known here, Liant asks you for a reason before it opens your files. Your birth date and commune keep it from taking you for a namesake.
particulars-after = They serve this alone, are shown to nobody, and you can erase them by emptying this form.
particulars-born = Birth date
particulars-born-wrong = Give a whole date, for example 27 3 1985, or leave the three boxes empty.
particulars-commune = The commune you live in, by its INSEE code
particulars-commune-hint = Five characters, for example 62041 for Arras. It is not the postcode.
particulars-commune-wrong = An INSEE code has five characters: digits, and sometimes a letter.
particulars-line = Birth date and commune
particulars-given = Given
particulars-some = Given in part
particulars-none = Not given
particulars-done = What you gave of yourself is saved.

# My day
desk-look-ups = { $count ->
    [one] reason to review
   *[other] reasons to review
}
desk-stopped = { $count ->
    [one] access stopped
   *[other] accesses stopped
}
desk-unreviewed = { $count ->
    [one] wider search to review
   *[other] wider searches to review
}
desk-searches = { $count ->
    [one] wider search in seven days
   *[other] wider searches in seven days
}

# Stopped access
stops-title = Stopped access
stops-lede = Professionals who asked, one after the other, for people who are not theirs to see. Nothing was shown of them.
stops-caption = Stopped access, the oldest first, then those let in again
stops-col-at = Since
stops-col-who = Professional
stops-col-tried = Asked for
stops-col-state = State
stops-col-act = Act
stops-tried = { $count ->
    [one] { $count } person beyond reach
   *[other] { $count } people beyond reach
}
stops-in-force = Stopped
stops-lifted = Let in again
stops-lifted-by = by { $who }, { $moment }
stops-entry = Its entry in the log
stops-own = This is you: another officer lets you in again
stops-lift = Let in again
stops-done = Access is given back. Counting begins anew.
stops-empty-title = Nobody is stopped
stops-empty-text = Nobody has asked for more people beyond her reach than the agreement explains.
stops-rule = Before you let someone in again
stops-rule-text = Reach the professional by another way than her mail. If it was not her, close her sessions, change how she signs in, and open a breach file: the clocks run from now.
