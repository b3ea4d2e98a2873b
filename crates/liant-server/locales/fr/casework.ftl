# Les accompagnements : le parcours d’une personne
casework-link = Accompagnements
casework-crumb = Accompagnements
casework-title = Accompagnements : { $name }
casework-why = Vous voyez cet accompagnement parce que votre organisme y prend part, et que la personne est de celles que vous suivez ou auprès de qui vous intervenez.
casework-nothing-open = Rien n’est en cours.
casework-none-title = Aucun accompagnement
casework-none-text = Rien n’est en cours pour cette personne, et votre fonction n’ouvre aucune proposition.
casework-stage-relay = À transmettre
casework-stage-asked = Réponse attendue
casework-stage-accepted = Acceptée, entrée attendue
casework-stage-sent = Accord tacite, entrée attendue
casework-stage-stay = En cours
casework-stage-suspended = Suspendu
casework-since-relay = Proposition remise le { $day }, à transmettre au partenaire.
casework-since-asked = Fiche de liaison envoyée le { $day }. Le partenaire doit répondre : sans réponse, rien n’est accordé.
casework-since-asked-for = Fiche de liaison envoyée le { $day }.
casework-since-sent = Fiche de liaison envoyée le { $day }. L’accord est tacite : aucune réponse n’est attendue.
casework-accepted-on = Acceptée le { $day }.
casework-since-stay = Entrée effective le { $day }.
casework-in-time = Le délai d’entrée a été tenu.
casework-not-in-time = Le délai d’entrée était dépassé.
casework-term = Terme le { $day }.
casework-absences = { $count ->
    [one] Une absence sans excuse.
   *[other] { $count } absences sans excuse.
}
casework-clocks = Ce qui est dû
casework-owed-by = Dû par : { $who }
casework-acts = Ce que vous pouvez faire
casework-not = Ce qui n’est pas possible aujourd’hui, et pourquoi
casework-past = Accompagnements terminés
casework-stay = Du { $from } au { $to }
casework-history = Historique
casework-history-empty = Rien n’est encore arrivé.
casework-by = { $who }, { $role }
casework-beside = Auprès de la personne
casework-nobody = Personne pour le moment.
casework-since = depuis le { $day }
casework-known = Accord et orientation
casework-consent-form = Accord à la transmission de sa fiche, recueilli le { $day }
casework-consent-email = Accord pour être jointe par courriel, recueilli le { $day }
casework-oriented = Orientation { $nature }, décidée le { $day }
casework-step-entered = { $days ->
    [one] entrée effective, { $days } jour après l’envoi de la fiche
   *[other] entrée effective, { $days } jours après l’envoi de la fiche
}
casework-recorded = C’est enregistré.

# Pourquoi non
casework-rule = { $rule }.
casework-rule-source = { $rule } : { $source }.
casework-rule-expected = Un autre acte a eu lieu entre-temps
casework-rule-consent = Règle de l’accord de la personne
casework-rule-needs = Règle des actes préalables
casework-rule-day = Règle des dates
casework-rule-entry = Règle d’entrée
casework-rule-route = Règle du circuit
casework-rule-duration = Règle de durée
casework-rule-ending = Règle de fin
casework-rule-act = Règle des actes
casework-rule-role = Règle des référents
casework-rule-experiment = Règle de l’expérimentation
casework-rule-contract = Règle du contrat
casework-rule-orientation = Règle de l’orientation
casework-rule-suspends = Règle de suspension
casework-rule-other = Règle du dispositif

