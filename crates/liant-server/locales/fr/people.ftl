# Les personnes
menu-people = Personnes
people-title = Personnes
people-lede = Toutes les personnes que vous pouvez voir, avec ce que chaque organisme en dit.
people-search = Recherche
people-search-hint = Nom, prénom, date de naissance ou identifiant. Les accents ne comptent pas.
people-search-do = Rechercher
people-narrowing = Chercher et filtrer
people-more-filters = Plus de filtres
people-any = Indifférent
people-none = Aucun
people-saved = Mes filtres
people-manage = Gérer mes filtres
people-keep = Garder ces filtres
people-printed = Liste imprimée le { $day }. Elle contient des données personnelles : ne la laissez pas sur l’imprimante.
people-stale = Des changements récents n’apparaissent pas encore dans cette liste. Elle se met à jour d’elle-même.
people-more-found = Seules les { $count } premières personnes trouvées sont montrées. Précisez la recherche.
people-more-listed = Plus de { $count } personnes. Filtrez pour atteindre les suivantes.
people-order = Trier par
people-order-name = nom
people-order-waiting = ancienneté du droit
people-order-registered = inscription récente
people-sizes = Par page
people-caption = Personnes de la liste
people-col-tick = Cocher
people-col-person = Personne
people-col-town = Commune
people-col-right = RSA
people-col-orientation = Orientation et référent
people-col-act = Action
people-tick = Cocher { $name }
people-tick-page = Cocher toute la page
people-ticked = Personnes cochées
people-assign = Désigner un référent
people-end = Mettre fin au suivi
people-all = { $count ->
    [one] La personne de la liste
   *[other] Les { $count } personnes de la liste
}
people-all-pages = toutes pages comprises
people-export = Exporter
people-open = Ouvrir
people-since = depuis le { $day }
people-number-caf = CAF { $number }
people-number-ft = France Travail { $number }
people-number-own = Dossier { $number }
people-radiated = Radiation, { $day }
people-ceased = Fin d’inscription, { $day }
people-no-orientation = Pas d’orientation
people-with = suivi : { $name }
people-back = Revenir à la liste
people-why-designated = Ces personnes vous sont confiées pour un temps.
people-why-caseload = Vous voyez les personnes que vous suivez.
people-why-service = Vous voyez les personnes de votre service.
people-why-territory = Votre fonction vous donne accès aux personnes du territoire.

people-empty-title = Personne dans cette liste
people-empty-text = Les fichiers de la CAF, de France Travail et du Département amènent les personnes ici.
people-empty-mine-title = Aucune personne ne vous est confiée
people-empty-mine-text = Elles apparaîtront ici dès que vous serez désigné, ou que des communes seront attribuées à votre service.
people-nobody-title = Personne ne correspond à ces filtres
people-nobody-text = Retirez-en un pour élargir la liste.
people-not-found-title = Personne ne répond à cette recherche
people-not-found-text = Vérifiez l’orthographe, essayez un seul nom ou un identifiant, ou retirez les filtres. Une personne que vous n’avez pas à voir n’apparaît pas.

people-todo = À faire
people-todo-orient = À orienter
people-todo-referent = Sans référent
people-waiting = Attente
people-waiting-since = droit ouvert le { $day } au plus tard
people-right = Droits
people-right-in-course = RSA en cours, droits et devoirs
people-right-other = Autres situations
people-nature = Orientation
people-nature-none = Sans orientation
people-referent = Référent
people-referent-me = Moi
people-referent-unknown = Compte inconnu
people-ft = Inscription
people-ft-with = Connue de France Travail
people-ft-left = N’y est plus connue
people-category = Catégorie France Travail
people-event = Événement
people-event-since = { $event }, { $since }
people-event-ft-entered = Entrée dans le fichier France Travail
people-event-ft-back = Retour dans le fichier France Travail
people-event-ft-left = Sortie du fichier France Travail
people-event-registered = Inscription
people-event-ceased = Fin d’inscription
people-event-radiated = Radiation
people-event-caf-entered = Entrée dans le fichier de la CAF
people-event-caf-back = Retour dans le fichier de la CAF
people-event-caf-left = Sortie du fichier de la CAF
people-since-label = Depuis
people-since-month = depuis le début du mois
people-since-week = depuis sept jours
people-since-last-month = depuis le mois dernier
people-since-day = depuis le { $day }
people-commune = Commune
people-commune-code = Commune (code INSEE)
people-service = Service local
people-service-unknown = Service inconnu
people-born = Année de naissance

