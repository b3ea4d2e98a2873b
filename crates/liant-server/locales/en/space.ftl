# The personal space
space-menu-home = Home
space-menu-data = Data
space-menu-readers = Who saw
space-menu-rights = Rights
space-menu-contact = Contact
space-leave = Leave
space-back = Back to my rights

# Coming in
space-sign-in-title = Come into your space
space-sign-in-text = Your space shows what the bodies that accompany you know about you, and who looked at it.
space-sign-in-number = Or with your number
space-sign-in-submit = Continue
space-number = Your number
space-number-hint = It is on the paper that you were handed, for example 62-ABCD-EFGH.
space-password = Password
space-first-time = This is the first time, I have a code
space-not-first-time = I have a password already
space-lost = Paper, password or telephone lost? Ask whoever follows you for a new code: it will be handed to you in person.
space-code-title = Your first visit
space-code-text = Take the paper that was handed to you in person. The code serves once.
space-code = One-time code
space-code-hint = For example ABCD-EFGH-IJKL-MNOP. Capitals, spaces and hyphens do not matter.
space-code-submit = Continue
space-choose-title = Choose your password
space-choose-text = The code on the paper will not be enough any more: you will need this password, and your telephone.
space-choose-hint = Several words that have nothing to do with each other, that you will remember without writing them down.
space-choose-submit = Continue
space-check-title = The code of your telephone
space-check = Code of 6 digits, or recovery code
space-check-hint = Open the authenticator application of your telephone. Without it, take one of your recovery codes.
space-check-submit = Come in
space-left-title = You have left your space
space-left-text = On a shared telephone or computer, close this window too.
space-left-again = Come in again

# The first page
space-home-title = Your space
space-hello = Hello { $name }
space-home-lede = Here is what the bodies that accompany you know about you, and who looked at it.
space-home-follows = Who accompanies you
space-home-readers-all = Everyone who looked
space-home-data-all = All your data
space-home-aside = Your rights, and reaching you
space-home-rights = Have a copy, put an error right, object, erase: an answer within a month.

# The data
space-data-title = What is known about you
space-data-lede = Each datum with its source, since when, by which file and under which rule. An error? Tell us.
space-data-count = { $count ->
    [one] { $count } datum
   *[other] { $count } data
}
space-source-left = Speaks of you no more since { $day }
space-data-number = Social security number: known, never shown. It serves to recognise you from one file to the next.
space-data-shared-title = What is not shown here
space-data-shared = Of a file that several people share, only what is yours is shown: neither where the household lives, nor who is in it, nor what another gave rise to. Nor is a protected address. For the rest, make a request: somebody will answer you.
space-data-empty-title = Nothing to show
space-data-empty-text = There is nothing to show you today. Make a request if you think that is an error.
space-datum-since = Since { $day }
space-datum-rule = By the file { $flow }, received under: { $received }. Shown under: { $shown }.
space-datum-recorded = Recorded here. Shown under: { $shown }.
space-datum-before = Before, from { $day }: { $value }
space-datum-wrong = This is wrong
space-decision-in-force = Orientation decision of { $day }, in force
space-decision-past = Orientation decision of { $day }, replaced
space-forms = Your liaison forms
space-form = Liaison form of { $day }, { $model }
space-form-rule = { $programme }. Shown under: { $shown }
space-records = What each has written about your goals
space-records-text = Each organisation keeps a working record of its own and does not see the other’s. You see them all.
space-record = Working record of { $who }
space-record-rule = { $programme }. Shown under: { $shown }
space-back-data = Back to what is known of you
space-path-title = Your accompaniments
space-path-rule = { $programme }; recorded by: { $by }; shown under { $shown }

# Who read
space-readers-title = Who looked at your file
space-readers-lede = Pages opened, lists, searches and files, the latest first. Your own visits are left out.
space-readers-empty-title = Nobody
space-readers-empty-text = Nobody has looked at your data.
space-reader-named = { $name }, { $place }
space-reader-why = Reason: { $purposes }.
space-reader-fields = { $count ->
    [one] { $count } datum about you
   *[other] { $count } data about you
}
space-reader-fields-most = { $count ->
    [one] at most { $count } datum about you
   *[other] at most { $count } data about you
}
space-reader-clauses = Rule:
space-way-page = Opened your file.
space-way-accompaniment = Opened your accompaniment.
space-way-list = You stood in a list.
space-way-search = Found you by a search.
space-way-identity = Checked whether two records are yours.
space-way-file = You stood in a file that was sent to it.
space-way-export = You stood in a file taken out of the software.
space-way-other = Saw data about you.

