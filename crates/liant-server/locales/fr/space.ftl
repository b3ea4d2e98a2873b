# L’espace personnel
space-menu-home = Accueil
space-menu-data = Données
space-menu-readers = Qui a vu
space-menu-rights = Droits
space-menu-contact = Contact
space-leave = Quitter
space-back = Revenir à mes droits

# Entrer
space-sign-in-title = Entrer dans votre espace
space-sign-in-text = Votre espace montre ce que les organismes qui vous accompagnent savent de vous, et qui l’a consulté.
space-sign-in-number = Ou avec votre numéro
space-sign-in-submit = Continuer
space-number = Votre numéro
space-number-hint = Il est sur le papier qui vous a été remis, par exemple 62-ABCD-EFGH.
space-password = Mot de passe
space-first-time = C’est la première fois, j’ai un code
space-not-first-time = J’ai déjà un mot de passe
space-lost = Papier, mot de passe ou téléphone perdu ? Demandez un nouveau code à la personne qui vous suit : il vous sera remis en main propre.
space-code-title = Votre première visite
space-code-text = Prenez le papier qui vous a été remis en main propre. Le code ne sert qu’une fois.
space-code = Code à usage unique
space-code-hint = Par exemple ABCD-EFGH-IJKL-MNOP. Majuscules, espaces et tirets n’ont pas d’importance.
space-code-submit = Continuer
space-choose-title = Choisissez votre mot de passe
space-choose-text = Le code du papier ne suffira plus : il vous faudra ce mot de passe, et votre téléphone.
space-choose-hint = Plusieurs mots qui n’ont rien à voir entre eux, que vous retiendrez sans les écrire.
space-choose-submit = Continuer
space-check-title = Le code de votre téléphone
space-check = Code à 6 chiffres, ou code de secours
space-check-hint = Ouvrez l’application d’authentification de votre téléphone. Sans téléphone, prenez un de vos codes de secours.
space-check-submit = Entrer
space-left-title = Vous avez quitté votre espace
space-left-text = Sur un téléphone ou un ordinateur partagé, fermez aussi cette fenêtre.
space-left-again = Entrer de nouveau

# L’accueil
space-home-title = Votre espace
space-hello = Bonjour { $name }
space-home-lede = Voici ce que les organismes qui vous accompagnent savent de vous, et qui l’a consulté.
space-home-follows = Qui vous accompagne
space-home-readers-all = Toutes les consultations
space-home-data-all = Toutes vos données
space-home-aside = Vos droits et comment vous joindre
space-home-rights = Obtenir une copie, corriger une erreur, vous opposer, effacer : réponse en un mois au plus.

# Les données
space-data-title = Ce qui est su de vous
space-data-lede = Chaque donnée avec sa source, depuis quand, par quel fichier et selon quelle règle. Une erreur ? Signalez-la.
space-data-count = { $count ->
    [one] { $count } donnée
   *[other] { $count } données
}
space-source-left = Ne parle plus de vous depuis le { $day }
space-data-number = Numéro de sécurité sociale : connu, jamais affiché. Il sert à vous reconnaître d’un fichier à l’autre.
space-data-shared-title = Ce qui n’est pas montré ici
space-data-shared = Dans un dossier commun à plusieurs personnes, seul ce qui est à vous est montré : ni l’adresse du foyer, ni sa composition, ni ce qui viendrait d’un autre. Une adresse protégée ne l’est pas non plus. Pour le reste, faites une demande : quelqu’un vous répondra.
space-data-empty-title = Rien à montrer
space-data-empty-text = Aucune donnée à vous montrer aujourd’hui. Faites une demande si vous pensez que c’est une erreur.
space-datum-since = Depuis le { $day }
space-datum-rule = Par le fichier { $flow }, reçu selon : { $received }. Montré selon : { $shown }.
space-datum-recorded = Enregistré ici. Montré selon : { $shown }.
space-datum-before = Avant, dès le { $day } : { $value }
space-datum-wrong = C’est faux
space-decision-in-force = Décision d’orientation du { $day }, en vigueur
space-decision-past = Décision d’orientation du { $day }, remplacée
space-forms = Vos fiches de liaison
space-form = Fiche de liaison du { $day }, { $model }
space-form-rule = { $programme }. Montrée au titre de : { $shown }
space-records = Ce que chacun a écrit de vos objectifs
space-records-text = Chaque organisme tient son propre dossier de travail et ne voit pas celui de l’autre. Vous les voyez tous.
space-record = Dossier de travail : { $who }
space-record-rule = { $programme }. Montré au titre de : { $shown }
space-back-data = Revenir à ce qui est su de vous
space-path-title = Vos accompagnements
space-path-rule = { $programme } ; enregistré par : { $by } ; montré au titre de { $shown }

