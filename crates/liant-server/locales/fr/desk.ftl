# Ma journée : ce qui attend, par rôle
menu-desk = Ma journée
desk-title = Ma journée
desk-lede = Ce qui attend que vous vous en occupiez.
desk-lede-file = Dernier fichier reçu : { $source }, { $ago }.
desk-lede-dates = { $count ->
    [0] Aucune échéance dans les sept jours.
    [one] Une échéance dans les sept jours.
   *[other] { $count } échéances dans les sept jours.
}
desk-lede-late = { $count ->
    [one] Une échéance est dépassée.
   *[other] { $count } échéances sont dépassées.
}
desk-filling = Le répertoire des personnes est en cours de constitution : les nombres sont provisoires.
desk-behind = Un fichier vient d’être importé : les nombres de cette page le suivront d’ici quelques instants.
desk-nothing-title = Rien à faire ici
desk-nothing-text = Aucune convention en vigueur ne confie à votre fonction une liste à tenir dans Liant. Si vous attendiez du travail, voyez avec la personne qui gère les accès de votre organisme.
desk-and-more = plus de { $number }
desk-aside = Échéances et origine des nombres

desk-waiting = { $count ->
    [one] attend une orientation depuis { $days } jours ou plus
   *[other] attendent une orientation depuis { $days } jours ou plus
}
desk-to-orient = { $count ->
    [one] attend une orientation
   *[other] attendent une orientation
}
desk-without-referent = { $count ->
    [one] bénéficiaire du RSA sans référent social
   *[other] bénéficiaires du RSA sans référent social
}
desk-mine = { $count ->
    [one] personne que vous suivez
   *[other] personnes que vous suivez
}
desk-news = Ce que le dernier fichier a changé
desk-news-since = Fichier importé le { $day }. Chaque nombre mène à la liste.
desk-news-nothing = Rien à faire : le dernier fichier n’a apporté aucun changement parmi ces personnes.
desk-alone = { $count ->
    [one] dont une sans référent social
   *[other] dont { $count } sans référent social
}
desk-registered = { $count ->
    [one] nouvelle inscription
   *[other] nouvelles inscriptions
}
desk-ceased = { $count ->
    [one] cessation d’inscription
   *[other] cessations d’inscription
}
desk-radiated = { $count ->
    [one] radiation
   *[other] radiations
}
desk-entered = { $count ->
    [one] personne entrée dans le fichier
   *[other] personnes entrées dans le fichier
}
desk-back = { $count ->
    [one] personne revenue dans le fichier
   *[other] personnes revenues dans le fichier
}
desk-left = { $count ->
    [one] personne sortie du fichier
   *[other] personnes sorties du fichier
}
desk-entered-caf = { $count ->
    [one] personne entrée dans les droits au RSA
   *[other] personnes entrées dans les droits au RSA
}
desk-back-caf = { $count ->
    [one] personne revenue dans les droits au RSA
   *[other] personnes revenues dans les droits au RSA
}
desk-left-caf = { $count ->
    [one] personne sortie des droits au RSA
   *[other] personnes sorties des droits au RSA
}
desk-orientation = À orienter
desk-orientation-sub = Bénéficiaires du RSA sans décision, selon l’ancienneté de leur droit.
desk-orientation-nothing = Rien à faire : chaque bénéficiaire connu a une décision d’orientation.
desk-waits = { $count ->
    [one] personne, depuis { $days } jours ou plus
   *[other] personnes, depuis { $days } jours ou plus
}
desk-waits-all = { $count ->
    [one] personne en tout
   *[other] personnes en tout
}
desk-tag-late = délai légal dépassé
desk-tag-soon = à traiter
desk-tag-to-do = à faire

desk-files-late = { $count ->
    [one] fichier attendu qui manque
   *[other] fichiers attendus qui manquent
}
desk-files-waiting = { $count ->
    [one] fichier envoyé, à importer
   *[other] fichiers envoyés, à importer
}
desk-files-rejected = { $count ->
    [one] dossier mis de côté par les derniers fichiers
   *[other] dossiers mis de côté par les derniers fichiers
}
desk-month = Le fichier du Département, { $month }
desk-month-to-build = À construire, puis à déposer
desk-month-built = Construit : à déposer
desk-month-done = Rien à faire : le fichier du mois est déposé, ou n’est pas dû.
desk-flows = Les fichiers reçus
desk-flow = { $flow }, { $month }
desk-flows-nothing = Aucun fichier n’est attendu. Quand une convention en prévoira un, il apparaîtra ici.
desk-flows-all = Tous les fichiers
desk-upload = { $flow } : { $name }
desk-upload-waits = à importer
desk-rejects = Dossiers mis de côté
desk-rejects-of = { $count ->
    [one] dossier du dernier fichier { $flow }
   *[other] dossiers du dernier fichier { $flow }
}
desk-rejects-sub = importé le { $day }
desk-rejects-nothing = Rien à faire : les derniers fichiers ont été repris en entier.

