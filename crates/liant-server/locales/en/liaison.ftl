# The liaison form: to fill in, to sign, to read again.

liaison-title = Liaison form, { $model }
liaison-tacit = tacit agreement
liaison-bilateral = bilateral agreement
liaison-about = { $programme }, sent on { $day }
liaison-with-her = To be filled in with the person, and signed by her. Nothing is recorded before it is sent.
liaison-way = The liaison form
liaison-way-here = Filled in and signed here
liaison-way-here-hint = What the file says already stands on it; the person signs on screen, and the form leaves at once.
liaison-way-paper = Signed on paper
liaison-way-paper-hint = It is sent by other means; only the sending is recorded here.
liaison-blank = Print an empty form: { $model }
liaison-wrong-way = Say whether the form is filled in here or signed on paper

liaison-part-her = The person
liaison-part-barriers = What stands in the way of work
liaison-part-ends = Who sends it, and to whom
liaison-part-agreed = Agreement and signature
liaison-part-sign = What she agrees to and signs
liaison-part-came = What came of it
liaison-decision = Decision
liaison-enters = entry accepted on { $day }
liaison-enters-not = entry refused on { $day }

liaison-name = Name
liaison-name-hint = Birth name, then the name in use if there is one.
liaison-first-name = First name
liaison-born = Date of birth
liaison-address = Address
liaison-address-1 = Address, line 1
liaison-address-2 = Address, line 2
liaison-address-3 = Address, line 3
liaison-address-4 = Address, line 4
liaison-protected = Her address is protected: it does not stand on the form.
liaison-phone = Telephone
liaison-ft = France Travail identifier
liaison-caf = CAF number
liaison-couple = Lives in a couple
liaison-children = Children and other dependants
liaison-rsa = Receives the RSA
liaison-rqth = Recognised as a disabled worker (RQTH)
liaison-rqth-hint = She says so if she wishes; nothing else about her health stands on the form.
liaison-yes = Yes
liaison-no = No
liaison-unsaid = Not said
liaison-barriers = Barriers to work
liaison-barriers-hint = Tick all that apply. The form has no free text.
liaison-barrier-financial = Facing financial difficulties
liaison-barrier-housing = Facing housing difficulties
liaison-barrier-health = Taking her state of health into account
liaison-barrier-administrative = Facing administrative or legal difficulties
liaison-barrier-family = Overcoming family constraints
liaison-barrier-communication = Developing her integration and communication skills
liaison-barrier-transport = Having a means of transport
liaison-health-hint = Health data: it is ticked only with her express agreement.

liaison-adviser = France Travail adviser
liaison-agency = Agency
liaison-local-service = Local service of the Département
liaison-referent = Social referent
liaison-own-phone = Your office telephone

liaison-transmission = Agreement to the transmission
liaison-contact = Exchanges by e-mail
liaison-contact-agrees = She accepts them
liaison-contact-refuses = She refuses them
liaison-contact-later = She will say later
liaison-contact-unasked = not asked
liaison-contact-yes = accepted on { $day }
liaison-contact-no = refused on { $day }
liaison-email = Her e-mail address
liaison-email-hint = Only if she accepts exchanges by e-mail.
liaison-notice = What the person must know before she signs
liaison-informed = Information
liaison-informed-tick = The person acknowledges that she was told what is sent, to whom, and her rights
liaison-signed-as = Signature
liaison-signed-as-hint = Her first name and name, written by her: they are her signature.
liaison-signed-at = Signed on
liaison-place = Place
liaison-signature = A simple electronic signature (eIDAS regulation, art. 25): a seal fixes what is signed, and any later change shows.
liaison-submit = Sign and send

liaison-wrong-model = The route has changed meanwhile: read the form again before signing
liaison-wrong-name = Write her name, on one line
liaison-wrong-first-name = Write her first name, on one line
liaison-wrong-address = Write the address on four lines at most
liaison-wrong-phone = Write a telephone number: digits, spaces, full stops
liaison-wrong-number = Write digits and letters, without spaces, fifteen at most
liaison-wrong-children = Write a number, from 0 to 20
liaison-wrong-email = Write an e-mail address, such as name@example.org
liaison-wrong-informed = Read her the information above, then tick the box
liaison-wrong-consent = Without her agreement to the transmission, the form does not leave
liaison-wrong-sign = The person writes her name to sign
liaison-wrong-place = Write the commune where she signs

liaison-forms = Liaison forms
liaison-line = Form of { $day }, { $model }
liaison-paper = On paper
liaison-back = Back to the form
liaison-print-this = No PDF can be made here: print this page.
liaison-seal = Integrity seal
liaison-seal-text = Fingerprint of what was signed. It is the same where the form was sent from and where it was received.
liaison-why = You sent the form or received it, or you stand beside the person.
liaison-why-hers = It is your form: the law gives you access to it (GDPR art. 15).

liaison-archive = Encrypted archive
liaison-archive-title = Send the form as an encrypted archive
liaison-archive-what = What leaves
liaison-archive-text = The liaison form, for { $to }: what the convention gives it by e-mail, and nothing else. Only for a partner who cannot read it in Liant.
liaison-archive-held-back = { $count ->
    [one] One datum of the form is not in it: no clause gives it by this way.
   *[other] { $count } data of the form are not in it: no clause gives them by this way.
}
liaison-archive-record = Each archive is on record, datum by datum, as given to the partner; the person sees it in her space.
liaison-archive-passphrase = The passphrase
liaison-archive-step-note = Write it down, hyphens included: it is shown here only and is kept nowhere.
liaison-archive-step-take = Download the archive and attach it to your e-mail. Write the person’s name neither in the subject nor in the message.
liaison-archive-step-tell = Give the passphrase by telephone, never by e-mail. The archive opens with 7-Zip or a program like it.
liaison-archive-once = Another passphrase is made each time this page is opened; it does not open an archive already downloaded. There is no I, L, O or U in it: 0 and 1 are digits.
liaison-archive-take = Download the archive
liaison-sheet-clauses = Clauses
