# The frame of the pages
skip = Skip to content
search-label = Search for a person
search-hint = Search: name, identifier, birth date
sign-in = Sign in
menu-label = Main menu
crumbs-label = Breadcrumb
crumbs-home = Home
footer-accessibility = Accessibility: not assessed
footer-legal = Legal notice
footer-style = Components
footer-about = Liant, free software under the EUPL-1.2 licence

# Home
home-title = One path, everyone who helps along it
home-lede = Liant brings together what each organisation knows of the path of a person far from work, and shows each of them only what the convention they signed allows.
home-binds-title = Coordinate
home-binds-text = Département, France Travail, CAF, local missions, CCAS: one path per person, each fact with its origin, and the legal deadlines in sight.
home-restrains-title = Protect
home-restrains-text = No data leaves without a clause that allows it. Every reading is recorded, and the person can know who read what.
home-aside = Access and rights
home-professionals-title = Professionals
home-professionals-text = Access is for people whom their organisation has designated.
home-rights-title = Are you being helped?
home-rights-text = You may ask for a copy of your data, have it corrected, or object to its use.
home-rights-link = Use your rights

# Errors: what happened, why, what to do
error-home = Back to the home page
error-id = Quote this if you ask for help:
absent-title = Page not found
absent-text = This page does not exist, or it is not meant for you.
absent-help = Check the address. If you think you should have access, ask the person who manages your organisation’s accounts.
form-title = This form is no longer valid
form-text = It was opened in a session that has ended, or sent from another site. Nothing was saved.
form-help = Go back to the previous page, reload it, then try again.
conflict-title = Someone acted before you
conflict-text = Things have changed since this page was shown. Nothing was saved.
conflict-help = Reload the page, check what has changed, then try again if it is still needed.
large-title = What you sent is too large
large-text = It is larger than what is accepted here. Nothing was saved.
large-help = Send a smaller file, or one at a time.
invalid-title = What you sent could not be processed
invalid-text = A value breaks a rule. Nothing was saved.
invalid-help = Go back to the previous page, correct it, then try again.
many-title = Too many requests
many-text = You have made many requests in a short time.
many-help = Wait a minute, then try again.
busy-title = The service is very busy
busy-text = It could not answer in time.
busy-help = Try again in a moment. If you were saving something, check first whether it is done.
broken-title = The service met an error
broken-text = It is not your doing. The error was recorded.
broken-help = Try again. If the error comes back, give the reference below to the person who administers Liant.
bad-title = The request is not understood
bad-text = The address or the form is incomplete. Nothing was saved.
bad-help = Go back to the previous page and try again.

# Accessibility statement
accessibility-title = Accessibility statement
accessibility-commitment = Liant aims at full conformity with RGAA 4.1 and with the AA criteria of WCAG 2.2. This statement is about this installation.
accessibility-state-title = Conformity
accessibility-state-text = Liant is not conformant with RGAA 4.1: no audit by a third party has taken place yet. The checks below are made at each change of the software.
accessibility-tests-title = Checks made at each change
accessibility-tests-axe = each page, in each of its states, by the axe tool, in French and in English
accessibility-tests-keyboard = going through with the keyboard alone
accessibility-tests-script = use without JavaScript
accessibility-tests-width = display from 360 to 1,440 pixels, without horizontal scrolling
accessibility-contact-title = Feedback and contact
accessibility-contact-text = If you cannot reach some content, write to the organisation that gave you the address of this site: it owes you another way, or the content in another form.
accessibility-contact-address = For this installation: { $contact }.
accessibility-appeal-title = Remedies
accessibility-appeal-text = If you reported a defect of accessibility and received no satisfying answer, you may write to the Défenseur des droits: Libre réponse 71120, 75342 Paris CEDEX 07, no stamp needed, or call +33 9 69 39 00 00.
accessibility-appeal-link = Refer to the Défenseur des droits (in French)

# Legal notice
legal-title = Legal notice and personal data
legal-publisher-title = Who is responsible
legal-publisher-text = Each body answers for its own processing; the conventions signed say what they exchange.
legal-publisher = Publisher
legal-director = Director of publication
legal-host = Host
legal-contact = Contact
legal-dpo = Data protection officer
legal-lacks = Some of these particulars are not filled in yet. Whoever administers this installation completes them in its settings.
legal-rights-dpo = For this installation: { $dpo }.
legal-cookies-title = Cookies
legal-cookies-text = No audience measurement, no tracker. Three cookies, which the service needs:
legal-cookies-language = the language you have chosen, for a year
legal-cookies-form = the protection of forms, until the browser is closed
legal-cookies-session = your session, once signed in
legal-log-title = Logs
legal-log-text = The technical log holds no name, no identifier, no page address. The access register does record who read which data and for which purpose: it is kept for the people concerned and for the data protection officers.
legal-rights-title = Your rights
legal-rights-text = Access, rectification, objection, restriction, erasure: send your request to the data protection officer of the organisation that helps you. It answers within one month. If the answer does not satisfy you, you may complain to the CNIL.
legal-rights-link = Complain to the CNIL (in French)
legal-software-title = Software
legal-software-text = Liant is free software (EUPL-1.2 licence). It includes govuk-frontend (MIT licence), htmx (Zero-Clause BSD licence) and the Atkinson Hyperlegible Next typeface (SIL OFL 1.1 licence).
