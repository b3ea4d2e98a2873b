# My day: what waits, by role
menu-desk = My day
desk-title = My day
desk-lede = What waits for you to see to it.
desk-lede-file = Last file received: { $source }, { $ago }.
desk-lede-dates = { $count ->
    [0] No due date within seven days.
    [one] One due date within seven days.
   *[other] { $count } due dates within seven days.
}
desk-lede-late = { $count ->
    [one] One due date has passed.
   *[other] { $count } due dates have passed.
}
desk-filling = The directory of people is being made: the figures are provisional.
desk-behind = A file has just been imported: the figures of this page follow it in a few moments.
desk-nothing-title = Nothing to do here
desk-nothing-text = No convention in force gives your role a list to see to in Liant. If you expected work, ask whoever manages access in your organisation.
desk-and-more = more than { $number }
desk-aside = Due dates, and where the figures come from

desk-waiting = { $count ->
    [one] has waited { $days } days or more for an orientation
   *[other] have waited { $days } days or more for an orientation
}
desk-to-orient = { $count ->
    [one] waits for an orientation
   *[other] wait for an orientation
}
desk-without-referent = { $count ->
    [one] RSA recipient without a social referent
   *[other] RSA recipients without a social referent
}
desk-mine = { $count ->
    [one] person whom you follow
   *[other] people whom you follow
}
desk-news = What the last file changed
desk-news-since = File imported on { $day }. Each figure leads to its list.
desk-news-nothing = Nothing to do: the last file changed nothing among these people.
desk-alone = { $count ->
    [one] one of them without a social referent
   *[other] { $count } of them without a social referent
}
desk-registered = { $count ->
    [one] new registration
   *[other] new registrations
}
desk-ceased = { $count ->
    [one] registration ceased
   *[other] registrations ceased
}
desk-radiated = { $count ->
    [one] person struck off
   *[other] people struck off
}
desk-entered = { $count ->
    [one] person entered the file
   *[other] people entered the file
}
desk-back = { $count ->
    [one] person came back into the file
   *[other] people came back into the file
}
desk-left = { $count ->
    [one] person left the file
   *[other] people left the file
}
desk-entered-caf = { $count ->
    [one] person entered the RSA
   *[other] people entered the RSA
}
desk-back-caf = { $count ->
    [one] person came back to the RSA
   *[other] people came back to the RSA
}
desk-left-caf = { $count ->
    [one] person left the RSA
   *[other] people left the RSA
}
desk-orientation = To orient
desk-orientation-sub = RSA recipients without a decision, by how long they have had their right.
desk-orientation-nothing = Nothing to do: every recipient known has an orientation decision.
desk-waits = { $count ->
    [one] person, for { $days } days or more
   *[other] people, for { $days } days or more
}
desk-waits-all = { $count ->
    [one] person in all
   *[other] people in all
}
desk-tag-late = past the legal delay
desk-tag-soon = to see to
desk-tag-to-do = to do

desk-files-late = { $count ->
    [one] expected file that is missing
   *[other] expected files that are missing
}
desk-files-waiting = { $count ->
    [one] file sent, to be imported
   *[other] files sent, to be imported
}
desk-files-rejected = { $count ->
    [one] record set aside by the last files
   *[other] records set aside by the last files
}
desk-month = The Département’s file, { $month }
desk-month-to-build = To build, then to deposit
desk-month-built = Built: to be deposited
desk-month-done = Nothing to do: the month’s file is deposited, or not due.
desk-flows = Files received
desk-flow = { $flow }, { $month }
desk-flows-nothing = No file is expected. When a convention provides for one, it appears here.
desk-flows-all = All files
desk-upload = { $flow }: { $name }
desk-upload-waits = to import
desk-rejects = Records set aside
desk-rejects-of = { $count ->
    [one] record of the last { $flow } file
   *[other] records of the last { $flow } file
}
desk-rejects-sub = imported on { $day }
desk-rejects-nothing = Nothing to do: the last files were taken in whole.

desk-questions = { $count ->
    [one] person to recognise
   *[other] people to recognise
}
desk-questions-aged = { $count ->
    [one] person, for { $days } days or more
   *[other] people, for { $days } days or more
}
desk-questions-title = Identities to check
desk-questions-sub = One question, two records: is it the same person?
desk-questions-open = { $count ->
    [one] person to recognise in all
   *[other] people to recognise in all
}
desk-likely-high = whose best candidate is very likely
desk-likely-middle = whose best candidate is likely
desk-likely-low = whose best candidate is uncertain
desk-questions-oldest = The oldest question is of { $day } ({ $ago }).
desk-questions-nothing = Nothing to do: no question is open. The next files may raise some.

desk-refusals = { $count ->
    [one] refusal in seven days
   *[other] refusals in seven days
}
desk-exports = { $count ->
    [one] export in seven days
   *[other] exports in seven days
}
desk-log = The access log
desk-verify = Verify that the log holds
desk-entries = { $count ->
    [one] 1 entry
   *[other] { $count } entries
}
desk-checkpoint = Last checkpoint signed on { $day }
desk-checkpoint-after = { $count ->
    [0] Nothing was added since.
    [one] One entry added since.
   *[other] { $count } entries added since.
}
desk-checkpoint-none = No signed checkpoint
desk-checkpoint-help = A checkpoint that a partner keeps tells of any rewriting of the log: liant audit checkpoint.

desk-access = The access that you manage
desk-access-nothing = Nothing to do: everyone has come in, no invitation waits, no access ends this month.
desk-access-all = Organisations and access
desk-invitations = { $count ->
    [one] invitation waiting
   *[other] invitations waiting
}
desk-without-factor = { $count ->
    [one] person without a second factor
   *[other] people without a second factor
}
desk-ending = { $count ->
    [one] access ends within thirty days
   *[other] accesses end within thirty days
}

desk-dates = Next due dates
desk-dates-nothing = No due date in the month ahead.
desk-calendar = The whole calendar
desk-why = Where these figures come from
desk-why-people = Each figure leads to the list of the people counted. What no clause shows you is not counted.
desk-why-figures = Figures and dates: no one’s data is read on this page.
desk-reach-territory = Everyone of the territory, as your role requires.
desk-reach-service = The people of your service: { $service }.
desk-reach-caseload = The people whom you follow.
desk-reach-designated = The people given to you for a time.

# Accompaniments
desk-forms-waiting = { $count ->
    [one] liaison form received
   *[other] liaison forms received
}
desk-forms-sent = { $count ->
    [one] liaison form on its way
   *[other] liaison forms on their way
}
desk-beside = { $count ->
    [one] accompaniment in your caseload
   *[other] accompaniments in your caseload
}
desk-casework = Accompaniments
desk-casework-sub = The forms that travel and the people who are accompanied. Each number leads to its list.
desk-casework-nothing = No form is on its way, and your caseload is empty.
desk-casework-due = See what is due
desk-casework-received = { $count ->
    [one] form received by your service, which awaits an answer or an entry
   *[other] forms received by your service, which await an answer or an entry
}
desk-casework-sent = { $count ->
    [one] form sent by your organisation, without an entry yet
   *[other] forms sent by your organisation, without an entry yet
}
desk-casework-mine = { $count ->
    [one] accompaniment in your caseload
   *[other] accompaniments in your caseload
}
