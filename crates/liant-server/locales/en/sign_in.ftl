# Sign in
account-email = E-mail address
account-password = Password
sign-in-title = Sign in
sign-in-submit = Sign in
sign-in-help = Forgot your password, no account yet? Ask whoever manages access in your organisation: they can send you an invitation.
sign-in-expired-title = The sign-in took too long
sign-in-expired-text = For your safety it was interrupted: too much time or too many tries. Nothing is lost, just begin again.
sign-in-expired-again = Begin again
too-soon = Too many failures. Try again in { $wait }: until then no try is looked at.
wait-seconds = { $count ->
    [one] { $count } second
   *[other] { $count } seconds
}
wait-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}

# The second factor
code-title = Your sign-in code
code-label = 6-digit code
code-hint = Open your authenticator application: it shows the code for Liant, which changes every 30 seconds.
code-submit = Continue
code-lost = I do not have my application
recovery-title = Use a recovery code
recovery-text = You were given ten recovery codes when you set up your second factor. Each works once.
recovery-label = Recovery code
recovery-hint = For example ABCD-EFGH-IJKL-MNOP. Capitals, spaces and hyphens do not matter.
recovery-code-wrong = This recovery code is wrong or was used before: take the next one on your list.
recovery-back = I have my application
recovery-none-left = No code left? Whoever manages access in your organisation can reset your second factor, once they are sure that it is you.

# Set up the second factor
enrol-title = Protect your account with a second factor
enrol-why = Your role gives access to personal data: a password is not enough. At each sign-in Liant will also ask for a code shown by an application.
enrol-need = Take your phone, or a computer, with an authenticator application: FreeOTP, Aegis, Microsoft Authenticator, Google Authenticator… or your password manager.
enrol-begin = I have an application, continue
enrol-scan-title = Link your application
enrol-step-app = In the application, add an account.
enrol-step-scan = Scan the code below.
enrol-step-code = Copy the 6-digit code that it shows.
enrol-here = Are you on the device that has the application?
enrol-open = Open the application
enrol-secret = Cannot scan? Type this key:
enrol-code = 6-digit code
enrol-code-hint = It changes every 30 seconds.
enrol-submit = Link
codes-title = Your recovery codes
codes-text = Your second factor is set up. If you lose your application, one of these codes will stand in for it. Each works once.
codes-keep = Print them or write them down, and keep them elsewhere than on your phone. They will never be shown again.
codes-done = I have kept them, continue
codes-print = Print

# Choice of the organisation
seat-title = Where are you working now?
seat-text = What you may do depends on the organisation and the role. You can change without signing in again.
seat-label = Organisation and role
seat-admin = { $role }, manages access
seat-submit = Continue
seat-none-chosen = Choose an organisation.
seat-none-title = No organisation has designated you
seat-none-text = Your account exists, but no access is open in your name today: it has ended, or your structure’s mandate is no longer in force.
seat-none-help = Ask whoever manages access in your organisation. If they have sent you an invitation, open its link first.
seat-again = Sign in again
seat-invited-title = Accept your invitation
seat-invited-text = You have opened an invitation. Accept it to join the organisation that invites you.
seat-later = Later, continue without accepting
invitation-accept = Accept the invitation

# Sign out
sign-out = Sign out
signed-out-title = You are signed out
signed-out-text = Your session has ended in this browser.
signed-out-again = Sign in again

# Once signed in
account-link = My account