people-filters-title = Mes filtres
people-filters-lede = Ils ne servent qu’à vous. Une recherche par nom n’est jamais gardée.
people-filters-new = Garder ces filtres
people-filters-name = Nom des filtres
people-filters-hint = Par exemple « À orienter, Artois ». N’y écrivez le nom d’aucune personne suivie.
people-filters-keep = Garder
people-filters-list = Filtres gardés
people-filters-rename = Renommer
people-filters-remove = Retirer
people-filters-rename-label = Nouveau nom de « { $name } »
people-filters-kept = Les filtres sont gardés.
people-filters-renamed = Les filtres ont changé de nom.
people-filters-removed = Les filtres sont retirés.
people-filters-empty-title = Aucun filtre gardé
people-filters-empty-text = Filtrez la liste des personnes, puis choisissez « Garder ces filtres » pour la retrouver d’un clic.
people-filters-no-name = Donnez un nom à ces filtres.
people-filters-long-name = Choisissez un nom plus court : { $most } caractères au plus, sur une ligne.
people-filters-same-name = Vous avez déjà donné ce nom à d’autres filtres : choisissez-en un autre.
people-filters-no-filter = Il n’y a aucun filtre à garder.
people-filters-too-many = Vous gardez déjà { $most } filtres : retirez-en un d’abord.

