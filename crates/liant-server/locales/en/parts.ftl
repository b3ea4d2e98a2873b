# The components
delay-today = today
delay-tomorrow = tomorrow
delay-in-days = in { $days } days
delay-late-by = { $days ->
    [one] { $days } day late
   *[other] { $days } days late
}
ago-today = today
ago-yesterday = yesterday
ago-days = { $days } days ago

source-caf = CAF
source-departement = Département
source-mission-locale = Local mission
source-person = The person

detail-nothing = Not given
kind-fact = fact
kind-decision = decision
kind-contact = contact

compared-datum = Datum
compared-verdict = Comparison
compared-same = Same
compared-different = ≠ Different
compared-unknown = Unknown on one side

why-title = Why I see this data
why-clauses = What allows it:
why-held-back = { $count ->
    [one] { $count } datum exists and is not shown to you: no clause allows it.
   *[other] { $count } data exist and are not shown to you: no clause allows it.
}
why-shown-to-person = The person may ask who read her data: this reading will be named.

table-sort = sort
count-results = { $count ->
    [0] No result
    [one] { $count } result
   *[other] { $count } results
}
filters-label = Filters in force
filters-pair = { $label }:
filters-remove = Remove this filter
filters-remove-all = Remove all
pages-label = Pages of the list
pages-previous = Previous
pages-next = Next
pages-page = Page { $page }

notice-done = Done
notice-important = Please note
step-done = done

errors-title = There is a problem
field-error = Error:
field-optional = (optional)
field-day = Day
field-month = Month
field-year = Year
password-show = Show
password-hide = Hide
password-show-label = Show the password
password-hide-label = Hide the password
password-shown = The password is visible
password-hidden = The password is hidden