# Qui a lu
space-readers-title = Qui a consulté votre dossier
space-readers-lede = Pages ouvertes, listes, recherches et fichiers, du plus récent au plus ancien. Vos propres visites n’y sont pas.
space-readers-empty-title = Personne
space-readers-empty-text = Personne n’a consulté vos données.
space-reader-named = { $name }, { $place }
space-reader-why = Motif : { $purposes }.
space-reader-fields = { $count ->
    [one] { $count } donnée vous concernant
   *[other] { $count } données vous concernant
}
space-reader-fields-most = { $count ->
    [one] { $count } donnée au plus vous concernant
   *[other] { $count } données au plus vous concernant
}
space-reader-clauses = Règle :
space-way-page = A ouvert votre dossier.
space-way-accompaniment = A ouvert votre accompagnement.
space-way-list = Vous étiez dans une liste.
space-way-search = Vous a trouvé par une recherche.
space-way-identity = A vérifié si deux fiches sont les vôtres.
space-way-file = Vous étiez dans un fichier qui lui a été envoyé.
space-way-export = Vous étiez dans un fichier sorti du logiciel.
space-way-other = A vu des données vous concernant.

# Les droits
space-rights-title = Vos droits
space-rights-lede = Réponse en un mois au plus. Chaque demande garde sa date et son échéance.
space-rights-mine = Vos demandes
space-rights-empty-title = Aucune demande
space-rights-empty-text = Vos demandes et leurs réponses seront ici.
space-copy-title = Votre copie
space-copy-text = Tout ce qui est à vous montrer, avec qui l’a consulté : prêt tout de suite.
space-copy-pdf = Télécharger (PDF)
space-copy-unmade = Le PDF n’a pas pu être fait. Voici la page à imprimer : elle dit la même chose.
space-copy-json = Télécharger (JSON)
space-copy-print = Version à imprimer
space-right-access = Obtenir une copie
space-right-access-hint = Tout de suite.
space-right-rectification = Corriger une erreur
space-right-rectification-hint = Dites laquelle, et ce qui est juste.
space-right-erasure = Effacer des données
space-right-erasure-hint = Quand plus rien n’oblige à les garder.
space-right-restriction = Suspendre leur usage
space-right-restriction-hint = Le temps qu’une erreur ou une opposition soit examinée.
space-right-opposition = M’opposer à un usage
space-right-opposition-hint = Pour une raison qui tient à votre situation.
space-state-received = Reçue
space-state-under-way = En cours
space-state-answered = Répondue
space-state-refused = Refusée
space-state-withdrawn = Retirée
space-ask-title = Faire une demande
space-ask-text = La demande part au délégué à la protection des données.
space-ask-right = Que demandez-vous ?
space-ask-about = De quelle donnée s’agit-il ?
space-ask-about-hint = Pour corriger une erreur, choisissez la donnée.
space-ask-statement = Ce que vous voulez dire
space-ask-statement-hint = Ce qui est juste, ou pourquoi vous le demandez. Lu seulement par qui vous répond.
space-ask-submit = Envoyer
space-ask-no-right = Choisissez ce que vous demandez.
space-ask-no-about = Choisissez la donnée à corriger.
space-ask-too-long = Écrivez { $most } caractères au plus.
space-about = { $label } ({ $source }) : { $value }
space-about-none = Aucune en particulier
space-done-access = Votre copie est prête : téléchargez-la ou imprimez-la.
space-done-asked = Votre demande est enregistrée.
space-done-withdrawn = Votre demande est retirée.
space-request-received = Reçue le { $day }.
space-request-due = Réponse due
space-request-about = { $label }, { $source }
space-request-withdraw = Retirer ma demande
space-request-line = { $right }, demande du { $day } : { $state }
space-course-received = { $party } : votre demande attend d’être ouverte.
space-course-under-way = { $party } : quelqu’un s’occupe de votre demande.
space-course-answered = { $party } : réponse donnée le { $day }.
space-course-copy = Votre copie est prête, en haut de cette page.
space-course-refused = { $party } : refus donné le { $day }. Ses raisons doivent vous être dites. Vous pouvez vous plaindre à la CNIL ou saisir un juge.
space-course-withdrawn = Vous l’avez retirée le { $day }.
space-course-late = Le délai est passé : vous pouvez vous plaindre à la CNIL.
space-datum-same = Aujourd’hui : { $value }.
space-datum-changed = Changée le { $day } : { $value }.
space-parts-title = Les organismes qui ont donné ou reçu ces données :
space-part-untold = { $party } : pas encore prévenu
space-part-told = { $party } : prévenu le { $day }, pas encore répondu
space-part-done = { $party } : prévenu le { $day }, l’a fait le { $answered }
space-part-nothing = { $party } : prévenu le { $day }, ne détient rien de tel
space-part-refused = { $party } : prévenu le { $day }, refuse et vous en dit la raison