people-assign-title = { $count ->
    [0] Désigner un référent
    [one] Désigner un référent pour une personne
   *[other] Désigner un référent pour { $count } personnes
}
people-assign-who = Référent social
people-assign-choose = Choisissez
people-assign-who-wrong = Choisissez le référent.
people-assign-day = Premier jour du suivi
people-assign-do = { $count ->
    [one] Désigner pour cette personne
   *[other] Désigner pour ces { $count } personnes
}
people-others = Celles et ceux qui ont déjà un autre référent
people-others-leave = Les laisser à leur référent
people-others-replace = Leur donner ce nouveau référent
people-others-wrong = Dites ce que deviennent celles et ceux qui ont déjà un référent.
people-day-wrong = Donnez une date réelle, au plus tard aujourd’hui.
people-end-title = { $count ->
    [0] Mettre fin au suivi
    [one] Mettre fin au suivi d’une personne
   *[other] Mettre fin au suivi de { $count } personnes
}
people-end-day = Dernier jour du suivi
people-end-do = { $count ->
    [one] Mettre fin à ce suivi
   *[other] Mettre fin à ces suivis
}
people-of = Les personnes de la liste filtrée par :
people-of-all = Toutes les personnes de la liste, sans filtre.
people-gone = { $count ->
    [one] Une personne cochée n’est plus dans votre liste : elle sera laissée de côté.
   *[other] { $count } personnes cochées ne sont plus dans votre liste : elles seront laissées de côté.
}
people-followed = { $count ->
    [0] Aucune n’a de référent.
    [one] Une seule a déjà un référent.
   *[other] { $count } ont déjà un référent.
}
people-not-followed = { $count ->
    [one] Une seule n’a pas de référent : rien ne change pour elle.
   *[other] { $count } n’ont pas de référent : rien ne change pour elles.
}
people-cancel = Renoncer
people-changed = La liste ou les suivis ont changé depuis que cette page a été affichée. Rien n’est enregistré : voyez le nouveau nombre, puis confirmez.
people-too-many-title = Trop de personnes pour un seul acte
people-too-many-text = Un acte porte sur { $most } personnes au plus. Filtrez la liste, par exemple par commune.
people-no-one-title = Personne n’est coché
people-no-one-text = Cochez des personnes dans la liste, ou choisissez toutes celles de la liste.
people-none-followed-title = Aucun suivi à terminer
people-none-followed-text = Aucune de ces personnes n’a de référent social.
people-no-referents-title = Aucun référent social
people-no-referents-text = Personne n’a encore cette fonction dans le territoire. La personne qui gère les comptes de votre organisme peut en inviter.
people-assigned-title = { $count ->
    [0] Aucun référent désigné
    [one] Un référent est désigné pour une personne
   *[other] Un référent est désigné pour { $count } personnes
}
people-nothing-done = Rien n’a changé.
people-town-code = Commune { $code }
people-assigned-text = Chacune de ces désignations est consignée.
people-assigned-replaced = { $count ->
    [one] Pour l’une d’elles, il remplace le référent précédent.
   *[other] Pour { $count } d’entre elles, il remplace le référent précédent.
}
people-ended-title = { $count ->
    [0] Aucun suivi terminé
    [one] Un suivi est terminé
   *[other] { $count } suivis sont terminés
}
people-ended-text = Ces personnes apparaissent maintenant parmi celles qui n’ont pas de référent.
people-aside-title = Laissées de côté
people-aside-gone = { $count ->
    [one] Une personne n’est plus dans votre liste.
   *[other] { $count } personnes ne sont plus dans votre liste.
}
people-aside-has-referent = { $count ->
    [one] Une personne a un autre référent, qui la garde.
   *[other] { $count } personnes ont un autre référent, qui les garde.
}
people-aside-unchanged = { $count ->
    [one] Une personne avait déjà ce référent.
   *[other] { $count } personnes avaient déjà ce référent.
}
people-aside-has-none = { $count ->
    [one] Une personne n’avait pas de référent.
   *[other] { $count } personnes n’avaient pas de référent.
}
people-aside-more = { $count ->
    [one] Et une autre.
   *[other] Et { $count } autres.
}
people-why-gone = plus dans votre liste
people-why-has-referent = a un autre référent
people-why-unchanged = avait déjà ce référent
people-why-has-none = n’avait pas de référent

people-export-title = { $count ->
    [0] Exporter la liste
    [one] Exporter une personne
   *[other] Exporter { $count } personnes
}
people-export-holds = Ce que contient le fichier
people-export-why = Pourquoi c’est permis
people-export-purpose = Suivre le parcours des bénéficiaires du RSA.
people-export-purpose-text = Finalité : suivre le parcours des bénéficiaires du RSA. L’export est consigné avec les personnes qu’il contient, avant que le fichier ne parte.
people-export-rule = Fichier de travail : à garder sur un espace protégé, et à détruire dès qu’il ne sert plus.
people-export-most = Un fichier contient { $most } personnes au plus.
people-export-format = Format
people-export-xlsx = Classeur (XLSX)
people-export-xlsx-hint = Pour Excel ou LibreOffice. Une seconde feuille dit d’où il vient.
people-export-csv = Texte (CSV)
people-export-csv-hint = UTF-8, colonnes séparées par des points-virgules.
people-export-do = Télécharger le fichier
people-export-refused-title = Ces filtres ne permettent pas d’export
people-export-refused-text = Aucune clause ne laisse sortir dans un fichier ce sur quoi ils reposent. Retirez-les, ou travaillez à l’écran.
people-export-ft-text = La convention ne laisse pas sortir les données de France Travail dans un fichier de travail : un fichier de personnes choisies par elles les révélerait. Retirez ces filtres, ou travaillez à l’écran.
people-export-many-title = Trop de personnes pour un fichier
people-export-many-text = Un fichier contient { $most } personnes au plus. Filtrez la liste, par exemple par commune.
people-sheet = Personnes
people-sheet-about = Origine
people-file = personnes
people-about-made = Fait par
people-about-purpose = Finalité
people-about-clause = Clause
people-about-rule = Garde
