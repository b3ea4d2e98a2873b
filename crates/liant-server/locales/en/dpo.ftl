# Conventions
menu-conventions = Conventions
conv-title = Conventions
conv-lede = The texts that the software executes for your organisation: how each stands, and what comes next.
conv-caption = Conventions and register entries, by name
conv-col-title = Text
conv-col-state = State
conv-col-parties = Parties
conv-col-term = Term
conv-col-next = To come
conv-id = { $id }, version { $version }
conv-version = Version { $version }
conv-versions = Versions of this text
conv-register = register entry
conv-register-text = A register entry is never suspended: it binds nobody else.
conv-in-force = In force
conv-not-yet = To come
conv-ended = Ended
conv-suspended = Suspended
conv-without-parent = Without effect
conv-without-parent-text = The convention that it carries out is not there: nothing passes.
conv-in-force-text = In force today.
conv-not-yet-text = Begins on { $day }.
conv-ended-text = Ended on { $day }: nothing passes any more.
conv-suspended-text = Suspended since { $day }: nothing passes any more.
conv-from-to = From { $from } to { $to }
conv-from = From { $from }
conv-next-none = Nothing
conv-next-renewal = Renewal to ask for:
conv-next-end = End:
conv-next-cure = Formal notice unanswered, end:
conv-empty-title = No convention
conv-empty-text = No text of this territory binds your organisation. Without a convention nothing leaves.
conv-rule = What a state changes
conv-rule-suspended = Suspended, to come or ended, a convention lets nothing pass: no page, no file, no extract, no interface. The effect is immediate, for everyone.
conv-rule-register = An organisation’s own records come under its register entry: a suspension does not hide them from it.

# The course of a convention
course-title = Course of the convention
course-none = No suspension and no formal notice is recorded.
course-caption = What was recorded, the latest first
course-col-from = From
course-col-step = Act
course-col-ground = Ground
course-col-party = Party
course-col-by = Recorded
course-by = by { $who }, { $moment }
course-acts = What you may do
course-not-yours = Only the data protection officer of a party may suspend it.
step-suspended = Suspension
step-resumed = Resumption
step-notice = Formal notice
step-answered = Default put right
ground-breach = Breach of data
ground-flaw = Security flaw
ground-default = Default of a party
ground-authority = Request of an authority
ground-remedied = The cause was put right
ground-mistake = The step before was a mistake
act-suspend = Suspend the convention
act-resume = Resume the convention
act-give-notice = Give formal notice
act-answer-notice = Record that the default was put right
suspend-text = From the day given, nothing passes under this convention: no page, no file, no extract, no interface. Only the destruction of what is due goes on.
resume-text = Your organisation’s suspension ends on the day given. Another party’s remains, and so does one written in the convention’s file.
notice-step-text = Formal notice opens the time that the convention gives to put a default right. Unless you record an answer by then, the convention ends.
answer-step-text = The default was put right: your organisation’s notice has no further effect.
step-ground = Ground
step-ground-error = Choose a ground.
step-from = From
step-from-hint = Today or a later day.
step-from-error = Give today or a later day.
done-suspended = The suspension is recorded. It holds everywhere from the day given.
done-resumed = The resumption is recorded.
done-notice = The formal notice is recorded: its time runs.
done-answered = The default is noted as put right.