# Agir
casework-act-title = { $act } : { $role }
casework-refused = Ce n’est pas possible
casework-refused-nothing = Rien n’a été enregistré.
casework-stale = Quelqu’un a agi sur ce parcours depuis que la page a été affichée. Rien n’a été enregistré : relisez, puis recommencez si c’est encore utile.
casework-cancel = Renoncer
casework-back = Revenir aux accompagnements
casework-wrong-choose = Choisissez une réponse
casework-wrong-day = Indiquez un jour qui existe, par exemple 16 11 2026
casework-wrong-colleague = Choisissez un professionnel
casework-wrong-consent = Sans son accord, la fiche ne part pas : recueillez-le, puis cochez la case
casework-choose = Choisir
casework-day = Quel jour ?
casework-until = Jusqu’à quel jour la suivre dans l’emploi ?
casework-reason = Pour quel motif ?
casework-length = Pour quelle durée ?
casework-act = Quel acte ?
casework-outcome = Le rendez-vous a-t-il eu lieu ?
casework-kept = A eu lieu
casework-missed = Absence sans excuse
casework-excused = Absence excusée
casework-means = Comment la rencontre s’est-elle tenue ?
casework-means-hint = Pour un rendez-vous qui a eu lieu.
casework-in-person = En présence
casework-phone = Au téléphone
casework-video = En visioconférence
casework-form = Quelle forme de contrat ?
casework-nature = Quelle orientation ?
casework-orient-reason = Pour quel motif la changer ?
casework-no-reason = Première orientation
casework-exit = Quelle sortie ?
casework-next = Quel accompagnement suit ?
casework-suggested = Qui a de la place, puis qui n’a reçu personne depuis le plus longtemps, vient d’abord.
casework-months = { $count ->
    [one] { $count } mois
   *[other] { $count } mois
}
casework-years = { $count ->
    [one] { $count } an
   *[other] { $count } ans
}
casework-days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}
casework-consent = Son accord
casework-consent-tick = La personne accepte que sa fiche de liaison soit transmise
casework-consent-hint = Il est recueilli avant l’envoi, et elle peut le reprendre à tout moment.
casework-to = À qui l’envoyer : { $role }
casework-to-hint = Une personne nommée pourra lire la fiche pendant soixante jours.
casework-to-service = Le service local de sa commune
casework-to-anyone = { $place }, la personne de permanence
casework-zone = Territoire d’expérimentation
casework-no-zone = Hors expérimentation
casework-declared = Ce que le diagnostic établit
casework-declared-hint = Cochez ce qui est vrai : aucun fichier ne le dit.
casework-agreed = Qui en est d’accord
casework-looked = Vérifié dans le dossier à l’envoi : { $criteria }.
casework-routes = Le circuit et la forme de l’accord découlent de la situation de la personne : personne ne les choisit.
casework-withdraw-consent = Ce qui était proposé prend fin avec son accord.
casework-leave = La place sera à pourvoir, et le délai de remplacement commence.
casework-because-zone = travaille où elle habite
casework-because-other-zone = travaille ailleurs
casework-because-skills = { $count ->
    [one] une compétence voulue
   *[other] { $count } compétences voulues
}
casework-because-room = { $count ->
    [one] reste une place
   *[other] reste { $count } places
}
casework-because-full = portefeuille plein
casework-because-below = { $count ->
    [one] une de moins que le minimum
   *[other] { $count } de moins que le minimum
}
casework-because-people = { $count ->
    [0] aucune personne en portefeuille
    [one] une personne en portefeuille
   *[other] { $count } personnes en portefeuille
}

# Les listes
menu-forms = Fiches de liaison
menu-caseload = Portefeuille
casework-views = Listes
casework-received = Fiches reçues
casework-received-lede = Les fiches de liaison adressées à votre service, la première échéance d’abord. Un accord tacite n’attend aucune réponse ; toute autre fiche reste sans effet tant que vous n’avez pas répondu.
casework-received-none = Aucune fiche n’attend
casework-received-none-text = Une fiche de liaison envoyée à votre service apparaît ici dès son envoi, avec son échéance.
casework-sent = Fiches envoyées
casework-sent-lede = Les fiches envoyées par votre organisme, qui n’ont pas encore mené à une entrée.
casework-sent-none = Aucune fiche en chemin
casework-sent-none-text = Une fiche envoyée reste ici jusqu’à l’entrée effective, ou jusqu’au refus du partenaire.
casework-caseload = Mon portefeuille
casework-caseload-lede = Les personnes auprès de qui vous intervenez, ce qui presse d’abord.
casework-caseload-none = Votre portefeuille est vide
casework-caseload-none-text = Une personne y entre quand vous êtes nommé auprès d’elle.
casework-agenda = Ce qui est dû
casework-agenda-lede = Les délais qui courent, du plus urgent au plus lointain ; ce qui est en retard reste là tant que rien n’est fait.
casework-agenda-none = Rien n’est dû d’ici là
casework-agenda-none-text = Regardez plus loin, ou les délais de tout le service.
casework-people = Personnes suivies
casework-people-lede = Les personnes que votre organisme vous a confiées : ouvrez-en une pour proposer un accompagnement.
casework-people-none = Personne ne vous est confié
casework-people-none-text = Votre organisme désigne les personnes que vous suivez.
casework-workers = Charge de chacun
casework-whose = Pour qui
casework-mine = Mes personnes
casework-service = Tout le service
casework-ahead = Jusqu’à quand
casework-within = { $days ->
    [7] Sept jours
    [31] Un mois
   *[other] Trois mois
}
casework-list-why = Ces personnes sont de celles que vous suivez, ou pour qui vous ou votre service êtes désignés.
casework-col-person = Personne
casework-col-programme = Accompagnement
casework-col-since = Quand
casework-col-due = Prochaine échéance
casework-nothing-due = Rien n’est dû
casework-until-term = terme le { $day }
casework-entered = entrée le { $day }
casework-sent-on = fiche du { $day }

