# Fichiers, mois, échéances
menu-files = Fichiers
menu-month = Fichier du mois
menu-calendar = Échéances

files-title = Fichiers
files-lede = Ce qui est arrivé, ce qui manque, et ce que chaque import a donné.
files-add = Ajouter un fichier
files-print = Imprimer
files-waiting = En attente de votre décision
files-sent = { $who }, { $when } · { $size }
files-checking = contrôle en cours
files-importing = import en cours
files-interrupted = interrompu
files-to-import = à importer
files-to-check = à vérifier
files-empty-title = Aucun fichier reçu
files-empty-text = Commencez par la liste des personnes suivies par le Département, puis les fichiers de la CAF et de France Travail, dans l’ordre où ils ont été faits.
files-follow-up = Suivi mensuel
files-received = Fichiers reçus
files-col-flow = Flux
files-col-file = Fichier
files-col-about = Date de référence
files-col-sent = Reçu
files-col-state = État
files-col-records = Dossiers
files-col-rejected = Rejetés
files-with-rejects = importé, avec des rejets
files-imported = importé
files-abandoned = abandonné

flow-received = reçu
flow-received-late = reçu en retard
flow-deposited = déposé
flow-deposited-late = déposé en retard
flow-missing = manquant
flow-late = en retard
flow-awaited = attendu
flow-to-do = à déposer
flow-to-come = à venir
flow-nothing = —
flow-on = le { $day }
flow-since = depuis le { $day }
flow-before = avant le { $day }
flow-from = dès le { $day }
flow-files = { $count } fichiers

upload-step-send = Déposer
upload-step-check = Vérifier
upload-step-import = Importer
upload-step-report = Compte rendu
upload-new = Ajouter un fichier
upload-field = Fichier
upload-hint = PECGM, PECDH, bénéficiaires CNAF ou liste du Département. Déposez-le ici ou choisissez-le ; { $size } au plus.
upload-none = Choisissez un fichier qui ne soit pas vide
upload-unknown = Ce fichier n’est d’aucun flux connu : choisissez un fichier PECGM, PECDH, CNAF ou la liste du Département
upload-decisions = Ce fichier porte des décisions d’orientation : choisissez le stock d’un flux
upload-send = Vérifier le fichier
upload-cancel = Annuler
upload-how = Ce qui va se passer
upload-how-check = Le fichier est d’abord contrôlé : vous voyez ce qui est fautif et ce que l’import ferait.
upload-how-nothing = Rien n’est enregistré avant que vous ne l’ayez décidé. Un import est publié en entier, ou pas du tout.
upload-how-kept = Le fichier reste sur ce serveur, lisible du seul programme. Il est effacé après l’import ou l’abandon, et au plus tard un jour après son arrivée.
upload-how-order = Importez les fichiers d’une source dans l’ordre où ils ont été faits.
upload-title = Fichier { $flow }
upload-title-month = Fichier { $flow } de { $month }
upload-lede = Déposé par { $who }, { $when } · { $size } · { $name }
upload-checking = Contrôle du fichier
upload-importing = Import du fichier
upload-progress = { $read } sur { $total }
upload-may-leave = Vous pouvez quitter cette page : le travail continue, et vous le retrouverez dans « Fichiers ».
upload-refresh = Voir où il en est
upload-import-interrupted = L’import a été interrompu par l’arrêt du serveur. Rien n’a été enregistré : les données sont telles qu’avant.
upload-check-interrupted = Le contrôle a été interrompu par l’arrêt du serveur. Rien n’a été enregistré.
upload-check-failed = Le contrôle n’a pas été mené à son terme. Rien n’a été enregistré.
upload-import-again = Importer à nouveau
upload-check-again = Vérifier à nouveau
upload-give-up = Abandonner
upload-checked = Le contrôle est terminé.
upload-other = Ajouter un autre fichier
upload-impossible = Ce fichier ne peut pas être importé
upload-that-import = Voir cet import
upload-report = Voir le compte rendu
upload-imported = Le fichier est importé
upload-imported-text = Tous les lecteurs le voient. Le fichier a été effacé de ce serveur.
upload-given-up = Ce fichier a été abandonné
upload-given-up-text = Il a été effacé de ce serveur. Rien n’en a été enregistré.
upload-refused = Le fichier est refusé en entier
upload-at-line = ligne { $line }, règle { $rule }
upload-more = { $count } constats de plus. Après l’import, tous les rejets sont dans le compte rendu et dans le fichier à télécharger.
upload-found = { $count ->
    [one] { $count } constat
   *[other] { $count } constats
}
upload-findings = Ce qui a été constaté
upload-sound-title = Rien à signaler
upload-sound-text = Tous les dossiers respectent les règles du flux.
upload-would = Ce que l’import ferait
upload-under = Reçu au titre de :
upload-import = { $count ->
    [one] Importer { $count } dossier
   *[other] Importer { $count } dossiers
}
upload-many-left-title = Une grande part du stock manque
upload-many-left-hint = { $count } personnes ne sont pas dans ce fichier et sortiraient du stock. Demandez d’abord à l’expéditeur si le fichier est entier.
upload-many-left = Le fichier est entier : importer quand même
upload-lacks-many = L’import n’a pas eu lieu : le fichier laisse de côté une grande part du stock. Rien n’a été enregistré.
upload-rejected = rejeté
upload-warned = importé, à vérifier
upload-times = { $count } fois