# Rights
space-rights-title = Your rights
space-rights-lede = An answer within a month. Each request keeps its date and the day an answer is owed.
space-rights-mine = Your requests
space-rights-empty-title = No request
space-rights-empty-text = Your requests and their answers will be here.
space-copy-title = Your copy
space-copy-text = All that may be shown to you, with who looked at it: ready at once.
space-copy-pdf = Download (PDF)
space-copy-unmade = The PDF could not be made. Here is the page to print: it says the same.
space-copy-json = Download (JSON)
space-copy-print = To print
space-right-access = Have a copy
space-right-access-hint = At once.
space-right-rectification = Put an error right
space-right-rectification-hint = Say which, and what is right.
space-right-erasure = Erase data
space-right-erasure-hint = When nothing requires that they be kept.
space-right-restriction = Suspend their use
space-right-restriction-hint = While an error or an objection is looked into.
space-right-opposition = Object to a use
space-right-opposition-hint = For a reason of your situation.
space-state-received = Received
space-state-under-way = Under way
space-state-answered = Answered
space-state-refused = Refused
space-state-withdrawn = Withdrawn
space-ask-title = Make a request
space-ask-text = The request goes to the data protection officer.
space-ask-right = What do you ask for?
space-ask-about = Which datum is it about?
space-ask-about-hint = To put an error right, choose the datum.
space-ask-statement = What you want to say
space-ask-statement-hint = What is right, or why you ask. Read by whoever answers you alone.
space-ask-submit = Send
space-ask-no-right = Choose what you ask for.
space-ask-no-about = Choose the datum to be put right.
space-ask-too-long = Write { $most } characters at most.
space-about = { $label } ({ $source }): { $value }
space-about-none = None in particular
space-done-access = Your copy is ready: download or print it.
space-done-asked = Your request is recorded.
space-done-withdrawn = Your request is withdrawn.
space-request-received = Received on { $day }.
space-request-due = Answer owed
space-request-about = { $label }, { $source }
space-request-withdraw = Withdraw my request
space-request-line = { $right }, request of { $day }: { $state }
space-course-received = { $party }: your request waits to be opened.
space-course-under-way = { $party }: somebody sees to your request.
space-course-answered = { $party }: answered on { $day }.
space-course-copy = Your copy is ready, at the top of this page.
space-course-refused = { $party }: refused on { $day }. You must be told why. You may complain to the CNIL or go to court.
space-course-withdrawn = You withdrew it on { $day }.
space-course-late = The time is over: you may complain to the CNIL.
space-datum-same = Today: { $value }.
space-datum-changed = Changed on { $day }: { $value }.
space-parts-title = The bodies that gave or received these data:
space-part-untold = { $party }: not told yet
space-part-told = { $party }: told on { $day }, no answer yet
space-part-done = { $party }: told on { $day }, has done it on { $answered }
space-part-nothing = { $party }: told on { $day }, holds nothing of the kind
space-part-refused = { $party }: told on { $day }, refuses and tells you why

# Being reached
space-contact-title = Electronic contact
space-contact-text = Do you agree that those who accompany you reach you by e-mail or message? Your choice is dated and seen by them alone. You may change your mind whenever you want.
space-contact-give = I agree
space-contact-withdraw = I agree no more
space-contact-change = Change
space-contact-history = Your choices
space-contact-given = Agreed on { $day }
space-contact-withdrawn = Withdrawn on { $day }
space-contact-never = No agreement given
space-contact-done = Your choice is recorded.

# Printing
space-print-title = Copy of your data
space-print-made = Made on { $when }
space-head-datum = Datum
space-head-held = What is known
space-head-since = Since when
space-head-when = When
space-head-who = Who
space-head-what = What, how and why
space-print-said = Your choices and requests

# A professional opens the space
space-open-link = Open her space
space-open-title = Open her personal space
space-open-back = The person
space-open-none = This person has no space yet.
space-open-vouched = This person comes into her space by FranceConnect, without a code.
space-open-handed = A code was handed over; it is good until { $until }. A new one takes its place.
space-open-lapsed = A code was handed over and did not serve in time.
space-open-two = Two files that were found to be of one person each had a space: nobody comes in by either any more. A new code opens it again, to the person who is in front of you.
space-open-bound = This person has her space since { $day }. A new code closes it until she has set up a password and a telephone anew: make one only if she has lost hers.
space-open-text = The code is handed over in person, to the person herself. It serves once.
space-open-check = Identity
space-open-checked = The person is in front of me and I have checked who she is
space-open-checked-hint = By an identity document. That you say so is kept in the log with your account.
space-open-unchecked = Check who the person is before you hand over a code.
space-open-submit = Make a code
space-open-cancel = Cancel
space-handed-title = The code to hand over
space-handed-text = Hand this page to the person, and go through the three steps with her now if she wishes: whoever found the paper could come in instead of her. The code will never be shown again.
space-handed-address = Address
space-handed-until = Good until
space-handed-step-open = Open the address, type the number and the code.
space-handed-step-password = Choose a password.
space-handed-step-telephone = Link your telephone.
space-handed-alone = Keep this paper to yourself until then. Afterwards the number alone is of use.
space-handed-back = Done

space-way-appointment = Wrote to you about an appointment.
space-meet-title = Your appointments
space-meet-with = With { $who }
space-meet-change = To change or cancel, call { $phone }
space-limit-restricted = Since { $day } your data are stored and not used. { $ground }.
space-limit-objected = Since { $day } your data are no longer used for: { $purposes }.
space-limit-review = Somebody looks by { $day } whether that is still needed. You will be told before it ends.
space-limit-ends = It ends on { $day }: { $reason }.
space-limit-ended = It ended on { $day }: { $reason }.
space-erased-some = Erased on { $day }: { $what }.
space-erased-back = The next file of a source may bring back what it still says of you.
space-erasure-refused = { $reason }. Your data stay under: { $clauses }.
space-erasure-appeal = You may go to the supervisory authority (CNIL), and to court.
