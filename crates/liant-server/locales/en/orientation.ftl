# Orientation
menu-orientation = To orient
orientation-title = People to orient
orientation-lede = RSA recipients under rights and duties, without an orientation decision. Who has waited longest comes first.
orientation-age = Waiting
orientation-older = { $days } days or more
orientation-caption = People without an orientation decision
orientation-col-person = Person
orientation-col-commune = Commune (INSEE)
orientation-col-since = Waits
orientation-col-act = Action
orientation-since = right of { $day }
orientation-waits = { $days ->
    [one] 1 day
   *[other] { $days } days
}
orientation-waits-months = { $months ->
    [one] 1 month
   *[other] { $months } months
}
orientation-waits-years = { $years ->
    [one] 1 year
   *[other] { $years } years
}
orientation-empty-title = Nobody waits for an orientation
orientation-empty-text = Each known recipient has a decision. The next files of the CAF will bring the newcomers.
orientation-none-title = Nobody has waited for so long
orientation-none-text = Others have waited for less.
orientation-done = The decision is recorded. It will leave with the next CGPEM file.
orientation-nature = Nature of the orientation
orientation-day = Date of the decision
orientation-day-hint = Today at the latest, and not before the decision in force.
orientation-referent-hint = Without a name, France Travail erases the correspondent it holds.
orientation-choose = Choose the nature of the orientation.
orientation-give-day = Give the date of the decision.
orientation-overlaps = The decision in force is of { $day }: the new one cannot precede it, their periods would overlap. Give the same date or a later one.
orientation-same = This decision is in force already, word for word. Change what must be changed, or go back to the person.
orientation-stale = Someone recorded a decision since this page was shown. Yours is not recorded: look at the periods, then try again if it is still useful.
decision-title = Orientation of { $name }
decision-first = Orient { $name }
decision-change = Change the orientation of { $name }
decision-periods = Periods
decision-none = No decision is recorded.
decision-new = New decision
decision-replaces = It ends the decision in force, on the day of its date.
decision-record = Record the decision
period-in-force = in force
period-ended = ended
period-corrected = corrected the same day