# The text of a convention
grant-title = Who may see what
grant-caption = One line for each clause
grant-col-to = Who
grant-col-purpose = Why
grant-col-data = Data
grant-col-way = Way
grant-col-clause = Clause
grant-fields = { $count ->
    [0] no datum
    [one] { $count } datum
   *[other] { $count } data
}
grant-about = { $people }; { $reach }; from: { $sources }
section-term = Term, renewal, end
section-parties = Parties
section-purposes = Purposes and legal bases
section-flows = Flows
section-uses = What the software reads without showing it
section-clocks = Delays
section-retention = How long data are kept
section-contacts = Contacts
section-renewal = Renewal
section-renewal-text = To ask for { $before } before the end, answer within { $within }, silence means { $silence } ({ $clause })
section-ending = Ending
section-notice-text = Notice: { $length }
section-cure-text = Formal notice: { $length } to put right
section-suspends = A default suspends at once
section-suspends-not = A default does not suspend by itself
section-steered = Who may suspend it
section-hosting = Hosting
section-flow-ends = From { $from } to { $to }
section-owed-to = Owed to { $party }
section-kept = { $length } from: { $start }
section-until-unneeded = Sooner, once they are no longer needed
length-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
length-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
length-months = { $count ->
    [one] { $count } month
   *[other] { $count } months
}
length-years = { $count ->
    [one] { $count } year
   *[other] { $count } years
}
capacity-controller = controller
capacity-joint = joint controller
capacity-sub-processor = sub-processor
capacity-processor = processor
channel-email = e-mail (encrypted to another body)
channel-hand = on paper
channel-flow = exchanged file
channel-screen = screen
channel-export = extract
channel-api = interface (API)
people-of-everyone = everyone whom the source knows
people-of-recipients = RSA recipients
people-of-in-course = RSA recipients in course
reach-oneself = the person alone
reach-designated = the people designated to her
reach-caseload = her caseload
reach-service = her service
reach-territory = the whole territory
rhythm-daily = every day
rhythm-weekly = every week
rhythm-monthly = every month
rhythm-on-request = on request
use-recognise = recognise
use-update = bring up to date
use-clocks = compute delays
use-count = count
use-index = sort and find
use-retain = keep and destroy
starts-breach = Breach of data discovered
starts-complaint = Complaint received
starts-flaw = Flaw discovered
starts-rights = A person’s request received
starts-notice = Formal notice received
kept-from-deposit = the deposit of the file
kept-from-receipt = the receipt
kept-from-end = the end of the convention
kept-from-right = the end of the right
kept-from-recorded = the entry in the log
kept-from-last-use = the last sign-in
kept-from-signature = the signature
contact-governance = Governance
contact-operations = Operations
contact-security = Security
contact-dpo = Data protection
silence-refusal = refusal
silence-renewal = renewal

