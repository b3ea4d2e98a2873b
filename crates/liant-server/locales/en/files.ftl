# Files, month, due dates
menu-files = Files
menu-month = This month’s file
menu-calendar = Due dates

files-title = Files
files-lede = What has come, what is missing, and what each import did.
files-add = Add a file
files-print = Print
files-waiting = Waiting for your decision
files-sent = { $who }, { $when } · { $size }
files-checking = being checked
files-importing = being imported
files-interrupted = interrupted
files-to-import = to import
files-to-check = to check
files-empty-title = No file received
files-empty-text = Begin with the list of people whom the Département follows, then the files of the CAF and of France Travail, in the order they were made.
files-follow-up = Monthly follow-up
files-received = Files received
files-col-flow = Flow
files-col-file = File
files-col-about = Reference date
files-col-sent = Received
files-col-state = State
files-col-records = Records
files-col-rejected = Rejected
files-with-rejects = imported, with rejects
files-imported = imported
files-abandoned = abandoned

flow-received = received
flow-received-late = received late
flow-deposited = deposited
flow-deposited-late = deposited late
flow-missing = missing
flow-late = late
flow-awaited = awaited
flow-to-do = to deposit
flow-to-come = to come
flow-nothing = —
flow-on = on { $day }
flow-since = since { $day }
flow-before = by { $day }
flow-from = from { $day }
flow-files = { $count } files

upload-step-send = Send
upload-step-check = Check
upload-step-import = Import
upload-step-report = Report
upload-new = Add a file
upload-field = File
upload-hint = PECGM, PECDH, CNAF beneficiaries or the Département’s list. Drop it here or choose it; { $size } at most.
upload-none = Choose a file that is not empty
upload-unknown = This file is of no known flow: choose a PECGM, PECDH or CNAF file, or the Département’s list
upload-decisions = This file holds orientation decisions: choose the stock of a flow
upload-send = Check the file
upload-cancel = Cancel
upload-how = What will happen
upload-how-check = The file is checked first: you see what is at fault and what the import would do.
upload-how-nothing = Nothing is recorded before you decide. An import is published whole, or not at all.
upload-how-kept = The file stays on this server, readable by the program alone. It is erased after the import or when you give it up, and a day after it came at the latest.
upload-how-order = Import the files of a source in the order they were made.
upload-title = { $flow } file
upload-title-month = { $flow } file for { $month }
upload-lede = Sent by { $who }, { $when } · { $size } · { $name }
upload-checking = Checking the file
upload-importing = Importing the file
upload-progress = { $read } of { $total }
upload-may-leave = You may leave this page: the work goes on, and you will find it under “Files”.
upload-refresh = See how far it is
upload-import-interrupted = The import was interrupted when the server stopped. Nothing was recorded: the data are as before.
upload-check-interrupted = The check was interrupted when the server stopped. Nothing was recorded.
upload-check-failed = The check did not come to its end. Nothing was recorded.
upload-import-again = Import again
upload-check-again = Check again
upload-give-up = Give up
upload-checked = The check is done.
upload-other = Add another file
upload-impossible = This file cannot be imported
upload-that-import = See that import
upload-report = See the report
upload-imported = The file is imported
upload-imported-text = All readers see it. The file was erased from this server.
upload-given-up = This file was given up
upload-given-up-text = It was erased from this server. Nothing of it was recorded.
upload-refused = The whole file is refused
upload-at-line = line { $line }, rule { $rule }
upload-more = { $count } more findings. After the import all rejects are in the report and in the file to download.
upload-found = { $count ->
    [one] { $count } finding
   *[other] { $count } findings
}
upload-findings = What was found
upload-sound-title = Nothing to report
upload-sound-text = All records keep the rules of the flow.
upload-would = What the import would do
upload-under = Received under:
upload-import = { $count ->
    [one] Import { $count } record
   *[other] Import { $count } records
}
upload-many-left-title = Much of the stock is missing
upload-many-left-hint = { $count } people are not in this file and would leave the stock. Ask the sender first whether the file is whole.
upload-many-left = The file is whole: import it all the same
upload-lacks-many = The import did not take place: the file leaves out much of the stock. Nothing was recorded.
upload-rejected = rejected
upload-warned = imported, to check
upload-times = { $count } times

finding-record = Record
finding-line = Line
finding-element = Datum
finding-message = What is wrong
finding-rule = Rule
finding-status = Outcome