finding-record = Dossier
finding-line = Ligne
finding-element = Donnée
finding-message = Ce qui ne va pas
finding-rule = Règle
finding-status = Sort

import-title = { $flow } du { $day }
import-lede = Importé par { $who }, { $when } · { $size } · { $name }
import-known = reconnus sans ambiguïté
import-new = nouvelles personnes
import-review = identités à confirmer
import-rejected = dossiers rejetés
import-changes = Ce que l’import a fait
import-records = Dossiers lus
import-records-hint = dans le fichier
import-entries = Nouveaux
import-entries-hint = jamais vus de cette source
import-changed = Modifiés
import-changed-hint = une donnée au moins a changé
import-unchanged = Inchangés
import-unchanged-hint = rien n’a été réécrit
import-set-aside = Rejetés
import-set-aside-hint = mis de côté, avec leur motif
import-entered = Entrés dans le stock
import-entered-hint = nouveaux ou de retour
import-left = Sortis du stock
import-left-hint = absents de ce fichier
import-registered = Inscrits
import-registered-hint = comme demandeurs d’emploi, depuis le dernier fichier
import-ceased = Cessations
import-ceased-hint = d’inscription, depuis le dernier fichier
import-radiated = Radiés
import-radiated-hint = depuis le dernier fichier
import-certain = Reconnus avec certitude
import-certain-hint = parmi les nouveaux : les identifiants concordent
import-scored = Reconnus par score
import-scored-hint = parmi les nouveaux : nom, naissance, lieu
import-erased = Effacés sur demande
import-erased-hint = non chargés : leur effacement a été demandé et fait
import-rejects = Dossiers rejetés
import-rejects-text = { $count ->
    [one] { $count } dossier n’a pas été importé. La personne reste dans le stock, telle qu’elle était.
   *[other] { $count } dossiers n’ont pas été importés. Les personnes restent dans le stock, telles qu’elles étaient.
}
import-rejects-see = Voir les rejets
import-rejects-csv = Télécharger les rejets (CSV)
import-corrected = Ajouter le fichier corrigé
import-doubts = Identités à confirmer
import-review-see = { $count ->
    [one] Lever { $count } doute
   *[other] Lever { $count } doutes
}
import-rules = Règles en cause
import-next = Et ensuite
import-to-files = Tous les fichiers
import-to-month = Préparer le fichier du mois

rejects-title = Dossiers rejetés
rejects-lede = Fichier { $file }. Les valeurs sont masquées : une lettre est écrite A, un chiffre 9.
rejects-rule = Règle
rejects-table = Défauts, dans l’ordre du fichier
rejects-empty-title = Aucun rejet
rejects-empty-text = Tous les dossiers de ce fichier ont été importés, ou aucun ne contrevient à cette règle.
rejects-back = Revenir au compte rendu