# La charge de chacun
casework-workers-lede = Ce que chacun a aujourd’hui et aura dans quelques semaines, entre les bornes du dispositif.
casework-workers-now = Portefeuilles
casework-workers-none = Aucun portefeuille
casework-workers-none-text = Un portefeuille apparaît dès qu’un professionnel est nommé auprès d’une personne.
casework-has = { $count ->
    [one] { $count } personne
   *[other] { $count } personnes
}
casework-has-between = { $has }, de { $least } à { $most } prévues
casework-has-least = { $has }, { $least } prévues au moins
casework-has-most = { $has }, { $most } au plus
casework-fill-below = { $count } de moins que le minimum
casework-fill-within = Entre les bornes
casework-fill-above = { $count } de plus que le maximum
casework-suspended = { $count ->
    [one] un accompagnement suspendu
   *[other] { $count } accompagnements suspendus
}
casework-forecast = Dans 4 semaines : { $four }. Dans 12 semaines : { $twelve }.
casework-next-person = À qui confier la prochaine personne
casework-nobody-there = Personne n’exerce cette fonction aujourd’hui.
casework-definition = Comment c’est compté
casework-load-definition = Une personne compte dans le portefeuille de qui est nommé auprès d’elle, de l’entrée effective à la fin ; les suspensions sont comptées à part.
casework-forecast-definition = La prévision retire les accompagnements qui arrivent à leur terme, et ajoute les entrées au rythme des douze dernières semaines.
casework-hand-over-link = Passer le relais
casework-hand-over-title = Remplacer un référent : { $who }
casework-hand-over-lede = Chaque personne cochée reçoit un nouveau référent, par un acte distinct. Ce qui ne peut se faire est dit, ligne par ligne, et n’empêche pas le reste.
casework-hand-over-to = Qui prend le relais ?
casework-hand-over-people = Pour quelles personnes ?
casework-hand-over-more = Les cent premières sont ici ; les suivantes viendront ensuite.
casework-hand-over-do = Passer le relais
casework-hand-over-none = Personne à confier
casework-hand-over-none-text = Ce professionnel n’est nommé auprès d’aucune personne que vous pouvez voir.
casework-wrong-people = Cochez au moins une personne
casework-handed = { $count ->
    [0] Personne n’a changé de référent (actuellement : { $who })
    [one] Une personne a changé de référent (auparavant : { $who })
   *[other] { $count } personnes ont changé de référent (auparavant : { $who })
}
casework-handed-someone = Quelqu’un qui n’est pas de cette liste
casework-handed-absent = Cette personne n’est plus de cette liste.
casework-handed-failed = Cela n’a pu être fait : recommencez.
casework-handed-done = fait
casework-handed-not = pas fait

# Les chiffres
menu-figures = Indicateurs
figures-title = Indicateurs
figures-lede = Pour tout le territoire, au { $day }. Ces chiffres ne mènent à aucune liste.
figures-month = À la fin de
figures-col-what = Définition
figures-col-value = Valeur
figures-col-of = Compté sur
figures-col-least = Attendu
figures-hidden = Trop peu de personnes : non montré
figures-below = sous l’attendu
figures-per-cent = { $value } %
figures-days = { $value ->
    [one] { $value } jour
   *[other] { $value } jours
}
figures-people = { $value }
figures-none = Aucun indicateur
figures-none-text = Le fichier de ce dispositif n’en définit pas.
figures-small = Un chiffre qui porte sur trop peu de personnes dirait qui elles sont : il n’est pas montré, ni ce qui permettrait de le retrouver par différence.