# Breaches of data
menu-breaches = Breaches
breach-title = File of breaches
breach-lede = What was discovered, whom it concerns by the log of accesses, who must be told and by when.
breach-new = Open a breach
breach-caption = Breaches, the last discovered first
breach-col-discovered = Discovered
breach-col-nature = Nature
breach-col-state = State
breach-col-next = Next deadline
breach-next-none = None
breach-open = Open
breach-closed = Closed
breach-late = Late
breach-empty-title = No breach
breach-empty-text = When an account is stolen, a file goes astray or a flaw is found, open a breach here: the people and data concerned are computed, and the clocks run.
nature-breach = Breach of data
nature-complaint = Complaint
nature-flaw = Security flaw
to-authority = CNIL (authority)
kept-in-time = told in time
kept-late = told { $hours } h { $minutes } min late
kept-missed = late by { $hours } h { $minutes } min
kept-runs = { $hours } h { $minutes } min left
breach-new-text = Say what was discovered and which accesses it is about: an account, a period, an act, or several of these. People are not typed in: they are computed from the log.
breach-new-after = The clocks run from the discovery, not from this entry.
breach-open-submit = Open
breach-nature = What was discovered?
breach-nature-error = Choose what was discovered.
breach-found = Day of the discovery
breach-found-hint = Or of the receipt of the complaint.
breach-found-error = Give a day and a time that have passed.
breach-time = Time
breach-time-hint = In France, as in 9:05.
breach-time-error = Write hours and minutes, as in 9:05.
breach-actor = Account meant
breach-actor-hint = Its e-mail address, or its number in the log.
breach-actor-error = No account has this address or number.
breach-act = Act meant
breach-act-hint = Its number in the log, when it is about one file or one reading.
breach-act-error = This is no number of an act.
breach-since = From
breach-since-hint = Without a day: from the beginning.
breach-until = To
breach-until-day = Until { $to }
breach-always = From the beginning
breach-day-error = There is no such day.
breach-until-error = The period ends before it begins, or there is no such day.
breach-nothing-error = Give an account, an act or a first day.
breach-people = { $count ->
    [0] By the log nobody is concerned.
    [one] { $count } person concerned.
   *[other] { $count } people concerned.
}
breach-about = What it is about
breach-period = Period
breach-entry = Read the entry
breach-measures = Conventions suspended
breach-none-suspended = None
breach-suspend = See the conventions
breach-suspended = { $convention }, since { $day }
breach-owed = Whom to tell, and by when
breach-owed-none = No clock of the conventions or of the law runs.
breach-owed-caption = Deadlines, the first first
breach-col-to = To
breach-col-by = By
breach-col-kept = How it stands
breach-col-clause = Clause
breach-col-draft = Draft
breach-draft = Read the draft
breach-done = What was done
breach-done-none = Nothing is noted.
breach-done-caption = What was done, in order
breach-done-opened = The breach is open. Its clocks run from the discovery.
breach-done-recorded = It is noted.
breach-col-at = When
breach-col-deed = Act
breach-col-recorded = Noted by
breach-col-field = Datum
breach-col-people = People
breach-col-actor = By
breach-col-what = What
breach-col-data = Data
breach-shown = What was shown
breach-shown-text = Computed just now from the log: of each person, the union of what these acts showed.
breach-fields-caption = Of how many people each datum was shown
breach-take = Take the list of people (CSV)
breach-take-text = The file names those whom your clauses let you name, and says of each what was shown. Taking it is put on record.
breach-acts = The accesses meant
breach-acts-caption = Accesses, in order
breach-more-acts = { $count ->
    [one] One more access is not shown here.
   *[other] { $count } more accesses are not shown here.
}
breach-erased = { $count ->
    [one] One entry of the period was erased from the log: what it said is no longer known.
   *[other] { $count } entries of the period were erased from the log: what they said is no longer known.
}
breach-nobody-title = Nobody is concerned
breach-nobody-text = No access of this account, period or act showed anyone.
breach-file = breach
breach-file-person = Number
breach-file-data = Data shown
breach-file-acts = Accesses
breach-file-first = First
breach-file-last = Last
deed-title = Note what was done
deed-text = A notice sent, an answer, the closing. Nothing is sent from here: what is noted was done elsewhere.
deed-submit = Note
deed-what = What was done?
deed-what-error = Choose what was done.
deed-initial = First notice
deed-complement = Complementary notice
deed-answered = Answer received
deed-closed = Closing
deed-to = To whom
deed-to-hint = Not needed for a closing.
deed-to-error = Choose whom it went to.
deed-at = Day
deed-at-error = Give a day and a time between the discovery and now.
deed-state-error = The breach is closed, or nothing was sent there yet.

# Drafts of notices
draft-title-authority = Notice to the CNIL
draft-title-partner = Notice to the partner
draft-by = to send before { $moment } ({ $clause })
draft-read = Drafted from the facts on record: read it, complete it, print it. It holds no personal data; add none.
draft-from = From: { $party }, data protection officer
draft-to = To: { $party }
draft-roles = For the attention of: { $roles }
draft-nature = What happened
draft-discovered = Discovered: { $moment }.
draft-acts = { $count ->
    [one] One access meant, { $from }.
   *[other] { $count } accesses meant, from the first ({ $from }) to the last ({ $to }).
}
draft-people = The people concerned
draft-people-text = { $count ->
    [0] The number of people concerned is not known yet.
    [one] One person, among RSA recipients and members of their households.
   *[other] { $count } people, among RSA recipients and members of their households.
}
draft-data = The categories of data
draft-no-data = No category is established yet.
draft-consequences = What may come of it
draft-consequences-health = Disclosure of the person’s health or disability (special categories, GDPR, art. 9), discrimination, identity theft, phishing.
draft-consequences-contact = Phishing and canvassing at the known address, identity theft, disclosure of the person’s social situation to others.
draft-consequences-identity = Identity theft, disclosure of the person’s social situation to others.
draft-consequences-other = Disclosure of the person’s social situation to others.
draft-measures = The measures taken
draft-no-measure = No convention is suspended at this hour. Add the other measures.
draft-contact = Contact
draft-contact-text = The data protection officer of our organisation, at the address known to the parties.
draft-asked = What we ask of you
draft-asked-text = Tell us which accesses you see on your side, what measures you take, and who answers us.
draft-staged-first = This is a first notice: a complement follows as soon as more is established.
draft-staged-next = This notice completes the one before and replaces it where they differ.
data-accompaniment = Accompaniment: needs and barriers
data-health = Health and disability
data-consent = Consents given
data-working-record = Working record
data-identity = Civil identity
data-identifiers = Identifiers
data-registration = Registration as a job seeker
data-follow-up = Follow-up by France Travail
data-training = Training and occupation
data-orientation = Orientation decision
data-rights = Rights to the RSA
data-household = Household
data-contact = Address and contact