desk-questions = { $count ->
    [one] personne à reconnaître
   *[other] personnes à reconnaître
}
desk-questions-aged = { $count ->
    [one] personne, depuis { $days } jours ou plus
   *[other] personnes, depuis { $days } jours ou plus
}
desk-questions-title = Identités à vérifier
desk-questions-sub = Une question, deux fiches : est-ce la même personne ?
desk-questions-open = { $count ->
    [one] personne à reconnaître en tout
   *[other] personnes à reconnaître en tout
}
desk-likely-high = dont le meilleur candidat est très probable
desk-likely-middle = dont le meilleur candidat est probable
desk-likely-low = dont le meilleur candidat est incertain
desk-questions-oldest = La plus ancienne question date du { $day } ({ $ago }).
desk-questions-nothing = Rien à faire : aucune question n’est ouverte. Les prochains fichiers en poseront peut-être.

desk-refusals = { $count ->
    [one] refus depuis sept jours
   *[other] refus depuis sept jours
}
desk-exports = { $count ->
    [one] extraction depuis sept jours
   *[other] extractions depuis sept jours
}
desk-log = Le registre des accès
desk-verify = Vérifier que le registre est intègre
desk-entries = { $count ->
    [one] 1 entrée
   *[other] { $count } entrées
}
desk-checkpoint = Dernier point de contrôle signé le { $day }
desk-checkpoint-after = { $count ->
    [0] Rien n’a été ajouté depuis.
    [one] Une entrée ajoutée depuis.
   *[other] { $count } entrées ajoutées depuis.
}
desk-checkpoint-none = Aucun point de contrôle signé
desk-checkpoint-help = Un point de contrôle, gardé par un partenaire, révèle toute réécriture du registre : liant audit checkpoint.

desk-access = Les accès que vous gérez
desk-access-nothing = Rien à faire : chacun est entré, aucune invitation n’attend, aucun accès ne prend fin ce mois-ci.
desk-access-all = Organisations et accès
desk-invitations = { $count ->
    [one] invitation en attente
   *[other] invitations en attente
}
desk-without-factor = { $count ->
    [one] personne sans second facteur
   *[other] personnes sans second facteur
}
desk-ending = { $count ->
    [one] accès prend fin dans les trente jours
   *[other] accès prennent fin dans les trente jours
}

desk-dates = Prochaines échéances
desk-dates-nothing = Aucune échéance dans le mois qui vient.
desk-calendar = Tout le calendrier
desk-why = D’où viennent ces nombres
desk-why-people = Chaque nombre mène à la liste des personnes comptées. Ce qu’aucune clause ne vous montre n’est pas compté.
desk-why-figures = Des nombres et des dates : aucune donnée de personne n’est lue sur cette page.
desk-reach-territory = Toutes les personnes du territoire, comme votre fonction l’exige.
desk-reach-service = Les personnes qui relèvent de votre service : { $service }.
desk-reach-caseload = Les personnes que vous suivez.
desk-reach-designated = Les personnes qui vous sont confiées pour un temps.

# Les accompagnements
desk-forms-waiting = { $count ->
    [one] fiche de liaison reçue
   *[other] fiches de liaison reçues
}
desk-forms-sent = { $count ->
    [one] fiche de liaison en chemin
   *[other] fiches de liaison en chemin
}
desk-beside = { $count ->
    [one] accompagnement dans votre portefeuille
   *[other] accompagnements dans votre portefeuille
}
desk-casework = Accompagnements
desk-casework-sub = Les fiches qui voyagent et les personnes accompagnées. Chaque nombre mène à sa liste.
desk-casework-nothing = Aucune fiche n’est en chemin, et votre portefeuille est vide.
desk-casework-due = Voir ce qui est dû
desk-casework-received = { $count ->
    [one] fiche reçue par votre service, qui attend une réponse ou une entrée
   *[other] fiches reçues par votre service, qui attendent une réponse ou une entrée
}
desk-casework-sent = { $count ->
    [one] fiche envoyée par votre organisme, sans entrée encore
   *[other] fiches envoyées par votre organisme, sans entrée encore
}
desk-casework-mine = { $count ->
    [one] accompagnement dans votre portefeuille
   *[other] accompagnements dans votre portefeuille
}
