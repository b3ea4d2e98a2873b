# Shared
save = Save
cancel = Cancel
language-fr = Français
language-en = English

# My account
account-identity = Identity and sign-in
account-name = Name shown
account-name-hint = As your colleagues see it: first name and last name.
account-language = Language
account-language-hint = That of the pages after sign-in, and of messages.
account-change = Change
account-replace = Replace
account-renew = Renew
account-set-up = Set up
account-factor = Second factor
account-factor-set = Authenticator application
account-factor-none = None
account-codes = Recovery codes
account-codes-left = { $count ->
    [0] None left
    [one] { $count } left
   *[other] { $count } left
}
account-place = Where you work
account-organisation = Organisation
account-role = Role
account-other-seats = Work elsewhere
account-switch = Change
account-sessions = Open sessions
account-session-ends = This one ends at the latest { $moment }, if you do nothing until then.
session-browser = Browser
session-opened = Opened
session-seen = Last used
session-act = Act
session-this = This one
session-unknown = Unknown browser
session-end = End
session-end-others = End all others
account-done-profile = Your name and language are saved.
account-done-password = Your password is changed. Your other sessions have ended.
account-done-factor = Your second factor is replaced. Your other sessions have ended.
account-done-codes = Your new recovery codes replace the old ones.
account-done-session = The session has ended.
account-done-sessions = Your other sessions have ended.
account-done-seat = You are now working for another organisation.
account-done-invitation = You have joined the organisation. To work there, choose it below.
account-recovery-used = { $count ->
    [0] You came in with a recovery code, and none is left.
    [one] You came in with a recovery code. { $count } is left.
   *[other] You came in with a recovery code. { $count } are left.
}
account-recovery-renew = Make new ones

profile-title = Name and language
password-title = Change password
password-text = Your other sessions will end. A password need not be changed regularly, only when it may have been seen.
password-present = Present password
password-present-wrong = This is not your present password.
password-new = New password
password-again = New password, once more
password-hint = At least 12 characters, hard to guess: seven unrelated words, for example. Your name, address and organisation do not count.
password-different = The two differ: type them again.
password-submit = Change password

factor-title = Replace your second factor
factor-text = Show first that you still have the present application. The new one replaces it, with new recovery codes; your other sessions will end.
factor-present = 6-digit code of the present application
factor-lost = You no longer have the application? Whoever manages access in your organisation can reset your second factor.
renew-title = Make new recovery codes
renew-text = Ten new codes will be shown once. The old ones will be of no use any more.
renew-submit = Make new codes

# An invitation
invitation-title = { $organisation } invites you
invitation-terms = Role: { $role }. The invitation is good until { $until }.
invitation-address = You will sign in with the address { $email }.
invitation-create = Create my account
invitation-sign-in = The address { $email } has an account already. Sign in to accept.
invitation-join = By accepting you can work for this organisation with your present account.
invitation-later = Later
invitation-gone-title = This invitation is no longer good
invitation-gone-text = It was used before, was withdrawn or has expired. Ask whoever manages access in your organisation for another.

# Organisations and their people
menu-organisations = Organisations
organisations-lede = You manage the access of the people of your organisation, of its services and of the structures that it mandates. Each change is recorded.
organisation-name = Name
organisation-kind = Kind
organisation-tie = Tie
organisation-own = Yours
organisation-service = A service of yours
organisation-mandated = Mandated by you
mandates-link = Mandates given by your organisation
invite-link = Invite someone
member-people = People
member-former = Ended access
member-name = Name
member-role = Role
member-since = Since
member-state = State
member-manage = Manage
member-is-admin = Manages access
member-you = { $name } (you)
member-active = Current
member-ended = Ended { $day }
member-over = Term over
member-until = Until { $day }
member-from = From { $day }
member-disabled = Account disabled
member-without-factor = No second factor yet
member-ending = Ends within thirty days
invitations-open = Waiting invitations
invitations-none = No invitation is waiting
invitations-none-text = An invitation stays here until the person has accepted it.
invitation-until = Good until
invitation-withdraw = Withdraw
member-done-changed = The access is changed. Their sessions in the organisation have ended.
member-done-end = The access has ended.
member-done-disable = The account is disabled, and its sessions have ended.
member-done-enable = The account is enabled again.
member-done-reset = The second factor is reset. Tell its owner: Liant sends no mail yet.
member-done-withdrawn = The invitation is withdrawn: its link leads nowhere any more.

