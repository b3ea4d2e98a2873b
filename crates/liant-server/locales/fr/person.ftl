# La personne
person-unnamed = Personne sans nom connu
person-born = { $name }, nom de naissance { $birth }
person-born-on = { $name }, naissance le { $day }
person-born-day = Naissance le { $day }
person-in-course = RSA, droits et devoirs
person-registered = Inscription à France Travail
person-orientation = Orientation
person-referent = Correspondant
person-orient = Orienter
person-reorient = Changer l’orientation
person-alerts = À savoir d’abord
person-standing = Situation
person-conflicts = Les sources se contredisent
person-conflicts-text = Chacune est montrée comme elle parle. Faites corriger la valeur fausse à sa source.
person-path = Parcours
person-sources = Ce que dit chaque source
person-household = Foyer
person-identity = Identité
person-identity-look = Voir pourquoi ces fiches sont les siennes
person-aside = Foyer, identité et droits d’accès
alert-to-orient = À orienter
alert-to-orient-text = Aucune décision d’orientation n’est enregistrée.
alert-no-referent = Sans référent
alert-no-referent-text = La décision ne nomme pas de référent : France Travail effacera celui qu’il détient.
alert-two-decisions = Deux orientations
alert-two-decisions-text = Deux décisions sont en vigueur, car deux fiches ont été réunies. Enregistrez celle qui vaut.
alert-struck-off = Radiation de la liste des demandeurs d’emploi
alert-ceased = Fin d’inscription à France Travail
alert-suspended = RSA suspendu
alert-right-ended = Fin du droit au RSA
alert-since = Le { $day }.
path-narrow = Filtrer le parcours
path-all = Tout
path-facts = Faits
path-decisions = Décisions
path-contacts = Contacts
path-empty = Rien de cette sorte n’est connu.
path-entered = Entrée dans le fichier
path-left = Sortie du fichier
path-registered = Inscription comme demandeur d’emploi
path-ceased = Fin d’inscription
path-struck-off = Radiation
path-plan-signed = Signature du PPAE
path-plan-notified = PPAE valant contrat d’engagement
path-contact = Contact avec France Travail
path-rsa-requested = Demande de RSA
path-right-began = Ouverture du droit
path-right-suspended = Suspension du droit
path-payment-suspended = Suspension du versement
path-right-ended = Fin du droit
path-family = Changement de situation de famille
path-oriented = Décision d’orientation
path-changed-one = Changement : { $what }
path-changed = { $count ->
    [one] Un changement
   *[other] { $count } changements
}
path-nothing = non renseigné
path-and-more = { $count ->
    [one] et un autre
   *[other] et { $count } autres
}
record-left = Sortie du fichier le { $day }
record-said = Dernier changement le { $day }
record-present = Présente dans le fichier
linked-new = Première fiche de cette personne, le { $day }.
linked-certain = Reconnue avec certitude le { $day }.
linked-scored = Reconnue par ressemblance le { $day }.
linked-human = Réunie ou séparée par un agent le { $day }.
linked-because = Motif : { $reason }.
identity-title = Fiches de { $name }
identity-lede = { $count } fiches sont réunies en cette personne. Si l’une n’est pas la sienne, séparez-la.
identity-alone = Une seule fiche : rien à séparer.
identity-part = Séparer cette fiche
identity-part-text = Elle deviendra une autre personne. Vous verrez ce qui a été communiqué par ce lien.
why-in-course = Cette personne reçoit le RSA et relève des droits et devoirs : votre service décide de son orientation et suit son parcours.
why-known = Cette personne est connue du Département, et votre mission demande de la connaître.
why-clause = { $title }, { $clause } ({ $count ->
    [one] 1 donnée
   *[other] { $count } données
})

contact-stop = Enregistrer qu’elle ne veut plus de courriels
contact-stop-title = Ne plus joindre par courriel
contact-stop-text = À enregistrer quand la personne vous le dit, au téléphone ou de vive voix. Ce qui attend de partir par courriel ira par lettre. Elle seule peut accepter de nouveau, dans son espace.
contact-stop-submit = Enregistrer
contact-stop-done = Plus aucun courriel ne lui est envoyé.
