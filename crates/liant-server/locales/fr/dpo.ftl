# Conventions
menu-conventions = Conventions
conv-title = Conventions
conv-lede = Les textes que le logiciel exécute pour votre organisme : où en est chacun, et ce qui vient.
conv-caption = Conventions et inscriptions au registre, par nom
conv-col-title = Texte
conv-col-state = État
conv-col-parties = Parties
conv-col-term = Durée
conv-col-next = À venir
conv-id = { $id }, version { $version }
conv-version = Version { $version }
conv-versions = Versions de ce texte
conv-register = inscription au registre
conv-register-text = Une inscription au registre ne se suspend pas : elle ne lie personne d’autre.
conv-in-force = En vigueur
conv-not-yet = À venir
conv-ended = Terminée
conv-suspended = Suspendue
conv-without-parent = Sans effet
conv-without-parent-text = La convention qu’elle applique n’est pas là : rien ne passe.
conv-in-force-text = En vigueur aujourd’hui.
conv-not-yet-text = Commence le { $day }.
conv-ended-text = A pris fin le { $day } : rien ne passe plus.
conv-suspended-text = Suspendue depuis le { $day } : rien ne passe plus.
conv-from-to = Du { $from } au { $to }
conv-from = À partir du { $from }
conv-next-none = Rien
conv-next-renewal = Reconduction à demander :
conv-next-end = Fin :
conv-next-cure = Mise en demeure sans réponse, fin :
conv-empty-title = Aucune convention
conv-empty-text = Aucun texte de ce territoire ne lie votre organisme. Sans convention, rien ne sort.
conv-rule = Ce que change un état
conv-rule-suspended = Suspendue, à venir ou terminée, une convention ne laisse plus rien passer : ni page, ni fichier, ni extraction, ni interface. L’effet est immédiat, pour tous.
conv-rule-register = Les dossiers propres d’un organisme relèvent de son inscription au registre : une suspension ne les lui cache pas.

# Le cours d’une convention
course-title = Cours de la convention
course-none = Ni suspension ni mise en demeure n’est inscrite.
course-caption = Ce qui a été inscrit, du plus récent au plus ancien
course-col-from = À compter du
course-col-step = Acte
course-col-ground = Motif
course-col-party = Partie
course-col-by = Inscrit
course-by = par { $who }, { $moment }
course-acts = Ce que vous pouvez faire
course-not-yours = Seul le délégué à la protection des données d’une partie peut la suspendre.
step-suspended = Suspension
step-resumed = Levée de la suspension
step-notice = Mise en demeure
step-answered = Manquement corrigé
ground-breach = Violation de données
ground-flaw = Faille de sécurité
ground-default = Manquement d’une partie
ground-authority = Demande d’une autorité
ground-remedied = La cause a disparu
ground-mistake = L’acte précédent était une erreur
act-suspend = Suspendre la convention
act-resume = Lever la suspension
act-give-notice = Mettre en demeure
act-answer-notice = Constater que le manquement est corrigé
suspend-text = Dès le jour donné, rien ne passe plus au titre de cette convention : ni page, ni fichier, ni extraction, ni interface. Seule la destruction de ce qui est dû à échéance continue.
resume-text = La suspension de votre organisme prend fin au jour donné. Celle d’une autre partie reste, comme celle qu’écrit le fichier de la convention.
notice-step-text = La mise en demeure ouvre le délai que la convention donne pour corriger un manquement. Sans réponse que vous constatiez d’ici là, la convention prend fin.
answer-step-text = Le manquement est corrigé : la mise en demeure de votre organisme n’a plus d’effet.
step-ground = Motif
step-ground-error = Choisissez un motif.
step-from = À compter du
step-from-hint = Ce jour ou un jour à venir.
step-from-error = Donnez ce jour ou un jour à venir.
done-suspended = La suspension est inscrite. Elle vaut partout dès le jour donné.
done-resumed = La levée de la suspension est inscrite.
done-notice = La mise en demeure est inscrite : le délai court.
done-answered = Le manquement est noté comme corrigé.