# The DPO’s day
desk-breaches = { $count ->
    [one] breach of data open
   *[other] breaches of data open
}
desk-conventions = { $count ->
    [one] convention to look at: suspended, or a date is near
   *[other] conventions to look at: suspended, or a date is near
}
desk-requests = { $count ->
    [one] request of a person to answer
   *[other] requests of people to answer
}

# People's requests
menu-rights = Requests
rights-title = People’s requests
rights-lede = Each request keeps the day it was received and the day its answer is due: within a month.
rights-states = Requests to show
rights-open = To answer
rights-answered = Answered
rights-caption = Requests that your body received
rights-col-received = Received
rights-col-right = Request
rights-col-state = State
rights-col-due = Due
rights-col-clause = Clause
rights-col-from = Received by
rights-due-none = No longer due
rights-full = Only the first { $count } requests are shown.
rights-empty-title = No request waits
rights-empty-text = Requests made in a person’s own space arrive here. One that comes by letter or in person is recorded from the page “Who read this person”.
rights-none-title = No request answered
rights-none-text = Answers that were given will be here, with their dates.
rights-shared = Requests that a partner told you of
rights-shared-caption = Requests received by a partner, the first due first
rights-shared-text = The partner answers the person; your body does its part within the same time. The person is not named here: the partner tells you who it is by your usual channel.
right-access = Access
right-rectification = Rectification
right-erasure = Erasure
right-restriction = Restriction
right-opposition = Objection
request-received = Received
request-under-way = Under way
request-answered = Answered
request-refused = Refused
request-withdrawn = Withdrawn by the person
request-about-datum = { $label }, from { $source }
request-about-all = No datum in particular
request-about = Datum concerned
request-answer-due = Answer due:
request-what = The request
request-way-space = Made in the person’s own space
request-way-recorded = Came by letter or in person
request-person = Person
request-who-read = Who read
request-statement = What the person writes
request-due = Last day to answer
request-copy-pdf = Take a copy for the person (PDF)
request-copy-print = Take a copy for the person (to print)
request-copy = Take the copy of the data (JSON)
request-back = Back to the request
request-copy-text = The copy to hand to the person, as far as the person’s own rights go. Taking it is put on record.
request-done-opened = The request is recorded. Its time runs from the day it was received.
request-done-part = It is noted.
request-done-state = It is noted.
request-stale = The request has changed meanwhile: this is how it stands.
part-title = The other bodies
part-text = Where the datum comes from, and to whom the log says it went.
part-caption = Bodies that have part in the request
part-none = No other body gave or received what this is about.
part-untold = Still to be told: { $parties }. Whoever received a datum that is put right, erased or restricted must learn of it (GDPR, art. 19).
part-col-party = Body
part-col-why = Part
part-col-told = Told
part-col-answer = Its answer
part-col-act = Note
part-gave = The datum comes from it
part-received = The datum was shown to it
part-told-no = Not yet
part-to-tell = To be told
part-not-told = Optional
part-awaited = Answer awaited
part-over = Request closed
part-told = Told
part-done = Done
part-nothing = Holds nothing of the kind
part-refused = Refuses, and tells the person
part-act-told = Note: told
part-act-done = Note: done
part-act-nothing = Note: holds nothing
part-act-refused = Note: refuses
step-caption = What was noted of the other bodies, in order
answer-title = Follow up or answer
answer-text = The answer goes to the person by letter, in person or in the person’s own space. What is noted here has been done.
answer-submit = Note
answer-what = How does the request stand?
answer-error = Choose how the request stands.
answer-under-way = Somebody sees to it
answer-under-way-hint = Its time runs on.
answer-answered = Answered: what was asked is done
answer-answered-hint = The answer was given. It cannot be taken back.
answer-refused = Refused
answer-refused-hint = The person was given the reasons, and knows of the authority and the courts (GDPR, art. 12 (4)). A refusal cannot be taken back.
shared-said = Received on { $day } by { $party }, which told you on { $told }. The answer to the person is due on { $due } ({ $clause }).
shared-number = Number of the request, to give to the partner: { $number }
shared-answered = Your body answered: { $answer }, { $moment }.
shared-what = What did your body do?
shared-error = Choose what your body did.
shared-submit = Answer the partner
new-request-link = Record a request
new-request-title = Record a request of the person
new-request-text = For a request that came by letter or in person, once the person’s identity was checked. Its time runs from the day it was received.
new-request-submit = Record
new-request-right = What does the person ask for?
new-request-right-error = Choose what the person asks for.
new-request-on = Received on
new-request-on-hint = The day the request arrived.
new-request-on-error = Give a day that has come.
new-request-about-error = Choose the datum to put right.
new-request-statement-hint = What is wrong and what is right, or the reason. Sealed: only those who answer read it.