# Le tableau de bord des comités
menu-committee = Tableau de bord
committee-title = Tableau de bord des comités
committee-lede = { $month }, pour tout le territoire et par service local. Ces chiffres ne mènent à aucune liste.
committee-month = Mois
committee-csv = CSV
committee-xlsx = Tableur
committee-file = comite
committee-none = Aucun mois à montrer
committee-none-text = Aucun dispositif ne vous montre de chiffres, ou aucun mois n’est terminé depuis qu’il a commencé.
committee-hidden = masqué
committee-hidden-why = masqué : trop peu de personnes, ou déductible
committee-small = Un nombre qui porte sur moins de { $fewest } personnes est masqué, ainsi que ce qui permettrait de le retrouver par différence. Masqué ne veut pas dire zéro.
committee-counted = Compté le { $day } ; ce qui est saisi depuis ne le change plus.
committee-part-entries = Entrées et délais
committee-part-share = Bénéficiaires du RSA
committee-part-exits = Sorties et freins levés
committee-entries = Entrées
committee-entries-text = Entrées effectives dans le mois.
committee-in-time = Dans le délai
committee-in-time-within = Part des entrées du mois qui ont eu lieu dans les { $length } de l’envoi de la fiche.
committee-in-time-text = Part des entrées dans le délai que fixe le dispositif.
committee-median = Délai médian
committee-median-text = Jours de l’envoi de la fiche à l’entrée : la moitié des entrées du mois ont attendu au plus autant.
committee-exits = Sorties
committee-positive = Positives
committee-lifted = Freins levés
committee-other = Autres
committee-other-text = Toutes les autres sorties du mois. Chaque sortie est comptée une fois.
committee-share = Part de bénéficiaires du RSA
committee-key-in-time = dans le délai
committee-key-late = après le délai
committee-key-apart = sans détail (masqué)
committee-chart-entries = Entrées par mois
committee-chart-exits = Sorties par mois
committee-chart-share = Part de bénéficiaires du RSA à la fin de chaque mois
committee-chart-hidden = * masqué
committee-col-place = Service
committee-col-month = Mois
committee-by-place = { $what } par service, { $month }
committee-by-month = { $what } par mois, tout le territoire
committee-whole = Tout le territoire
committee-nowhere = Sans service
committee-months = janv févr mars avr mai juin juil août sept oct nov déc

# Les listes FSE
menu-evidence = Listes FSE
evidence-title = Listes semestrielles FSE
evidence-lede = La liste des personnes accompagnées dans le semestre, preuve du Fonds social européen : figée, puis signée par les deux parties.
evidence-col-half = Semestre
evidence-col-state = État
evidence-col-signed = Signatures
evidence-col-acts = Actes
evidence-half-1 = 1er semestre { $year }
evidence-half-2 = 2d semestre { $year }
evidence-days = du { $from } au { $to }
evidence-runs = en cours
evidence-to-freeze = à figer
evidence-to-sign = figée, à signer
evidence-complete = signée par toutes les parties
evidence-frozen-on = { $count ->
    [one] Figée le { $day }, { $count } personne
   *[other] Figée le { $day }, { $count } personnes
}
evidence-kept = Conservée jusqu’au { $day }
evidence-awaited = signature attendue
evidence-signed-by = le { $day }, { $who } ({ $role })
evidence-signed-as = le { $day } ({ $role })
evidence-freeze = Figer la liste
evidence-freeze-again = Figer de nouveau
evidence-sign = Signer
evidence-copy = Télécharger la copie
evidence-why = Prouver le bon emploi du Fonds social européen.
evidence-signers = Signataires : { $who } ({ $source }).
evidence-done-frozen = La liste est figée et scellée. Elle attend la signature des parties.
evidence-done-signed = La liste est signée pour votre partie.
evidence-gone = Cette liste n’est plus là : elle a été figée de nouveau. Rien n’a été signé ; lisez la nouvelle.
evidence-people = Personnes
evidence-frozen = Figée le
evidence-kept-until = Conservée jusqu’au
evidence-signed = { $party } a signé
evidence-seal = Sceau (SHA-256)
evidence-freeze-title = Figer la liste du { $half }
evidence-freeze-text = Les personnes accompagnées du { $from } au { $to } ({ $programme }) sont inscrites sur la liste, telles que les parcours sont aujourd’hui, et la liste est scellée.
evidence-freeze-record = Chaque personne qu’elle nomme verra dans son espace que la liste a été établie. Tant que personne ne l’a signée, la liste peut être figée de nouveau.
evidence-freeze-replaces = Elle remplace celle qui a été figée le { $day } et que personne n’a signée.
evidence-sign-title = Signer la liste du { $half }
evidence-sign-text = Vous signez pour votre partie ({ $party }). La signature porte sur le contenu scellé ci-dessous, et sur aucun autre ; elle ne se retire pas. Téléchargez d’abord la copie si vous ne l’avez pas lue.
evidence-sign-for = Signer ({ $party })
evidence-copy-title = Copie de la liste du { $half }
evidence-copy-text = La copie donne les personnes telles qu’elles ont été figées, avec le sceau et les signatures.
evidence-copy-record = Elle nomme des personnes : ce téléchargement est inscrit au registre des accès, et chacune peut le voir.
evidence-copy-unsigned = Toutes les parties n’ont pas encore signé.
evidence-back = Revenir aux listes
evidence-file = liste-fse
evidence-wrong-signed = Quelqu’un a signé la liste de ce semestre entre-temps : elle ne peut plus être figée de nouveau.
evidence-wrong-keep = Aucune clause ne dit combien de temps la liste est conservée : elle n’a pas été figée. Prévenez votre délégué à la protection des données.
evidence-wrong-twice = Votre partie a déjà signé cette liste : rien n’a été ajouté.