# Le texte d’une convention
grant-title = Qui peut voir quoi
grant-caption = Une ligne par clause
grant-col-to = Qui
grant-col-purpose = Pourquoi
grant-col-data = Données
grant-col-way = Voie
grant-col-clause = Clause
grant-fields = { $count ->
    [0] aucune donnée
    [one] { $count } donnée
   *[other] { $count } données
}
grant-about = { $people } ; { $reach } ; origine : { $sources }
section-term = Durée, reconduction, fin
section-parties = Parties
section-purposes = Finalités et bases légales
section-flows = Flux
section-uses = Ce que le logiciel lit sans le montrer
section-clocks = Délais
section-retention = Durées de conservation
section-contacts = Contacts
section-renewal = Reconduction
section-renewal-text = À demander { $before } avant la fin, réponse sous { $within }, le silence vaut { $silence } ({ $clause })
section-ending = Résiliation
section-notice-text = Préavis : { $length }
section-cure-text = Mise en demeure : { $length } pour corriger
section-suspends = Un manquement suspend aussitôt
section-suspends-not = Un manquement ne suspend pas de lui-même
section-steered = Qui peut la suspendre
section-hosting = Hébergement
section-flow-ends = De { $from } à { $to }
section-owed-to = Dû à { $party }
section-kept = { $length } à compter de : { $start }
section-until-unneeded = Plus tôt, dès qu’elles ne servent plus
length-hours = { $count ->
    [one] { $count } heure
   *[other] { $count } heures
}
length-days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}
length-months = { $count } mois
length-years = { $count ->
    [one] { $count } an
   *[other] { $count } ans
}
capacity-controller = responsable de traitement
capacity-joint = responsable conjoint
capacity-sub-processor = sous-traitant ultérieur
capacity-processor = sous-traitant
channel-email = courriel (chiffré vers un autre organisme)
channel-hand = sur papier
channel-flow = fichier d’échange
channel-screen = écran
channel-export = extraction
channel-api = interface (API)
people-of-everyone = toute personne connue de la source
people-of-recipients = bénéficiaires du RSA
people-of-in-course = bénéficiaires du RSA en cours
reach-oneself = la personne elle-même
reach-designated = les personnes désignées
reach-caseload = son portefeuille
reach-service = son service
reach-territory = tout le territoire
rhythm-daily = chaque jour
rhythm-weekly = chaque semaine
rhythm-monthly = chaque mois
rhythm-on-request = à la demande
use-recognise = rapprocher
use-update = mettre à jour
use-clocks = calculer les délais
use-count = dénombrer
use-index = trier et trouver
use-retain = conserver et détruire
starts-breach = Violation de données découverte
starts-complaint = Réclamation reçue
starts-flaw = Faille découverte
starts-rights = Demande d’une personne reçue
starts-notice = Mise en demeure reçue
kept-from-deposit = le dépôt du fichier
kept-from-receipt = la réception
kept-from-end = la fin de la convention
kept-from-right = la fin du droit
kept-from-recorded = l’inscription au registre
kept-from-last-use = la dernière connexion
contact-governance = Gouvernance
contact-operations = Exploitation
contact-security = Sécurité
contact-dpo = Protection des données
silence-refusal = refus
silence-renewal = reconduction

