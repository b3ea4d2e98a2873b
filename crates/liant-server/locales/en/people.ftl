# People
menu-people = People
people-title = People
people-lede = Everyone you may see, with what each organisation says of them.
people-search = Search
people-search-hint = Name, first name, birth date or identifier. Accents do not matter.
people-search-do = Search
people-narrowing = Search and filter
people-more-filters = More filters
people-any = Any
people-none = None
people-saved = My filters
people-manage = Manage my filters
people-keep = Keep these filters
people-printed = List printed on { $day }. It holds personal data: do not leave it on the printer.
people-stale = Recent changes are not in this list yet. It updates by itself.
people-more-found = Only the first { $count } people found are shown. Narrow the search.
people-more-listed = More than { $count } people. Filter to reach the next ones.
people-order = Sort by
people-order-name = name
people-order-waiting = oldest right
people-order-registered = latest registration
people-sizes = Per page
people-caption = People on the list
people-col-tick = Tick
people-col-person = Person
people-col-town = Town
people-col-right = RSA
people-col-orientation = Orientation and referent
people-col-act = Action
people-tick = Tick { $name }
people-tick-page = Tick the whole page
people-ticked = People ticked
people-assign = Assign a referent
people-end = End follow-up
people-all = { $count ->
    [one] The person on the list
   *[other] The { $count } people on the list
}
people-all-pages = on every page
people-export = Export
people-open = Open
people-since = since { $day }
people-number-caf = CAF { $number }
people-number-ft = France Travail { $number }
people-number-own = File { $number }
people-radiated = Struck off, { $day }
people-ceased = Registration ended, { $day }
people-no-orientation = No orientation
people-with = followed by { $name }
people-back = Back to the list
people-why-designated = These people are given to you for a time.
people-why-caseload = You see the people whom you follow.
people-why-service = You see the people of your service.
people-why-territory = Your role gives you access to the people of the territory.

people-empty-title = Nobody on this list
people-empty-text = The files of the CAF, of France Travail and of the Département bring people here.
people-empty-mine-title = Nobody is entrusted to you
people-empty-mine-text = They will appear here once you are assigned, or once communes are given to your service.
people-nobody-title = Nobody matches these filters
people-nobody-text = Remove one to widen the list.
people-not-found-title = Nobody matches this search
people-not-found-text = Check the spelling, try a single name or an identifier, or remove the filters. Someone whom you have no need to see does not appear.

people-todo = To do
people-todo-orient = To orient
people-todo-referent = Without a referent
people-waiting = Waiting
people-waiting-since = right begun on { $day } or before
people-right = Rights
people-right-in-course = RSA in course, rights and duties
people-right-other = Other situations
people-nature = Orientation
people-nature-none = Not oriented
people-referent = Referent
people-referent-me = Me
people-referent-unknown = Unknown account
people-ft = Registration
people-ft-with = Known to France Travail
people-ft-left = No longer known there
people-category = France Travail category
people-event = Event
people-event-since = { $event }, { $since }
people-event-ft-entered = Entered France Travail’s file
people-event-ft-back = Back in France Travail’s file
people-event-ft-left = Left France Travail’s file
people-event-registered = Registered
people-event-ceased = Registration ended
people-event-radiated = Struck off
people-event-caf-entered = Entered the CAF’s file
people-event-caf-back = Back in the CAF’s file
people-event-caf-left = Left the CAF’s file
people-since-label = Since
people-since-month = since the start of the month
people-since-week = in the last seven days
people-since-last-month = since last month
people-since-day = since { $day }
people-commune = Commune
people-commune-code = Commune (INSEE code)
people-service = Local service
people-service-unknown = Unknown service
people-born = Year of birth

people-filters-title = My filters
people-filters-lede = Only you use them. A search by name is never kept.
people-filters-new = Keep these filters
people-filters-name = Name of the filters
people-filters-hint = For example “To orient, Artois”. Do not write the name of anyone followed.
people-filters-keep = Keep
people-filters-list = Kept filters
people-filters-rename = Rename
people-filters-remove = Remove
people-filters-rename-label = New name of “{ $name }”
people-filters-kept = The filters are kept.
people-filters-renamed = The filters have a new name.
people-filters-removed = The filters are removed.
people-filters-empty-title = No kept filters
people-filters-empty-text = Filter the list of people, then choose “Keep these filters” to find it again in one click.
people-filters-no-name = Give these filters a name.
people-filters-long-name = Choose a shorter name: { $most } characters at most, on one line.
people-filters-same-name = You gave this name to other filters already: choose another.
people-filters-no-filter = There is no filter to keep.
people-filters-too-many = You keep { $most } filters already: remove one first.

