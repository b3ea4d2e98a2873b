# Accompaniments: one person's path
casework-link = Accompaniments
casework-crumb = Accompaniments
casework-title = Accompaniments: { $name }
casework-why = You see this accompaniment because your organisation has part in it, and the person is one of those whom you follow or for whom you are designated.
casework-nothing-open = Nothing is under way.
casework-none-title = No accompaniment
casework-none-text = Nothing is under way for this person, and your role opens no proposal.
casework-stage-relay = To hand on
casework-stage-asked = Answer awaited
casework-stage-accepted = Accepted, entry awaited
casework-stage-sent = Tacit agreement, entry awaited
casework-stage-stay = Under way
casework-stage-suspended = Suspended
casework-since-relay = Proposal given on { $day }, to be handed on to the partner.
casework-since-asked = Liaison form sent on { $day }. The partner must answer: silence grants nothing.
casework-since-asked-for = Liaison form sent on { $day }.
casework-since-sent = Liaison form sent on { $day }. The agreement is tacit: no answer is awaited.
casework-accepted-on = Accepted on { $day }.
casework-since-stay = Effective entry on { $day }.
casework-in-time = The delay of the entry was kept.
casework-not-in-time = The delay of the entry had passed.
casework-term = Term on { $day }.
casework-absences = { $count ->
    [one] One absence without excuse.
   *[other] { $count } absences without excuse.
}
casework-clocks = What is due
casework-owed-by = Owed by: { $who }
casework-acts = What you may do
casework-not = What is not possible today, and why
casework-past = Accompaniments that are over
casework-stay = From { $from } to { $to }
casework-history = History
casework-history-empty = Nothing has happened yet.
casework-by = { $who }, { $role }
casework-beside = Beside her
casework-nobody = Nobody at present.
casework-since = since { $day }
casework-known = Consent and orientation
casework-consent-form = Consent to the transmission of her form, recorded on { $day }
casework-consent-email = Consent to be reached by e-mail, recorded on { $day }
casework-oriented = Orientation { $nature }, decided on { $day }
casework-step-entered = { $days ->
    [one] effective entry, { $days } day after the form was sent
   *[other] effective entry, { $days } days after the form was sent
}
casework-recorded = It is recorded.

# Why not
casework-rule = { $rule }.
casework-rule-source = { $rule }: { $source }.
casework-rule-expected = Someone else has acted
casework-rule-consent = Rule of the person’s consent
casework-rule-needs = Rule of acts that come before
casework-rule-day = Rule of dates
casework-rule-entry = Rule of entry
casework-rule-route = Rule of the route
casework-rule-duration = Rule of length
casework-rule-ending = Rule of the end
casework-rule-act = Rule of acts
casework-rule-role = Rule of places
casework-rule-experiment = Rule of the experiment
casework-rule-contract = Rule of the contract
casework-rule-orientation = Rule of orientation
casework-rule-suspends = Rule of suspension
casework-rule-other = Rule of the programme