# Les violations de données
menu-breaches = Violations
breach-title = Registre des violations
breach-lede = Ce qui a été découvert, qui est concerné d’après le registre des accès, qui doit être prévenu et quand.
breach-new = Ouvrir une violation
breach-caption = Violations, de la dernière découverte à la plus ancienne
breach-col-discovered = Découverte
breach-col-nature = Nature
breach-col-state = État
breach-col-next = Prochaine échéance
breach-next-none = Aucune
breach-open = Ouverte
breach-closed = Close
breach-late = En retard
breach-empty-title = Aucune violation
breach-empty-text = Quand un compte est détourné, qu’un fichier s’égare ou qu’une faille est trouvée, ouvrez ici une violation : les personnes et les données concernées sont calculées, les délais courent.
nature-breach = Violation de données
nature-complaint = Réclamation
nature-flaw = Faille de sécurité
to-authority = CNIL
kept-in-time = prévenu à temps
kept-late = prévenu avec { $hours } h { $minutes } min de retard
kept-missed = en retard de { $hours } h { $minutes } min
kept-runs = reste { $hours } h { $minutes } min
breach-new-text = Dites ce qui a été découvert et de quels accès il s’agit : un compte, une période, un acte, ou plusieurs à la fois. Les personnes ne se saisissent pas : elles sont calculées d’après le registre.
breach-new-after = Les délais courent depuis la découverte, non depuis cette saisie.
breach-open-submit = Ouvrir
breach-nature = Qu’a-t-on découvert ?
breach-nature-error = Choisissez ce qui a été découvert.
breach-found = Jour de la découverte
breach-found-hint = Ou de la réception de la réclamation.
breach-found-error = Donnez un jour et une heure déjà passés.
breach-time = Heure
breach-time-hint = En France, par exemple 9:05.
breach-time-error = Écrivez l’heure et les minutes, par exemple 9:05.
breach-actor = Compte en cause
breach-actor-hint = Son adresse de courriel, ou le numéro qu’en donne le registre.
breach-actor-error = Aucun compte n’a cette adresse ou ce numéro.
breach-act = Acte en cause
breach-act-hint = Son numéro dans le registre, s’il s’agit d’un fichier ou d’une consultation.
breach-act-error = Ce n’est pas un numéro d’acte.
breach-since = Depuis le
breach-since-hint = Sans jour : depuis toujours.
breach-until = Jusqu’au
breach-until-day = Jusqu’au { $to }
breach-always = Depuis toujours
breach-day-error = Ce jour n’existe pas.
breach-until-error = La période finit avant de commencer, ou ce jour n’existe pas.
breach-nothing-error = Donnez un compte, un acte ou un premier jour.
breach-people = { $count ->
    [0] Personne n’est concerné d’après le registre.
    [one] { $count } personne concernée.
   *[other] { $count } personnes concernées.
}
breach-about = De quoi il s’agit
breach-period = Période
breach-entry = Lire l’entrée
breach-measures = Conventions suspendues
breach-none-suspended = Aucune
breach-suspend = Voir les conventions
breach-suspended = { $convention }, depuis le { $day }
breach-owed = Qui prévenir, et quand
breach-owed-none = Aucun délai des conventions ni de la loi ne court.
breach-owed-caption = Échéances, la première d’abord
breach-col-to = Destinataire
breach-col-by = Avant
breach-col-kept = Où en est-on
breach-col-clause = Clause
breach-col-draft = Projet
breach-draft = Lire le projet
breach-done = Ce qui a été fait
breach-done-none = Rien n’est noté.
breach-done-caption = Ce qui a été fait, dans l’ordre
breach-done-opened = La violation est ouverte. Les délais courent depuis sa découverte.
breach-done-recorded = C’est noté.
breach-col-at = Quand
breach-col-deed = Acte
breach-col-recorded = Noté par
breach-col-field = Donnée
breach-col-people = Personnes
breach-col-actor = Par
breach-col-what = Quoi
breach-col-data = Données
breach-shown = Ce qui a été montré
breach-shown-text = Calculé à l’instant d’après le registre : pour chaque personne, l’union de ce que ces actes ont montré.
breach-fields-caption = De combien de personnes chaque donnée a été montrée
breach-take = Prendre la liste des personnes (CSV)
breach-take-text = Le fichier nomme ceux que vos clauses vous laissent nommer, et donne de chacun ce qui a été montré. Le prendre est inscrit au registre.
breach-acts = Les accès en cause
breach-acts-caption = Accès, dans l’ordre
breach-more-acts = { $count ->
    [one] Un autre accès n’est pas montré ici.
   *[other] { $count } autres accès ne sont pas montrés ici.
}
breach-erased = { $count ->
    [one] Une entrée de la période a été effacée du registre : ce qu’elle disait n’est plus connu.
   *[other] { $count } entrées de la période ont été effacées du registre : ce qu’elles disaient n’est plus connu.
}
breach-nobody-title = Personne n’est concerné
breach-nobody-text = Aucun accès de ce compte, de cette période ou de cet acte n’a montré quelqu’un.
breach-file = violation
breach-file-person = Numéro
breach-file-data = Données montrées
breach-file-acts = Accès
breach-file-first = Premier
breach-file-last = Dernier
deed-title = Noter ce qui a été fait
deed-text = Un envoi, une réponse, la clôture. Rien ne part d’ici : ce qui est noté a été fait ailleurs.
deed-submit = Noter
deed-what = Qu’a-t-on fait ?
deed-what-error = Choisissez ce qui a été fait.
deed-initial = Notification initiale
deed-complement = Notification complémentaire
deed-answered = Réponse reçue
deed-closed = Clôture
deed-to = Destinataire
deed-to-hint = Inutile pour une clôture.
deed-to-error = Choisissez un destinataire.
deed-at = Jour
deed-at-error = Donnez un jour et une heure entre la découverte et maintenant.
deed-state-error = La violation est close, ou rien n’a encore été envoyé à ce destinataire.