month-title = { $flow } de { $month }
month-due = À déposer au plus tard le { $day }, { $time }.
month-nothing-due = Rien à déposer de plus ce mois-ci.
month-otherwise = La clause se lit de deux façons ce mois-ci : selon l’autre lecture, la date est le { $day }. Au plus sûr, déposez avant.
month-recipients = bénéficiaires en cours
month-written = iront dans le fichier
month-to-orient = à orienter : retenus
month-erased = correspondants seront effacés
month-file = Le fichier
month-not-built = { $count ->
    [one] Le fichier de ce mois n’est pas construit. Il porterait { $count } dossier.
   *[other] Le fichier de ce mois n’est pas construit. Il porterait { $count } dossiers.
}
month-closed = Aucune convention en vigueur ne laisse partir ce fichier : elle est suspendue, terminée, ou n’a pas commencé. Il ne se construit ni ne se télécharge tant qu’il en est ainsi. Voyez avec votre délégué à la protection des données.
month-build = Construire le fichier
month-rebuild = Construire à nouveau
month-built = Construit
month-records = Dossiers
month-size = Taille
month-hash = Empreinte (SHA-256)
month-clauses = Au titre de
month-refused = Refusés par les règles du flux : absents du fichier
month-warnings = Avertissements
month-fetch = Télécharger { $name } ({ $size })
month-deposited-on = Déposé sur le portail le
month-deposited-hint = Après le dépôt sur le portail de France Travail. Le fichier construit est alors effacé de ce serveur.
month-deposited-error = Écrivez un jour entre le { $first } et aujourd’hui
month-mark = Marquer comme déposé
month-why = À savoir
month-why-orient = Sans décision d’orientation, une personne est retenue : la nature de l’orientation est obligatoire.
month-why-erased = Quand une décision ne nomme aucun référent, France Travail efface le correspondant qu’il détient. Donnez le nom du référent, sauf si c’est voulu.
month-why-record = La construction est inscrite au registre des accès, avec les personnes du fichier ; le téléchargement et le dépôt aussi.
month-history = Fichiers déposés
month-history-empty-title = Aucun dépôt
month-history-empty-text = Chaque fichier marqué comme déposé paraîtra ici, avec qui et quand.
month-col-month = Mois
month-deposited = Déposé
month-recorded = Marqué par

held-title = Retenus, à orienter
held-lede = { $shown ->
    [0] { $count } personnes sans décision d’orientation.
   *[other] { $count } personnes sans décision d’orientation ; les { $shown } premières sont montrées.
}
held-empty-title = Personne à montrer
held-empty-text = Toutes les personnes en cours ont une décision, ou aucune clause ne vous laisse les voir.
held-name = Nom
held-birth = Naissance
held-number = Numéro CAF
held-why = Motif
held-no-decision = Pas de décision d’orientation

calendar-month = Échéances de { $month }
calendar-year = Échéances de { $year }
calendar-lede = Les dates que fixent les conventions en vigueur, jours fériés compris.
calendar-views = Périodes
calendar-by-month = Par mois
calendar-by-year = Par année
calendar-next = Prochaines dates
calendar-none = Aucune date
calendar-empty-title = Aucune date
calendar-empty-text = Aucune convention en vigueur n’en fixe dans les deux mois.
calendar-doubt = { $what } : la clause se lit de deux façons. Liant compte les vendredis qui ne sont pas fériés : le { $day }. En comptant tous les vendredis : le { $other }. Convenez d’une lecture avec l’autre partie, ou tenez la première date.
date-available = { $flow } disponible
date-due = { $flow } à déposer
date-renewal = Dernier jour pour demander la reconduction
date-ends = Dernier jour de la convention
date-destroy = Dernier jour pour détruire les données reçues
date-before = { $what } avant { $time }

feed-title = Dans votre agenda
feed-text = Une adresse secrète, à vous seul, que votre agenda relit chaque jour. Elle ne donne que des dates : rien sur personne.
feed-address = Adresse à copier dans votre agenda
feed-made = Votre adresse est prête. Elle n’est montrée qu’une fois ; la précédente ne répond plus.
feed-since = Vous avez une adresse depuis { $when }. Pour en changer, demandez-en une autre : la première ne répondra plus.
feed-make = Créer mon adresse
feed-replace = Changer d’adresse

month-out-of-date = Une personne de ce fichier ne peut plus y figurer. Il ne se télécharge ni ne se remet plus : préparez-le de nouveau.
month-out-of-date-gone = Une personne de ce fichier ne peut plus y figurer. S’il avait été remis avant cela, marquez-le d’abord ci-dessous au jour où il l’a été ; puis préparez-en un autre.