# Acting
casework-act-title = { $act }: { $role }
casework-refused = This is not possible
casework-refused-nothing = Nothing was recorded.
casework-stale = Somebody has acted on this path since the page was shown. Nothing was recorded: read it again, and start anew if it is still of use.
casework-cancel = Cancel
casework-back = Back to the accompaniments
casework-wrong-choose = Choose an answer
casework-wrong-day = Give a day that exists, for example 16 11 2026
casework-wrong-colleague = Choose a professional
casework-wrong-consent = Without her consent the form does not leave: collect it, then tick the box
casework-choose = Choose
casework-day = On which day?
casework-until = Until which day?
casework-reason = For what reason?
casework-length = For how long?
casework-act = Which act?
casework-outcome = What became of it?
casework-kept = It took place
casework-missed = Missed without excuse
casework-excused = Missed, excused
casework-means = How did they meet?
casework-means-hint = For an appointment that took place.
casework-in-person = In person
casework-phone = By telephone
casework-video = By video
casework-form = Which form of contract?
casework-nature = Which orientation?
casework-orient-reason = For what reason is it changed?
casework-no-reason = First orientation
casework-exit = Which exit?
casework-next = Which accompaniment follows?
casework-suggested = Who has room, then who was given nobody for longest, comes first.
casework-months = { $count ->
    [one] { $count } month
   *[other] { $count } months
}
casework-years = { $count ->
    [one] { $count } year
   *[other] { $count } years
}
casework-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
casework-consent = Her consent
casework-consent-tick = The person agrees to the transmission of her liaison form
casework-consent-hint = It is collected before the form leaves, and she may take it back at any time.
casework-to = Whom to send it to: { $role }
casework-to-hint = Someone who is named may read the form for sixty days.
casework-to-service = The local service of her commune
casework-to-anyone = { $place }, whoever is on duty
casework-zone = Zone of the experiment
casework-no-zone = Outside the experiment
casework-declared = What the diagnosis finds
casework-declared-hint = Tick what is true: no file says it.
casework-agreed = Who agrees
casework-looked = Looked up in her file when the form leaves: { $criteria }.
casework-routes = The route and the kind of agreement follow from the person’s situation: nobody chooses them.
casework-withdraw-consent = What was proposed ends with her consent.
casework-leave = The place will be vacant, and the delay of the replacement begins.
casework-because-zone = works where she lives
casework-because-other-zone = works elsewhere
casework-because-skills = { $count ->
    [one] one skill that is wanted
   *[other] { $count } skills that are wanted
}
casework-because-room = { $count ->
    [one] room for one
   *[other] room for { $count }
}
casework-because-full = caseload full
casework-because-below = { $count ->
    [one] one below the least
   *[other] { $count } below the least
}
casework-because-people = { $count ->
    [0] nobody in her caseload
    [one] one person in her caseload
   *[other] { $count } people in her caseload
}

# Lists
menu-forms = Liaison forms
menu-caseload = Caseload
casework-views = Lists
casework-received = Forms received
casework-received-lede = The liaison forms sent to your service, the first due first. A tacit agreement awaits no answer; any other form has no effect until you have answered.
casework-received-none = No form waits
casework-received-none-text = A liaison form sent to your service is here as soon as it leaves, with its due date.
casework-sent = Forms sent
casework-sent-lede = The forms that your organisation sent and that have led to no entry yet.
casework-sent-none = No form on its way
casework-sent-none-text = A form that was sent stays here until the effective entry, or until the partner refuses.
casework-caseload = My caseload
casework-caseload-lede = The people beside whom you are named, the most urgent first.
casework-caseload-none = Your caseload is empty
casework-caseload-none-text = Someone comes into it when you are named beside her.
casework-agenda = What is due
casework-agenda-lede = The delays that run, the most pressing first; what is late stays here until something is done.
casework-agenda-none = Nothing is due by then
casework-agenda-none-text = Look further ahead, or at the delays of the whole service.
casework-people = People followed
casework-people-lede = The people whom your organisation has given you: open one to propose an accompaniment.
casework-people-none = Nobody is given to you
casework-people-none-text = Your organisation designates the people whom you follow.
casework-workers = Caseloads by worker
casework-whose = For whom
casework-mine = My people
casework-service = The whole service
casework-ahead = Until when
casework-within = { $days ->
    [7] Seven days
    [31] One month
   *[other] Three months
}
casework-list-why = These people are among those whom you follow, or for whom you or your service are designated.
casework-col-person = Person
casework-col-programme = Accompaniment
casework-col-since = When
casework-col-due = Next due
casework-nothing-due = Nothing is due
casework-until-term = term on { $day }
casework-entered = entry on { $day }
casework-sent-on = form of { $day }