# Les projets de notification
draft-title-authority = Notification à la CNIL
draft-title-partner = Notification au partenaire
draft-by = à envoyer avant { $moment } ({ $clause })
draft-read = Projet tiré des faits inscrits : relisez-le, complétez-le, imprimez-le. Il ne contient aucune donnée personnelle ; n’en ajoutez pas.
draft-from = De : { $party }, délégué à la protection des données
draft-to = À : { $party }
draft-roles = À l’attention de : { $roles }
draft-nature = Ce qui s’est passé
draft-discovered = Découverte : { $moment }.
draft-acts = { $count ->
    [one] Un accès en cause, { $from }.
   *[other] { $count } accès en cause, du premier ({ $from }) au dernier ({ $to }).
}
draft-people = Les personnes concernées
draft-people-text = { $count ->
    [0] Le nombre de personnes concernées n’est pas encore connu.
    [one] Une personne, parmi les bénéficiaires du RSA et les membres de leur foyer.
   *[other] { $count } personnes, parmi les bénéficiaires du RSA et les membres de leur foyer.
}
draft-data = Les catégories de données
draft-no-data = Aucune catégorie n’est encore établie.
draft-consequences = Ce qui peut en résulter
draft-consequences-health = Révélation de l’état de santé ou du handicap de la personne (données sensibles, RGPD, art. 9), discrimination, usurpation d’identité, hameçonnage.
draft-consequences-contact = Hameçonnage et démarchage à l’adresse connue, usurpation d’identité, révélation de la situation sociale de la personne à des tiers.
draft-consequences-identity = Usurpation d’identité, révélation de la situation sociale de la personne à des tiers.
draft-consequences-other = Révélation de la situation sociale de la personne à des tiers.
draft-measures = Les mesures prises
draft-no-measure = Aucune convention n’est suspendue à cette heure. Ajoutez les autres mesures.
draft-contact = Contact
draft-contact-text = Le délégué à la protection des données de notre organisme, à l’adresse connue des parties.
draft-asked = Ce que nous vous demandons
draft-asked-text = Dites-nous quels accès vous constatez de votre côté, quelles mesures vous prenez, et qui nous répond.
draft-staged-first = Cette notification est initiale : un complément suivra dès que d’autres faits seront établis.
draft-staged-next = Cette notification complète la précédente et la remplace là où elles diffèrent.
data-accompaniment = Accompagnement : besoins et freins
data-health = Santé et handicap
data-consent = Accords donnés
data-identity = État civil
data-identifiers = Identifiants
data-registration = Inscription comme demandeur d’emploi
data-follow-up = Suivi par France Travail
data-training = Formation et métier
data-orientation = Décision d’orientation
data-rights = Droits au RSA
data-household = Foyer
data-contact = Adresse et contact

# La journée du délégué
desk-breaches = { $count ->
    [one] violation de données ouverte
   *[other] violations de données ouvertes
}
desk-conventions = { $count ->
    [one] convention à voir : suspendue, ou une date proche
   *[other] conventions à voir : suspendues, ou une date proche
}
desk-requests = { $count ->
    [one] demande d’une personne à laquelle répondre
   *[other] demandes de personnes auxquelles répondre
}