# The review of access
menu-access-review = Access review
access-title = Review of access
access-lede = Who acts for your body, as what, and since when. Each access is looked at again at least once a year, by someone else than its holder.
access-caption = Access in force, what is to be looked at first
access-col-who = Who
access-col-role = Function
access-col-used = Last came in
access-col-reviewed = To be looked at
access-col-act = Decision
access-col-found = Decision
access-col-by = By
access-never = Never
access-long-ago = Not in for 90 days
access-reviewed = Looked at on { $day }
access-given = Given on { $day }
access-own = Your own access: someone else looks at it.
access-confirm = Confirm
access-withdraw = Withdraw
access-confirmed = Confirmed
access-withdrawn = Withdrawn
access-done-confirmed = The access is confirmed.
access-done-withdrawn = The access is withdrawn: its sessions are closed.
access-stale = This access has changed meanwhile: this is how it stands.
access-past = Decisions of the year
access-past-caption = Decisions, the latest first
access-empty-title = No access
access-empty-text = Nobody acts for your body in this territory.
desk-access-review = { $count ->
    [one] access to look at again
   *[other] accesses to look at again
}

# The register
register-title = Register of processing activities
register-lede = Made from the texts that the software executes, in the order of GDPR article 30: what is written here is what is applied.
register-entries = Entries
register-file = See the text and its course

# Processors and lists
processors-and-lists = Processors and lists
processors-title = Processors
processors-lede = Those to whom your body entrusts data, from where they reach them, and the lists that the conventions have you give.
processors-caption = Processors, those that serve today first
processors-col-name = Processor
processors-col-country = Country
processors-col-term = Term
processors-col-act = Note
processors-against = Outside the area allowed: { $conventions }
processors-end = Serves no longer
processors-new = Add a processor
processors-new-text = A firm or a body, never a person.
processors-submit = Add
processors-name = Name
processors-service = What it does
processors-service-hint = For example: hosting, upkeep, sending mail.
processors-country = Country from which it reaches the data
processors-country-hint = Two letters (ISO 3166), for example FR.
processors-country-error = Write the two letters of the country.
processors-text-error = Write 1 to { $most } characters.
processors-from = From
processors-done-added = The processor is recorded.
processors-done-ended = Its end is recorded as of today.
processors-done-gave = It is noted as given today.
processors-empty-title = No processor
processors-empty-text = Your body has recorded no processor. If it has none, the list to give says so.
lists-title = Lists to give
lists-text = Nothing is sent from here: note what was given to the partners.
lists-none = No convention in force has you give a list.
lists-caption = Lists that your conventions ask for, the first due first
lists-col-what = List
lists-col-convention = Convention
lists-col-last = Last given
lists-col-due = Due
lists-never = None noted
lists-on-request = On first request
lists-gave = Given today
list-sub-processors = Processors
list-countries = Countries of hosting and access
list-agents = People with access