# Rendez-vous
meet-title = Rendez-vous
meet-at = { $day } à { $hour }
meet-what = { $what } · { $place } · avec { $who }
meet-of = Rendez-vous du { $at }.
meet-told = La personne en sera prévenue : par courriel si elle y a consenti, sinon par une lettre à imprimer. Le message dit le jour, l’heure, le lieu, avec qui et comment changer, et rien d’autre.
meet-falls = Avec cela tombent ces rendez-vous : { $all }. Prévenez la personne : Liant ne lui en écrit rien.
meet-falls-one = { $at } avec { $who }
meet-act = Pour quel rendez-vous ?
meet-on = Quel jour ?
meet-hour = À quelle heure ?
meet-hour-hint = L’heure sur place, par exemple 14 h 30
meet-wrong-hour = Indiquez une heure qui existe, par exemple 14 h 30
meet-means = Comment ?
meet-place = Où ?
meet-place-hint = Au téléphone ou en visioconférence, le lieu d’où vous appelez : son numéro est celui que la personne appelle pour changer.
meet-with = Avec qui ?
meet-unsaid = Suite à dire
meet-cancelled = Annulé
meet-lapsed = Sans suite
meet-told-email = Prévenue par courriel le { $day }.
meet-told-letter = Prévenue par lettre le { $day }.
meet-step-fixed = rendez-vous fixé : { $at }
meet-step-moved = rendez-vous déplacé : { $at }
casework-rule-appointment = Règle des rendez-vous

# Lettres
letters-title = Lettres à imprimer
letters-lede = Ce dont les personnes qui n’ont pas consenti aux courriels sont prévenues par lettre. Imprimez, postez, puis cochez.
letters-none = Aucune lettre à imprimer
letters-none-text = Une lettre paraît ici quand un rendez-vous est fixé, déplacé ou annulé, et quand vient le jour de le rappeler.
letters-tick = Cocher
letters-tick-one = Lettre de { $name }
letters-col-at = Rendez-vous
letters-col-what = Objet
letters-col-print = Imprimer
letters-said = Rendez-vous fixé
letters-cancelled = Rendez-vous annulé
letters-reminder = Rappel
letters-late = Trop tard par la poste : prévenez-la autrement
letters-printed = Imprimée
letters-to-print = À imprimer
letters-print = Voir et imprimer
letters-print-all = Tout imprimer
letters-do-posted = Les lettres cochées sont postées
letters-posted = { $count ->
    [0] Aucune lettre n’était cochée.
    [one] { $count } lettre notée comme postée.
   *[other] { $count } lettres notées comme postées.
}
letters-sheet = Lettre
letters-back = Revenir aux lettres
letters-protected = L’adresse de cette personne est protégée et ne vous est pas montrée : remettez-lui la lettre en main propre.
letters-no-address = Aucune adresse connue n’est à imprimer : écrivez-la sur l’enveloppe, ou remettez la lettre en main propre.