invite-title = Invite someone: { $organisation }
invite-text = To invite is to designate: they will be able to read what the convention allows to their role.
invite-submit = Create the invitation
invite-email-wrong = Give an e-mail address, such as first.last@body.example.
member-role-none = Choose a role.
member-admin = Management of access
member-admin-choice = Also manages the organisation’s access
member-admin-hint = Invites people, changes their role, ends their access.
member-to = Last day (optional)
member-to-hint = For example 31 12 2026. Without a day, access lasts until someone ends it.
member-to-wrong = Give a day that exists, for example 31 12 2026.
invited-title = The invitation is ready
invited-text = It is for { $email }.
invited-link = Link to hand over
invited-once = It is shown once, works once, and is good until { $until }.
invited-mail = Liant sends no mail yet: copy this link and send it yourself to this address, and to no other. Whoever opens the link makes the account.
invited-done = The link is copied, continue
withdraw-title = Withdraw this invitation?
withdraw-text = The link sent to { $email } will lead nowhere any more. You can invite them again.
withdraw-submit = Withdraw the invitation

member-access = Access
member-about = About
member-acts = Other acts
member-designated = Designation
member-designated-by = By { $name }, on { $day }
member-by-operator = the operator of the installation
member-ends-sessions = A change ends their sessions in the organisation at once.
member-act-reset = Reset the second factor
member-act-disable = Disable the account
member-act-enable = Enable the account again
member-act-end = End the access
end-title = End the access of { $name }?
end-text = Their sessions for { $organisation } will end at once. To come back they need a new invitation.
end-submit = End the access
disable-title = Disable the account of { $name }?
disable-text = Their sessions will end at once and sign-in will be refused, until the account is enabled again from { $organisation }.
disable-submit = Disable the account
enable-title = Enable the account of { $name } again?
enable-text = They will be able to sign in again, with their current access in { $organisation }.
enable-submit = Enable the account
reset-title = Reset the second factor of { $name }?
reset-text = First make sure, by speaking to them, that they ask for it: whoever has the password will then be able to set up a new second factor and act for { $organisation }. Their recovery codes and sessions go.
reset-mail = Liant does not write to them: tell them yourself.
reset-submit = Reset the second factor

# Mandates
mandates-title = Mandates: { $organisation }
mandates-lede = A mandate lets a structure do part of your task. When it ends, its people lose at once the access that rests on it.
mandates-given = Mandates given
mandates-none = No mandate
mandates-none-text = Record here the structures that your organisation mandates.
mandate-new = New mandate
mandate-structure = Structure
mandate-choose = Choose a structure
mandate-structure-none = Choose a structure.
mandate-from = First day
mandate-from-wrong = Give a first day that exists, for example 1 9 2026.
mandate-last = Last day
mandate-submit = Record the mandate
mandate-open = Without end
mandate-runs = In force
mandate-over = Over
mandate-to-come = To come
mandate-end = Set the end
mandate-end-title = Set the end of the mandate of { $structure }
mandate-end-text = From the day after, the people of the structure no longer have the access that rests on this mandate.
mandate-end-submit = Set the last day
mandate-done-recorded = The mandate is recorded.
mandate-done-ended = The last day is recorded.

# A new password, sessions, an identity provider
member-asks-password = Forgotten password
member-asked-password = Asks for a new password
member-act-password = Give a link to a new password
member-act-out = End all their sessions
member-act-allow = Allow signing in by an identity provider
member-done-out = Their sessions have ended.
member-done-allow = At their next sign-in by an identity provider with the same address, the account will be linked to it.
member-shared = This person also works for an organisation that you do not manage: only whoever looks after Liant can do this.
link-ask-title = A new password for { $name }
link-ask-text = You will be given a link to hand over. First make sure that they are the one who asks: your answer is recorded.
link-checked = How did you make sure?
link-checked-none = Choose how you made sure who they are.
link-lost = Second factor
link-lost-choice = Their application and recovery codes are lost too
link-lost-hint = They will be removed, sessions ended, and a new second factor set up. The link alone will then let them in: hand it over in person.
link-submit = Make the link
link-title = The link is ready
link-text = It lets { $name } choose a new password.
link-how = Liant sends no mail yet: hand this link over yourself, to this person and to nobody else. A link given before leads nowhere any more.
out-title = End all the sessions of { $name }?
out-text = For a theft, a loss, or a computer left open. Signing in remains possible, with password and second factor, for { $organisation } and elsewhere.
out-submit = End their sessions
allow-title = Allow { $name } to sign in by an identity provider?
allow-text = At the next sign-in by the provider, if it confirms the same address, the account will be linked to it. The access for { $organisation } does not change. This leave runs out in a few days.
allow-submit = Allow
invitation-password = Or with a Liant password