people-assign-title = { $count ->
    [0] Assign a referent
    [one] Assign a referent to one person
   *[other] Assign a referent to { $count } people
}
people-assign-who = Social referent
people-assign-choose = Choose
people-assign-who-wrong = Choose the referent.
people-assign-day = First day of follow-up
people-assign-do = { $count ->
    [one] Assign to this person
   *[other] Assign to these { $count } people
}
people-others = Those who have another referent already
people-others-leave = Leave them with their referent
people-others-replace = Give them this new referent
people-others-wrong = Say what becomes of those who have a referent already.
people-day-wrong = Give a real date, today at the latest.
people-end-title = { $count ->
    [0] End follow-up
    [one] End the follow-up of one person
   *[other] End the follow-up of { $count } people
}
people-end-day = Last day of follow-up
people-end-do = { $count ->
    [one] End this follow-up
   *[other] End these follow-ups
}
people-of = The people on the list filtered by:
people-of-all = Everyone on the list, without a filter.
people-gone = { $count ->
    [one] One person ticked is no longer on your list: she will be left aside.
   *[other] { $count } people ticked are no longer on your list: they will be left aside.
}
people-followed = { $count ->
    [0] None of them has a referent.
    [one] One of them has a referent already.
   *[other] { $count } of them have a referent already.
}
people-not-followed = { $count ->
    [one] One of them has no referent: nothing changes for her.
   *[other] { $count } of them have no referent: nothing changes for them.
}
people-cancel = Give up
people-changed = The list or its follow-ups have changed since this page was shown. Nothing is recorded: look at the new number, then confirm.
people-too-many-title = Too many people for one act
people-too-many-text = One act is about { $most } people at most. Filter the list, for example by commune.
people-no-one-title = Nobody is ticked
people-no-one-text = Tick people on the list, or choose everyone on it.
people-none-followed-title = No follow-up to end
people-none-followed-text = None of these people has a social referent.
people-no-referents-title = No social referent
people-no-referents-text = Nobody has this role in the territory yet. Whoever manages the accounts of your organisation can invite one.
people-assigned-title = { $count ->
    [0] No referent assigned
    [one] A referent is assigned to one person
   *[other] A referent is assigned to { $count } people
}
people-nothing-done = Nothing has changed.
people-town-code = Commune { $code }
people-assigned-text = Each of these assignments is on record.
people-assigned-replaced = { $count ->
    [one] For one of them, the former referent is replaced.
   *[other] For { $count } of them, the former referent is replaced.
}
people-ended-title = { $count ->
    [0] No follow-up ended
    [one] One follow-up is ended
   *[other] { $count } follow-ups are ended
}
people-ended-text = These people now appear among those without a referent.
people-aside-title = Left aside
people-aside-gone = { $count ->
    [one] One person is no longer on your list.
   *[other] { $count } people are no longer on your list.
}
people-aside-has-referent = { $count ->
    [one] One person has another referent, who stays.
   *[other] { $count } people have another referent, who stays.
}
people-aside-unchanged = { $count ->
    [one] One person had this referent already.
   *[other] { $count } people had this referent already.
}
people-aside-has-none = { $count ->
    [one] One person had no referent.
   *[other] { $count } people had no referent.
}
people-aside-more = { $count ->
    [one] And one more.
   *[other] And { $count } more.
}
people-why-gone = no longer on your list
people-why-has-referent = has another referent
people-why-unchanged = had this referent already
people-why-has-none = had no referent

people-export-title = { $count ->
    [0] Export the list
    [one] Export one person
   *[other] Export { $count } people
}
people-export-holds = What the file holds
people-export-why = Why it is allowed
people-export-purpose = Follow the path of RSA recipients.
people-export-purpose-text = Purpose: follow the path of RSA recipients. The export is put on record with the people in it, before the file leaves.
people-export-rule = Working file: keep it in a protected place, and destroy it as soon as it has served.
people-export-most = A file holds { $most } people at most.
people-export-format = Format
people-export-xlsx = Workbook (XLSX)
people-export-xlsx-hint = For Excel or LibreOffice. A second sheet says where it comes from.
people-export-csv = Text (CSV)
people-export-csv-hint = UTF-8, columns separated by semicolons.
people-export-do = Download the file
people-export-refused-title = These filters allow no export
people-export-refused-text = No clause lets what they rest on out in a file. Remove them, or work on the screen.
people-export-ft-text = The convention does not let France Travail’s data out in a working file: a file of people chosen by them would tell it. Remove these filters, or work on the screen.
people-export-many-title = Too many people for a file
people-export-many-text = A file holds { $most } people at most. Filter the list, for example by commune.
people-sheet = People
people-sheet-about = Origin
people-file = people
people-about-made = Made by
people-about-purpose = Purpose
people-about-clause = Clause
people-about-rule = Keeping