# Les demandes des personnes
menu-rights = Demandes
rights-title = Demandes des personnes
rights-lede = Chaque demande garde la date de sa réception et l’échéance de sa réponse : un mois au plus.
rights-states = Demandes à montrer
rights-open = À répondre
rights-answered = Répondues
rights-caption = Demandes que votre organisme a reçues
rights-col-received = Reçue
rights-col-right = Demande
rights-col-state = État
rights-col-due = Échéance
rights-col-clause = Clause
rights-col-from = Reçue par
rights-due-none = Plus d’échéance
rights-full = Seules les { $count } premières demandes sont montrées.
rights-empty-title = Aucune demande n’attend
rights-empty-text = Les demandes faites dans l’espace d’une personne arrivent ici. Celle qui vient par courrier ou au guichet s’inscrit depuis la page « Qui a consulté cette personne ».
rights-none-title = Aucune demande répondue
rights-none-text = Les réponses données seront ici, avec leur date.
rights-shared = Demandes dont un partenaire vous a prévenu
rights-shared-caption = Demandes reçues par un partenaire, la première échéance d’abord
rights-shared-text = Le partenaire répond à la personne ; votre organisme fait sa part dans le même délai. La personne n’est pas nommée ici : le partenaire vous la désigne par votre voie habituelle.
right-access = Accès
right-rectification = Rectification
right-erasure = Effacement
right-restriction = Limitation
right-opposition = Opposition
request-received = Reçue
request-under-way = En cours
request-answered = Répondue
request-refused = Refusée
request-withdrawn = Retirée par la personne
request-about-datum = { $label }, d’après { $source }
request-about-all = Aucune donnée en particulier
request-about = Donnée en cause
request-answer-due = Réponse due :
request-what = La demande
request-way-space = Faite dans son espace
request-way-recorded = Venue par courrier ou au guichet
request-person = Personne
request-who-read = Qui a consulté
request-statement = Ce qu’écrit la personne
request-due = Dernier jour pour répondre
request-copy-pdf = Prendre une copie pour la personne (PDF)
request-copy-print = Prendre une copie pour la personne (à imprimer)
request-copy = Prendre la copie de ses données (JSON)
request-back = Revenir à la demande
request-copy-text = La copie à remettre à la personne, dans les limites de ses propres droits. La prendre est inscrit au registre.
request-done-opened = La demande est inscrite. Le délai court depuis sa réception.
request-done-part = C’est noté.
request-done-state = C’est noté.
request-stale = La demande a changé entre-temps : voici où elle en est.
part-title = Les autres organismes
part-text = D’où vient la donnée, et à qui le registre dit qu’elle est allée.
part-caption = Organismes qui ont part à la demande
part-none = Aucun autre organisme n’a donné ni reçu ce dont il s’agit.
part-untold = À prévenir encore : { $parties }. Qui a reçu une donnée corrigée, effacée ou limitée doit l’apprendre (RGPD, art. 19).
part-col-party = Organisme
part-col-why = Part
part-col-told = Prévenu
part-col-answer = Sa réponse
part-col-act = Noter
part-gave = La donnée vient de lui
part-received = La donnée lui a été montrée
part-told-no = Pas encore
part-to-tell = À prévenir
part-not-told = Facultatif
part-awaited = Réponse attendue
part-over = Demande close
part-told = Prévenu
part-done = Fait
part-nothing = Ne détient rien de tel
part-refused = Refuse, et le dit à la personne
part-act-told = Noter : prévenu
part-act-done = Noter : fait
part-act-nothing = Noter : ne détient rien
part-act-refused = Noter : refuse
step-caption = Ce qui a été noté des autres organismes, dans l’ordre
answer-title = Suivre ou répondre
answer-text = La réponse se donne à la personne par courrier, au guichet ou dans son espace. Ce qui est noté ici a été fait.
answer-submit = Noter
answer-what = Où en est la demande ?
answer-error = Choisissez où en est la demande.
answer-under-way = Quelqu’un s’en occupe
answer-under-way-hint = Le délai continue de courir.
answer-answered = Répondue : ce qui est demandé est fait
answer-answered-hint = La réponse est donnée. Elle ne se reprend pas.
answer-refused = Refusée
answer-refused-hint = La personne a reçu les motifs, et sait qu’elle peut saisir la CNIL et le juge (RGPD, art. 12, § 4). Un refus ne se reprend pas.
shared-said = Reçue le { $day } par { $party }, qui vous a prévenu le { $told }. Réponse due à la personne le { $due } ({ $clause }).
shared-number = Numéro de la demande, à rappeler au partenaire : { $number }
shared-answered = Votre organisme a répondu : { $answer }, { $moment }.
shared-what = Qu’a fait votre organisme ?
shared-error = Choisissez ce que votre organisme a fait.
shared-submit = Répondre au partenaire
new-request-link = Inscrire une demande
new-request-title = Inscrire une demande de la personne
new-request-text = Pour une demande venue par courrier ou au guichet, une fois l’identité de la personne vérifiée. Le délai court depuis le jour de sa réception.
new-request-submit = Inscrire
new-request-right = Que demande la personne ?
new-request-right-error = Choisissez ce que demande la personne.
new-request-on = Reçue le
new-request-on-hint = Le jour où la demande est arrivée.
new-request-on-error = Donnez un jour déjà venu.
new-request-about-error = Choisissez la donnée à rectifier.
new-request-statement-hint = Ce qui est faux et ce qui est juste, ou le motif. Scellé : seuls ceux qui répondent le lisent.