limits-title = Carrying it out
limits-text = The data stay stored. They are used no more: no page, list, count or file shows them, but what the law leaves (GDPR art. 18 (2), art. 21).
limit-title = Carry it out
limit-text = It holds at once, for every use that your body decides about. A file that was prepared and is not handed over must be prepared again.
limit-submit = Carry it out
limit-ground = What is carried out?
limit-ground-error = Choose what is carried out.
limit-ground-accuracy = Restriction: she contests that the data are accurate, until that is verified
limit-ground-unlawful = Restriction: the use is unlawful, and she wants the data kept
limit-ground-claims = Restriction: she needs the data for legal claims
limit-ground-objection = Restriction: she objected, until it is verified whose grounds weigh more
limit-carry-objection = Objection: no more use for the purposes to which the law lets her object
limit-objection = Objection to the purposes: { $purposes }
limit-line-open = { $purpose } ({ $file }): she may object. Bases: { $basis }.
limit-line-closed = { $purpose } ({ $file }): she may not object, and is told so. Bases: { $basis }.
limit-review-on = Day on which it is looked at again
limit-review-hint = Within a year. It does not end by itself on that day.
limit-review-error = Give a day: day, month, year.
limit-since = Since { $moment }, by { $by }
limit-review = To be looked at again on { $day }
limit-lifted = Lifted on { $day }: { $reason }. She was told on { $told } ({ $way }).
limit-holds = in force
limit-to-review = to be looked at
limit-over = lifted
limit-likeness = It also holds these people, whom a link or a question of identity takes for the same:
limit-free = This is somebody else
limit-done-set = It is carried out.
limit-done-lifted = Its end is noted. Her space tells her from now on.
limit-done-freed = It does not hold this person any more.
lift-title = Lift it
lift-text = She is told before it is lifted (GDPR art. 18 (3)).
lift-submit = Lift
lift-reason = Why?
lift-reason-error = Choose a reason.
lift-reason-verified = what was contested is verified or put right
lift-reason-settled = it is settled whose grounds weigh more
lift-reason-claims-over = the legal claims are over
lift-reason-at-her-wish = she asks for it
lift-reason-mistake = it was a mistake
lift-told = How was she told?
lift-told-error = Say how she was told.
lift-told-letter = by letter
lift-told-in-person = in person
lift-told-on = Day on which she was told
lift-on = First day on which it does not hold any more
lift-on-hint = Tomorrow at the earliest.
limits-in-force = Restrictions and objections in force
limit-refused = Nothing was done: the law, the legal bases or the clauses do not allow it. See that the clause of your role says “despite_restriction”.
limit-purposes = Objection: to which purposes?
limit-purposes-hint = Those to which she objects.
limit-purposes-error = Tick one purpose at least.
lift-on-error = Give a day to come, after she has been told.