import-title = { $flow } of { $day }
import-lede = Imported by { $who }, { $when } · { $size } · { $name }
import-known = recognised without doubt
import-new = new people
import-review = identities to confirm
import-rejected = records rejected
import-changes = What the import did
import-records = Records read
import-records-hint = in the file
import-entries = New
import-entries-hint = never seen from this source
import-changed = Changed
import-changed-hint = at least one datum changed
import-unchanged = Unchanged
import-unchanged-hint = nothing was written again
import-set-aside = Rejected
import-set-aside-hint = set aside, with the reason
import-entered = Entered the stock
import-entered-hint = new or back
import-left = Left the stock
import-left-hint = absent from this file
import-registered = Registered
import-registered-hint = as job seekers, since the last file
import-ceased = Ceased
import-ceased-hint = registrations, since the last file
import-radiated = Struck off
import-radiated-hint = since the last file
import-certain = Recognised for certain
import-certain-hint = among the new: identifiers agree
import-scored = Recognised by score
import-scored-hint = among the new: name, birth, place
import-erased = Erased on request
import-erased-hint = not loaded: they had their data erased
import-rejects = Records rejected
import-rejects-text = { $count ->
    [one] { $count } record was not imported. The person stays in the stock, as she was.
   *[other] { $count } records were not imported. The people stay in the stock, as they were.
}
import-rejects-see = See the rejects
import-rejects-csv = Download the rejects (CSV)
import-corrected = Add the corrected file
import-doubts = Identities to confirm
import-review-see = { $count ->
    [one] Settle { $count } doubt
   *[other] Settle { $count } doubts
}
import-rules = Rules concerned
import-next = What comes next
import-to-files = All files
import-to-month = Prepare this month’s file

rejects-title = Records rejected
rejects-lede = File { $file }. Values are masked: a letter is written A, a digit 9.
rejects-rule = Rule
rejects-table = Problems, in the order of the file
rejects-empty-title = No reject
rejects-empty-text = All records of this file were imported, or none breaks this rule.
rejects-back = Back to the report

month-title = { $flow } for { $month }
month-due = To deposit by { $day }, { $time }.
month-nothing-due = Nothing more to deposit this month.
month-otherwise = The clause may be read in two ways this month: by the other reading, the date is { $day }. To be safe, deposit before.
month-recipients = recipients in course
month-written = will be in the file
month-to-orient = to orient: held back
month-erased = correspondents will be erased
month-file = The file
month-not-built = { $count ->
    [one] This month’s file is not built. It would hold { $count } record.
   *[other] This month’s file is not built. It would hold { $count } records.
}
month-closed = No convention in force lets this file leave: it is suspended, has ended, or has not begun. Until then it is neither built nor fetched. See your data protection officer.
month-build = Build the file
month-rebuild = Build it again
month-built = Built
month-records = Records
month-size = Size
month-hash = Fingerprint (SHA-256)
month-clauses = Under
month-refused = Refused by the flow’s rules: not in the file
month-warnings = Warnings
month-fetch = Download { $name } ({ $size })
month-deposited-on = Deposited on the portal on
month-deposited-hint = After the deposit on France Travail’s portal. The built file is then erased from this server.
month-deposited-error = Write a day between { $first } and today
month-mark = Mark as deposited
month-why = Good to know
month-why-orient = Without an orientation decision a person is held back: the nature of the orientation is required.
month-why-erased = When a decision names no referent, France Travail erases the correspondent that it holds. Give the referent’s name, unless erasing is intended.
month-why-record = Building is written in the record of access, with the people in the file; so are the download and the deposit.
month-history = Files deposited
month-history-empty-title = No deposit
month-history-empty-text = Each file marked as deposited will be shown here, with who and when.
month-col-month = Month
month-deposited = Deposited
month-recorded = Marked by

held-title = Held back, to orient
held-lede = { $shown ->
    [0] { $count } people without an orientation decision.
   *[other] { $count } people without an orientation decision; the first { $shown } are shown.
}
held-empty-title = Nobody to show
held-empty-text = Everyone in course has a decision, or no clause lets you see them.
held-name = Name
held-birth = Birth
held-number = CAF number
held-why = Reason
held-no-decision = No orientation decision

calendar-month = Due dates of { $month }
calendar-year = Due dates of { $year }
calendar-lede = The dates that the conventions in force set, public holidays included.
calendar-views = Periods
calendar-by-month = By month
calendar-by-year = By year
calendar-next = Next dates
calendar-none = No date
calendar-empty-title = No date
calendar-empty-text = No convention in force sets one within two months.
calendar-doubt = { $what }: the clause may be read in two ways. Liant counts the Fridays that are no holiday: { $day }. Counting all Fridays: { $other }. Agree on a reading with the other party, or keep the earlier date.
date-available = { $flow } available
date-due = { $flow } to deposit
date-renewal = Last day to ask for renewal
date-ends = Last day of the convention
date-destroy = Last day to destroy the data received
date-before = { $what } by { $time }

feed-title = In your own calendar
feed-text = A secret address, yours alone, that your calendar reads again each day. It gives dates only: nothing about anyone.
feed-address = Address to copy into your calendar
feed-made = Your address is ready. It is shown once; the one before answers no more.
feed-since = You have had an address since { $when }. To change it, ask for another: the first will answer no more.
feed-make = Make my address
feed-replace = Change the address

month-out-of-date = Someone in this file may not be sent any more. It can be neither downloaded nor handed over: prepare it again.
month-out-of-date-gone = Someone in this file may not be sent any more. If it had been handed over before, first mark it below with the day it was; then prepare another.