# Everyone's load
casework-workers-lede = What each has today and will have in some weeks, between the bounds of the programme.
casework-workers-now = Caseloads
casework-workers-none = No caseload
casework-workers-none-text = A caseload is here as soon as a professional is named beside somebody.
casework-has = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
casework-has-between = { $has }, { $least } to { $most } expected
casework-has-least = { $has }, { $least } expected at least
casework-has-most = { $has }, { $most } at most
casework-fill-below = { $count } below the least
casework-fill-within = Between the bounds
casework-fill-above = { $count } above the most
casework-suspended = { $count ->
    [one] one accompaniment suspended
   *[other] { $count } accompaniments suspended
}
casework-forecast = In 4 weeks: { $four }. In 12 weeks: { $twelve }.
casework-next-person = Who could take the next person
casework-nobody-there = Nobody works in this role today.
casework-definition = How it is counted
casework-load-definition = Somebody counts in the caseload of whoever is named beside her, from the effective entry to the end; what is suspended is counted apart.
casework-forecast-definition = The forecast takes off the accompaniments that come to their term, and adds entries at the pace of the last twelve weeks.
casework-hand-over-link = Hand over
casework-hand-over-title = Hand over from { $who }
casework-hand-over-lede = Each person who is ticked is given a new referent, by an act of her own. What cannot be done is told line by line, and does not keep the rest from being done.
casework-hand-over-to = Who takes over?
casework-hand-over-people = For which people?
casework-hand-over-more = The first hundred are here; the others come after them.
casework-hand-over-do = Hand over
casework-hand-over-none = Nobody to give
casework-hand-over-none-text = This professional is named beside nobody whom you may see.
casework-wrong-people = Tick one person at least
casework-handed = { $count ->
    [0] Nobody is handed over
    [one] One person is handed over, from { $who }
   *[other] { $count } people are handed over, from { $who }
}
casework-handed-someone = Somebody who is not of this list
casework-handed-absent = This person is not of this list any more.
casework-handed-failed = This could not be done: try again.
casework-handed-done = done
casework-handed-not = not done

# Figures
menu-figures = Figures
figures-title = Figures
figures-lede = For the whole territory, on { $day }. These figures lead to no list.
figures-month = At the end of
figures-col-what = Definition
figures-col-value = Value
figures-col-of = Counted from
figures-col-least = Expected
figures-hidden = Too few people: not shown
figures-below = below what is expected
figures-per-cent = { $value }%
figures-days = { $value ->
    [one] { $value } day
   *[other] { $value } days
}
figures-people = { $value }
figures-none = No figure
figures-none-text = The file of this programme defines none.
figures-small = A figure of too few people would tell who they are: it is not shown, nor is what would tell it by subtraction.

# The dashboard of committees
menu-committee = Dashboard
committee-title = Committee dashboard
committee-lede = { $month }, for the whole territory and by local service. These figures lead to no list.
committee-month = Month
committee-csv = CSV
committee-xlsx = Spreadsheet
committee-file = committee
committee-none = No month to show
committee-none-text = No programme shows you figures, or no month is over since it began.
committee-hidden = hidden
committee-hidden-why = hidden: too few people, or could be deduced
committee-small = A number of fewer than { $fewest } people is hidden, and so is what would tell it by subtraction. Hidden does not mean zero.
committee-counted = Counted on { $day }; what is recorded since does not change it any more.
committee-part-entries = Entries and delays
committee-part-share = RSA recipients
committee-part-exits = Exits and barriers lifted
committee-entries = Entries
committee-entries-text = Effective entries in the month.
committee-in-time = In time
committee-in-time-within = Share of the month’s entries within { $length } of the sending of the form.
committee-in-time-text = Share of the entries within the delay that the programme sets.
committee-median = Median delay
committee-median-text = Days from the sending of the form to the entry: half of the month’s entries waited no longer.
committee-exits = Exits
committee-positive = Positive
committee-lifted = Barriers lifted
committee-other = Others
committee-other-text = All other exits of the month. Each exit is counted once.
committee-share = Share of RSA recipients
committee-key-in-time = in time
committee-key-late = late
committee-key-apart = not told apart (hidden)
committee-chart-entries = Entries by month
committee-chart-exits = Exits by month
committee-chart-share = Share of RSA recipients at the end of each month
committee-chart-hidden = * hidden
committee-col-place = Service
committee-col-month = Month
committee-by-place = { $what } by service, { $month }
committee-by-month = { $what } by month, whole territory
committee-whole = Whole territory
committee-nowhere = No service
committee-months = Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec

