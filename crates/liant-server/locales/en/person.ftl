# The person
person-unnamed = Person without a known name
person-born = { $name }, birth name { $birth }
person-born-on = { $name }, born on { $day }
person-born-day = Born on { $day }
person-in-course = RSA, rights and duties
person-registered = Registered with France Travail
person-orientation = Orientation
person-referent = Correspondent
person-orient = Orient
person-reorient = Change the orientation
person-alerts = To know first
person-standing = Situation
person-conflicts = The sources contradict each other
person-conflicts-text = Each is shown as it speaks. Have the wrong value corrected at its source.
person-path = Path
person-sources = What each source says
person-household = Household
person-identity = Identity
person-identity-look = See why these records are hers
person-aside = Household, identity and access
alert-to-orient = To orient
alert-to-orient-text = No orientation decision is recorded.
alert-no-referent = No referent
alert-no-referent-text = The decision names no referent: France Travail will erase the one it holds.
alert-two-decisions = Two orientations
alert-two-decisions-text = Two decisions are in force, as two records were joined. Record the one that holds.
alert-struck-off = Struck off the register of job seekers
alert-ceased = Registration with France Travail ended
alert-suspended = RSA suspended
alert-right-ended = Right to the RSA ended
alert-since = On { $day }.
path-narrow = Filter the path
path-all = All
path-facts = Facts
path-decisions = Decisions
path-contacts = Contacts
path-empty = Nothing of this kind is known.
path-entered = Entered the file
path-left = Left the file
path-registered = Registered as a job seeker
path-ceased = Registration ended
path-struck-off = Struck off
path-plan-signed = Personal plan signed
path-plan-notified = Plan became the commitment contract
path-contact = Contact with France Travail
path-rsa-requested = RSA requested
path-right-began = Right began
path-right-suspended = Right suspended
path-payment-suspended = Payment suspended
path-right-ended = Right ended
path-family = Family situation changed
path-oriented = Orientation decision
path-changed-one = Changed: { $what }
path-changed = { $count ->
    [one] One change
   *[other] { $count } changes
}
path-nothing = not given
path-and-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}
record-left = Left the file on { $day }
record-said = Last change on { $day }
record-present = In the file
linked-new = First record of this person, on { $day }.
linked-certain = Recognised for certain on { $day }.
linked-scored = Recognised by likeness on { $day }.
linked-human = Joined or parted by an agent on { $day }.
linked-because = Grounds: { $reason }.
identity-title = Records of { $name }
identity-lede = { $count } records are joined in this person. If one is not hers, part it.
identity-alone = One record alone: nothing to part.
identity-part = Part this record
identity-part-text = It will be another person. You will see what was disclosed through this link.
why-in-course = This person receives the RSA under rights and duties: your service decides her orientation and follows her path.
why-known = This person is known to the Département, and your task requires knowing her.
why-clause = { $title }, { $clause } ({ $count ->
    [one] 1 datum
   *[other] { $count } data
})

contact-stop = Record that she wants no more e-mail
contact-stop-title = Send no more e-mail
contact-stop-text = To record when the person tells you so, by telephone or in person. What waits to go by e-mail will go by letter. Only she can agree again, in her own space.
contact-stop-submit = Record
contact-stop-done = No more e-mail is sent to her.