# La revue des habilitations
menu-access-review = Habilitations
access-title = Revue des habilitations
access-lede = Qui agit pour votre organisme, en quelle qualité, et depuis quand. Chaque accès se revoit au moins une fois par an, par quelqu’un d’autre que son titulaire.
access-caption = Accès en vigueur, ceux à revoir d’abord
access-col-who = Qui
access-col-role = Fonction
access-col-used = Dernière venue
access-col-reviewed = À revoir
access-col-act = Décision
access-col-found = Décision
access-col-by = Par
access-never = Jamais
access-long-ago = Aucune venue depuis 90 jours
access-reviewed = Revu le { $day }
access-given = Donné le { $day }
access-own = Votre propre accès : quelqu’un d’autre le revoit.
access-confirm = Confirmer
access-withdraw = Retirer
access-confirmed = Confirmé
access-withdrawn = Retiré
access-done-confirmed = L’accès est confirmé.
access-done-withdrawn = L’accès est retiré : ses sessions sont fermées.
access-stale = Cet accès a changé entre-temps : voici où il en est.
access-past = Décisions de l’année
access-past-caption = Décisions, de la plus récente à la plus ancienne
access-empty-title = Aucun accès
access-empty-text = Personne n’agit pour votre organisme sur ce territoire.
desk-access-review = { $count ->
    [one] accès à revoir
   *[other] accès à revoir
}

# Le registre
register-title = Registre des activités de traitement
register-lede = Tiré des textes que le logiciel exécute, dans l’ordre de l’article 30 du RGPD : ce qui est écrit ici est ce qui est appliqué.
register-entries = Inscriptions
register-file = Voir le texte et son cours

# Les sous-traitants et les listes
processors-and-lists = Sous-traitants et listes
processors-title = Sous-traitants
processors-lede = Ceux à qui votre organisme confie des données, d’où ils y accèdent, et les listes que les conventions vous font communiquer.
processors-caption = Sous-traitants, ceux qui servent aujourd’hui d’abord
processors-col-name = Sous-traitant
processors-col-country = Pays
processors-col-term = Durée
processors-col-act = Noter
processors-against = Hors de la zone permise : { $conventions }
processors-end = Ne sert plus
processors-new = Ajouter un sous-traitant
processors-new-text = Une entreprise ou un organisme, jamais une personne.
processors-submit = Ajouter
processors-name = Nom
processors-service = Ce qu’il fait
processors-service-hint = Par exemple : hébergement, maintenance, envoi de courrier.
processors-country = Pays d’où il accède aux données
processors-country-hint = En deux lettres (ISO 3166), par exemple FR.
processors-country-error = Écrivez les deux lettres du pays.
processors-text-error = Écrivez de 1 à { $most } caractères.
processors-from = À partir du
processors-done-added = Le sous-traitant est inscrit.
processors-done-ended = La fin est inscrite à ce jour.
processors-done-gave = La communication est notée à ce jour.
processors-empty-title = Aucun sous-traitant
processors-empty-text = Votre organisme n’a inscrit aucun sous-traitant. S’il n’en a pas, la liste à communiquer le dit.
lists-title = Listes à communiquer
lists-text = Rien ne part d’ici : notez ce qui a été communiqué aux partenaires.
lists-none = Aucune convention en vigueur ne vous fait communiquer de liste.
lists-caption = Listes que vos conventions demandent, la première échéance d’abord
lists-col-what = Liste
lists-col-convention = Convention
lists-col-last = Dernière communication
lists-col-due = Échéance
lists-never = Aucune notée
lists-on-request = À première demande
lists-gave = Communiquée ce jour
list-sub-processors = Sous-traitants
list-countries = Pays d’hébergement et d’accès
list-agents = Agents habilités