# The ESF lists
menu-evidence = ESF lists
evidence-title = Half-yearly ESF lists
evidence-lede = The list of the people accompanied in the half-year, evidence for the European Social Fund: frozen, then signed by both parties.
evidence-col-half = Half-year
evidence-col-state = State
evidence-col-signed = Signatures
evidence-col-acts = Acts
evidence-half-1 = first half of { $year }
evidence-half-2 = second half of { $year }
evidence-days = { $from } to { $to }
evidence-runs = under way
evidence-to-freeze = to be frozen
evidence-to-sign = frozen, to be signed
evidence-complete = signed by all parties
evidence-frozen-on = { $count ->
    [one] Frozen on { $day }, { $count } person
   *[other] Frozen on { $day }, { $count } people
}
evidence-kept = Kept until { $day }
evidence-awaited = signature awaited
evidence-signed-by = on { $day }, { $who } ({ $role })
evidence-signed-as = on { $day } ({ $role })
evidence-freeze = Freeze the list
evidence-freeze-again = Freeze again
evidence-sign = Sign
evidence-copy = Download the copy
evidence-why = Prove the good use of the European Social Fund.
evidence-signers = Signed by: { $who } ({ $source }).
evidence-done-frozen = The list is frozen and sealed. It waits for the parties’ signatures.
evidence-done-signed = The list is signed for your party.
evidence-gone = This list is no longer there: it was frozen again. Nothing was signed; read the new one.
evidence-people = People
evidence-frozen = Frozen on
evidence-kept-until = Kept until
evidence-signed = { $party } signed
evidence-seal = Seal (SHA-256)
evidence-freeze-title = Freeze the list of the { $half }
evidence-freeze-text = The people accompanied from { $from } to { $to } ({ $programme }) are put on the list, as their paths stand today, and the list is sealed.
evidence-freeze-record = Each person whom it names will see in her space that the list was made. As long as nobody has signed it, the list may be frozen again.
evidence-freeze-replaces = It replaces the one that was frozen on { $day } and that nobody has signed.
evidence-sign-title = Sign the list of the { $half }
evidence-sign-text = You sign for your party ({ $party }). The signature is of the sealed content below, and of no other; it cannot be taken back. Download the copy first if you have not read it.
evidence-sign-for = Sign ({ $party })
evidence-copy-title = Copy of the list of the { $half }
evidence-copy-text = The copy gives the people as they were frozen, with the seal and the signatures.
evidence-copy-record = It names people: this download is entered in the access log, and each of them can see it.
evidence-copy-unsigned = Not all parties have signed yet.
evidence-back = Back to the lists
evidence-file = esf-list
evidence-wrong-signed = Somebody signed the list of this half-year meanwhile: it cannot be frozen again.
evidence-wrong-keep = No clause says how long the list is kept: it was not frozen. Tell your data protection officer.
evidence-wrong-twice = Your party has signed this list already: nothing was added.

# Appointments
meet-title = Appointments
meet-at = { $day } at { $hour }
meet-what = { $what } · { $place } · with { $who }
meet-of = Appointment on { $at }.
meet-told = The person will be told: by e-mail if she has consented to it, else by a letter to print. The message says the day, the hour, the place, with whom and how to change it, and nothing else.
meet-falls = These appointments fall with it: { $all }. Tell the person: Liant does not write to them about it.
meet-falls-one = { $at } with { $who }
meet-act = For which appointment?
meet-on = On which day?
meet-hour = At what hour?
meet-hour-hint = The hour there, for example 14:30
meet-wrong-hour = Give an hour that exists, for example 14:30
meet-means = How?
meet-place = Where?
meet-place-hint = By telephone or video, the place that you call from: its number is the one that the person calls to change it.
meet-with = With whom?
meet-unsaid = Outcome to record
meet-cancelled = Cancelled
meet-lapsed = Lapsed
meet-told-email = Told by e-mail on { $day }.
meet-told-letter = Told by letter on { $day }.
meet-step-fixed = appointment fixed: { $at }
meet-step-moved = appointment moved: { $at }
casework-rule-appointment = Rule of appointments

# Letters
letters-title = Letters to print
letters-lede = What people who have not consented to e-mail are told by letter. Print, post, then tick.
letters-none = No letter to print
letters-none-text = A letter appears here when an appointment is fixed, moved or cancelled, and when the day comes to remind of it.
letters-tick = Tick
letters-tick-one = Letter to { $name }
letters-col-at = Appointment
letters-col-what = About
letters-col-print = Print
letters-said = Appointment fixed
letters-cancelled = Appointment cancelled
letters-reminder = Reminder
letters-late = Too late by post: tell her otherwise
letters-printed = Printed
letters-to-print = To print
letters-print = See and print
letters-print-all = Print all
letters-do-posted = The ticked letters are posted
letters-posted = { $count ->
    [0] No letter was ticked.
    [one] { $count } letter noted as posted.
   *[other] { $count } letters noted as posted.
}
letters-sheet = Letter
letters-back = Back to the letters
letters-protected = This person’s address is protected and not shown to you: hand the letter to her.
letters-no-address = No known address is to be printed: write it on the envelope, or hand the letter to her.