request-person-erased = Everything held of the person is erased: nothing says any more who it is.
erasure-lede = Erasure is for good. What rests on a legal obligation or a task in the public interest stays while its time of retention runs, unless its use is unlawful or an objection was upheld (GDPR art. 17 (3)).
erasure-title = Erase
erasure-text = This is what is held, and what it rests on. Nothing is erased before a second confirmation.
erasure-caption = What is held of the person, by source
erasure-col-what = Data
erasure-col-items = Number
erasure-col-clause = Clause and legal bases
erasure-col-fate = What becomes of it
erasure-own = Decisions, follow-up, path, space and requests
erasure-set-identity = Identity and numbers
erasure-set-registration = Registration
erasure-set-follow-up = Follow-up
erasure-set-training = Training
erasure-set-rights = Rights
erasure-set-household = Household
erasure-set-contact = Address, telephone, e-mail
erasure-ground = On what ground?
erasure-ground-error = Choose a ground.
erasure-ground-unneeded = The data are not needed any more for what they were received for (art. 17 (1) (a))
erasure-ground-consent = The person takes back the consent on which alone they rest (art. 17 (1) (b))
erasure-ground-objected = The person objected, and no grounds weigh more (art. 17 (1) (c))
erasure-ground-unlawful = Their use is unlawful: someone loaded by error, another person’s data (art. 17 (1) (d))
erasure-ground-obligation = The law has them erased (art. 17 (1) (e))
erasure-scope = What is to be erased?
erasure-scope-error = Choose what is to be erased.
erasure-scope-all = Everything that is held of the person
erasure-scope-all-hint = No list, search, page or file to come has her any more. Her space closes.
erasure-scope-some = A part
erasure-scope-some-hint = The sources or data ticked below.
erasure-sources = Sources
erasure-sources-hint = None ticked: all.
erasure-sets = Data
erasure-sets-hint = None ticked: all those of the sources. Identity goes with its source.
erasure-some-error = Tick a source or data.
erasure-see = See what would be erased
erasure-check-title = Erase: check
erasure-carry-out = Erase for good
erasure-change = Change
erasure-goes = erased
erasure-stays = stays
erasure-kept-obligation = legal obligation
erasure-kept-task = task in the public interest
erasure-kept-claims = legal claims
erasure-kept-ground = the ground is not met
erasure-kept-use = no clause lets it be destroyed
erasure-law-keeps = The law keeps some of what is chosen: nothing can be erased so. Choose less, another ground, or refuse the request.
erasure-nothing = Nothing of the kind is held.
erasure-parties = To be told next, since they gave or received these data (art. 19): { $parties }.
erasure-kept-out = The next files of the same sources do not bring the person back, until you decide otherwise: a mark that cannot be read recognises her.
erasure-not-kept-out = The next file of a source may bring back what it still says of the person.
erasure-frozen = { $count ->
    [one] One frozen half-yearly list stays, if it names the person
   *[other] { $count } frozen half-yearly lists stay, if they name the person
}: regulation (EU) 2021/1060 has it kept.
erasure-left = What stays too: the records of who was shown what and the log, which say nothing of these data; the records set aside of files received, until their time is over; this request and its answer, without a name.
erasure-long = The store is written again: that may take some minutes.
erasure-since = Erased on { $moment }, by { $by }
erasure-whole = Everything that was held of the person.
erasure-not-ended = It is erased, and not certified yet: the store was being read. The next run of destruction (“liant retention run”) ends it.
erasure-done = It is erased. The certificate is made.
erasure-done-refused = The refusal is noted, with the clauses that keep the data.
erasure-done-admitted = The next files may bring the person back.
erasure-impossible = Nothing was erased: the law keeps what the ground does not reach, or a destruction has not ended.
erasure-busy = Nothing was erased by this: a file is being received, or an erasure is under way. Try again in a few minutes.
erasure-refuse = Refuse the erasure
erasure-refuse-text = The answer names the clauses that keep the data, and their legal bases. The person may go to the supervisory authority and to court (GDPR art. 12 (4)). A refusal stands.
erasure-reason = Why?
erasure-reason-not-held = Nothing that is held of the person is kept for that reason: choose another.
erasure-reason-error = Choose why it is refused.
erasure-refusal-obligation = A legal obligation has them kept (art. 17 (3) (b))
erasure-refusal-task = A task in the public interest needs them (art. 17 (3) (b))
erasure-refusal-claims = They serve legal claims (art. 17 (3) (e))
erasure-refusal-ground = No ground of art. 17 (1) is met
erasure-clauses = The data stay under:
erasure-admit = Let the person come back with the next files
erasure-notes = What to know