limits-title = Mise en œuvre
limits-text = Les données restent conservées. Elles ne servent plus : ni page, ni liste, ni compte, ni fichier ne les montre, hors de ce que la loi laisse (RGPD, art. 18, § 2, et art. 21).
limit-title = Mettre en œuvre
limit-text = L’effet est immédiat, pour tout usage dont votre organisme décide. Un fichier préparé et pas encore remis devra l’être de nouveau.
limit-submit = Mettre en œuvre
limit-ground = Que mettre en œuvre ?
limit-ground-error = Choisissez ce qui est mis en œuvre.
limit-ground-accuracy = Limitation : l’exactitude des données est contestée, le temps de la vérifier
limit-ground-unlawful = Limitation : l’usage est illicite, et la personne veut que les données soient conservées
limit-ground-claims = Limitation : la personne en a besoin pour faire valoir ses droits en justice
limit-ground-objection = Limitation : la personne s’oppose, le temps de vérifier quels motifs l’emportent
limit-carry-objection = Opposition : plus d’usage pour les finalités auxquelles la loi la permet
limit-objection = Opposition aux finalités : { $purposes }
limit-line-open = { $purpose } ({ $file }) : l’opposition est possible. Bases : { $basis }.
limit-line-closed = { $purpose } ({ $file }) : l’opposition n’est pas possible, et la personne en est informée. Bases : { $basis }.
limit-review-on = Jour où la mesure sera revue
limit-review-hint = Au plus tard dans un an. Elle ne cesse pas d’elle-même ce jour-là.
limit-review-error = Donnez un jour : jour, mois, année.
limit-since = Depuis le { $moment }, par { $by }
limit-review = À revoir le { $day }
limit-lifted = Levée le { $day } : { $reason }. La personne a été informée le { $told } ({ $way }).
limit-holds = en vigueur
limit-to-review = à revoir
limit-over = levée
limit-likeness = La mesure vaut aussi pour ces personnes, qu’un rapprochement ou une question d’identité prend pour la même :
limit-free = C’est quelqu’un d’autre
limit-done-set = C’est en œuvre.
limit-done-lifted = La fin de la mesure est notée. L’espace de la personne le lui dit dès maintenant.
limit-done-freed = La mesure ne vaut plus pour cette personne.
lift-title = Lever la mesure
lift-text = La personne est informée avant que la mesure soit levée (RGPD, art. 18, § 3).
lift-submit = Lever
lift-reason = Pourquoi ?
lift-reason-error = Choisissez un motif.
lift-reason-verified = ce qui était contesté est vérifié ou rectifié
lift-reason-settled = il est décidé quels motifs l’emportent
lift-reason-claims-over = la procédure est terminée
lift-reason-at-her-wish = la personne le demande
lift-reason-mistake = la mesure était une erreur
lift-told = Comment a-t-elle été informée ?
lift-told-error = Dites comment elle a été informée.
lift-told-letter = par courrier
lift-told-in-person = de vive voix
lift-told-on = Jour où elle a été informée
lift-on = Premier jour où la mesure ne vaut plus
lift-on-hint = Demain au plus tôt.
limits-in-force = Limitations et oppositions en vigueur
limit-refused = Rien n’a été fait : la loi, les bases légales ou les clauses ne le permettent pas. Vérifiez que la clause de votre fonction porte « despite_restriction ».
limit-purposes = Opposition : à quelles finalités ?
limit-purposes-hint = Celles auxquelles la personne s’oppose.
limit-purposes-error = Cochez au moins une finalité.
lift-on-error = Donnez un jour à venir, après que la personne a été informée.
