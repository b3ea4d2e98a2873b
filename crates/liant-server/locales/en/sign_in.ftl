# Sign in
account-email = E-mail address
account-password = Password
sign-in-title = Sign in
sign-in-submit = Sign in
sign-in-help = No account yet? Ask whoever manages access in your organisation: they can send you an invitation.
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

# Signing in by an identity provider
provider-button = Sign in with { $provider }
provider-about = What is { $provider }? (new window)
provider-onward-title = You are leaving for { $provider }
provider-onward-text = You will show there who you are, then come back here.
provider-onward = Continue to { $provider }
provider-leaving-title = You are signed out of Liant
provider-leaving-text = It remains to sign out of { $provider }: otherwise anyone could come back here from this browser.
provider-again-title = The sign-in did not come to its end
provider-again-text = It took too long, was used before, or was begun in another browser. Begin again.
provider-cancelled = You stopped the sign-in at { $provider }, or it refused it. Begin again whenever you like.
provider-refused = { $provider } did not confirm your sign-in: it took too long or was used before. Begin again. If this comes back, tell whoever looks after Liant.
provider-untrusted = The answer of { $provider } could not be verified: it is not accepted. Begin again. If this comes back, tell whoever looks after Liant.
provider-down = { $provider } does not answer. Try again in a few minutes, or sign in below if you have a Liant password.
provider-unknown-title = You have no access to Liant yet
provider-unknown-met = { $provider } knows you, but no account of Liant is linked to this identity.
provider-unknown-text = Access is for people designated by their organisation. Ask whoever manages access in yours for an invitation, at the address that { $provider } knows. If you have an account here already, she can allow it to be linked to { $provider }.
provider-other-text = The invitation that you opened is for another address than the one { $provider } knows. Ask for an invitation at that address, or make your account with a password from the link you received.
provider-unknown-local = Do you have a Liant password? It still lets you in.
provider-unknown-again = Back to the sign-in
sign-in-local = With a Liant password
sign-in-forgotten = Forgotten password
signed-out-there = You are out of Liant and of the identity provider in this browser.
signed-out-here-only = { $provider } does not answer: you may still be signed in there. Close the browser if you share it.

# A forgotten password
forgotten-title = Forgotten password
forgotten-text = Give your address: whoever manages access in your organisation will see your request.
forgotten-submit = Ask for a new password
forgotten-done-title = Now tell whoever manages your access
forgotten-done-text = If this address has an account, your request is shown to them in Liant. Liant sends no mail yet: call them, or go and see them.
forgotten-done-next = They will make sure that it is you, then give you a link. You will choose a new password, with a code of your authenticator application.
new-password-title = Choose a new password
new-password-text = Your open sessions will end. This link can be used once.
new-password-code = Code of your application, or a recovery code
new-password-code-hint = The 6 digits that your authenticator application shows, or a code such as ABCD-EFGH-IJKL-MNOP.
new-password-lost = Neither application nor recovery code? Tell whoever gave you this link: they can reset your second factor too.
new-password-gone-title = This link is no longer good
new-password-gone-text = It was used before, replaced, or has expired. Ask whoever manages access in your organisation for another.