# Être joint
space-contact-title = Contact électronique
space-contact-text = Acceptez-vous que les personnes qui vous accompagnent vous joignent par courriel ou par message ? Votre choix est daté et visible d’elles seules. Vous pouvez changer d’avis quand vous voulez.
space-contact-give = J’accepte
space-contact-withdraw = Je n’accepte plus
space-contact-change = Changer
space-contact-history = Vos choix
space-contact-given = Accepté le { $day }
space-contact-withdrawn = Retiré le { $day }
space-contact-never = Aucun accord donné
space-contact-done = Votre choix est enregistré.

# Imprimer
space-print-title = Copie de vos données
space-print-made = Faite le { $when }
space-head-datum = Donnée
space-head-held = Ce qui est su
space-head-since = Depuis quand
space-head-when = Quand
space-head-who = Qui
space-head-what = Quoi, comment et pourquoi
space-print-said = Vos choix et vos demandes

# Un professionnel ouvre l’espace
space-open-link = Ouvrir son espace
space-open-title = Ouvrir son espace personnel
space-open-back = La personne
space-open-none = Cette personne n’a pas encore d’espace.
space-open-vouched = Cette personne entre dans son espace par FranceConnect, sans code.
space-open-handed = Un code a été remis ; il est valable jusqu’au { $until }. Un nouveau code le remplace.
space-open-lapsed = Un code a été remis et n’a pas servi à temps.
space-open-two = Deux dossiers reconnus comme ceux d’une même personne avaient chacun leur espace : plus personne n’y entre. Un nouveau code le rouvre, à la personne qui est devant vous.
space-open-bound = Cette personne a son espace depuis le { $day }. Un nouveau code le ferme jusqu’à ce qu’elle ait refait mot de passe et téléphone : n’en faites un que si elle a perdu les siens.
space-open-text = Le code se remet en main propre, à la personne elle-même. Il ne sert qu’une fois.
space-open-check = Identité
space-open-checked = La personne est devant moi et j’ai vérifié son identité
space-open-checked-hint = Sur une pièce d’identité. Cette affirmation est conservée au journal avec votre compte.
space-open-unchecked = Vérifiez l’identité de la personne avant de lui remettre un code.
space-open-submit = Faire un code
space-open-cancel = Annuler
space-handed-title = Le code à remettre
space-handed-text = Remettez cette page à la personne, et faites les trois étapes avec elle maintenant si elle le veut : qui trouverait le papier pourrait entrer à sa place. Le code ne sera plus jamais affiché.
space-handed-address = Adresse
space-handed-until = Valable jusqu’au
space-handed-step-open = Ouvrez l’adresse, tapez le numéro et le code.
space-handed-step-password = Choisissez un mot de passe.
space-handed-step-telephone = Reliez votre téléphone.
space-handed-alone = Gardez ce papier pour vous jusque-là. Ensuite, le numéro seul sera utile.
space-handed-back = Terminer

space-way-appointment = Vous a écrit pour un rendez-vous.
space-meet-title = Vos rendez-vous
space-meet-with = Avec { $who }
space-meet-change = Pour changer ou annuler, appelez le { $phone }
space-limit-restricted = Depuis le { $day }, vos données sont conservées et ne servent plus. { $ground }.
space-limit-objected = Depuis le { $day }, vos données ne servent plus à : { $purposes }.
space-limit-review = On regardera le { $day } au plus tard si c’est encore utile. On vous préviendra avant que cela cesse.
space-limit-ends = Cela cessera le { $day } : { $reason }.
space-limit-ended = Cela a cessé le { $day } : { $reason }.
space-erased-some = Effacé le { $day } : { $what }.
space-erased-back = Le prochain fichier d’une source peut ramener ce qu’il dit encore de vous.
space-erasure-refused = { $reason }. Vos données restent au titre de : { $clauses }.
space-erasure-appeal = Vous pouvez saisir la CNIL, et le juge.
