# La fiche de liaison : à remplir, à signer, à relire.

liaison-title = Fiche de liaison, { $model }
liaison-tacit = accord tacite
liaison-bilateral = accord bilatéral
liaison-about = { $programme }, envoyée le { $day }
liaison-with-her = À remplir avec la personne, et à signer par elle. Rien n’est enregistré avant l’envoi.
liaison-way = La fiche de liaison
liaison-way-here = Remplie et signée ici
liaison-way-here-hint = Ce que le dossier dit déjà y figure ; la personne signe à l’écran, et la fiche part aussitôt.
liaison-way-paper = Signée sur papier
liaison-way-paper-hint = Elle est envoyée par ailleurs ; ici, seul l’envoi est enregistré.
liaison-blank = Imprimer une fiche vierge : { $model }
liaison-wrong-way = Dites si la fiche est remplie ici ou signée sur papier

liaison-part-her = La personne
liaison-part-barriers = Ce qui fait obstacle à l’emploi
liaison-part-ends = Qui l’envoie, et à qui
liaison-part-agreed = Accord et signature
liaison-part-sign = Ce qu’elle accepte et signe
liaison-part-came = Ce qui a suivi
liaison-decision = Décision
liaison-enters = intégration acceptée le { $day }
liaison-enters-not = intégration refusée le { $day }

liaison-name = Nom
liaison-name-hint = Nom de naissance, puis nom d’usage s’il y en a un.
liaison-first-name = Prénom
liaison-born = Date de naissance
liaison-address = Adresse
liaison-address-1 = Adresse, ligne 1
liaison-address-2 = Adresse, ligne 2
liaison-address-3 = Adresse, ligne 3
liaison-address-4 = Adresse, ligne 4
liaison-protected = Son adresse est protégée : elle ne figure pas sur la fiche.
liaison-phone = Téléphone
liaison-ft = Identifiant France Travail
liaison-caf = Numéro d’allocataire CAF
liaison-couple = Vit en couple
liaison-children = Enfants et autres personnes à charge
liaison-rsa = Bénéficiaire du RSA
liaison-rqth = Reconnaissance de la qualité de travailleur handicapé (RQTH)
liaison-rqth-hint = La personne le dit si elle le veut ; rien d’autre sur sa santé ne figure sur la fiche.
liaison-yes = Oui
liaison-no = Non
liaison-unsaid = Non précisé
liaison-barriers = Freins périphériques à l’emploi
liaison-barriers-hint = Cochez tout ce qui convient. La fiche n’a pas de texte libre.
liaison-barrier-financial = Faire face à des difficultés financières
liaison-barrier-housing = Faire face à des difficultés de logement
liaison-barrier-health = Prendre en compte son état de santé
liaison-barrier-administrative = Faire face à des difficultés administratives ou juridiques
liaison-barrier-family = Surmonter des contraintes familiales
liaison-barrier-communication = Développer ses capacités d’insertion et de communication
liaison-barrier-transport = Accéder à un moyen de transport
liaison-health-hint = Une donnée de santé : elle n’est cochée qu’avec son accord exprès.

liaison-adviser = Conseiller France Travail
liaison-agency = Agence
liaison-local-service = Service local du Département
liaison-referent = Référent social
liaison-own-phone = Votre téléphone de service

liaison-transmission = Accord à la transmission
liaison-contact = Échanges par courriel
liaison-contact-agrees = Elle les accepte
liaison-contact-refuses = Elle les refuse
liaison-contact-later = Elle le dira plus tard
liaison-contact-unasked = non demandé
liaison-contact-yes = acceptés le { $day }
liaison-contact-no = refusés le { $day }
liaison-email = Son courriel
liaison-email-hint = Seulement si elle accepte les échanges par courriel.
liaison-notice = Ce que la personne doit savoir avant de signer
liaison-informed = Information
liaison-informed-tick = La personne reconnaît avoir été informée de ce qui est transmis, à qui, et de ses droits
liaison-signed-as = Signature
liaison-signed-as-hint = Son prénom et son nom, écrits par elle : ils valent signature.
liaison-signed-at = Signée le
liaison-place = Fait à
liaison-signature = Signature électronique simple (règlement eIDAS, art. 25) : un sceau fixe ce qui est signé, et tout changement ultérieur se voit.
liaison-submit = Signer et envoyer

liaison-wrong-model = Le circuit a changé entre-temps : relisez la fiche avant de signer
liaison-wrong-name = Écrivez son nom, sur une ligne
liaison-wrong-first-name = Écrivez son prénom, sur une ligne
liaison-wrong-address = Écrivez l’adresse en quatre lignes au plus
liaison-wrong-phone = Écrivez un numéro de téléphone : des chiffres, des espaces, des points
liaison-wrong-number = Écrivez des chiffres et des lettres, sans espace, quinze au plus
liaison-wrong-children = Écrivez un nombre, de 0 à 20
liaison-wrong-email = Écrivez une adresse de courriel, par exemple nom@exemple.fr
liaison-wrong-informed = Lisez-lui l’information ci-dessus, puis cochez la case
liaison-wrong-consent = Sans son accord à la transmission, la fiche ne part pas
liaison-wrong-sign = La personne écrit son nom pour signer
liaison-wrong-place = Écrivez la commune où elle signe

liaison-forms = Fiches de liaison
liaison-line = Fiche du { $day }, { $model }
liaison-paper = Sur papier
liaison-back = Revenir à la fiche
liaison-print-this = Aucun document PDF ne peut être fait ici : imprimez cette page.
liaison-seal = Sceau d’intégrité
liaison-seal-text = Empreinte de ce qui a été signé. Elle est la même chez qui a envoyé la fiche et chez qui l’a reçue.
liaison-why = La fiche a été envoyée par vous ou à vous, ou vous êtes auprès de la personne.
liaison-why-hers = C’est votre fiche : vous y avez accès par la loi (RGPD, art. 15).

liaison-archive = Archive chiffrée
liaison-archive-title = Envoyer la fiche en archive chiffrée
liaison-archive-what = Ce qui part
liaison-archive-text = La fiche de liaison, pour { $to } : ce que la convention lui donne par courriel, et rien d’autre. À n’utiliser que si le partenaire ne peut pas la lire dans Liant.
liaison-archive-held-back = { $count ->
    [one] Une donnée de la fiche n’y figure pas : aucune clause ne la donne par cette voie.
   *[other] { $count } données de la fiche n’y figurent pas : aucune clause ne les donne par cette voie.
}
liaison-archive-record = Chaque archive est inscrite au journal, donnée par donnée, au nom du partenaire ; la personne le voit dans son espace.
liaison-archive-passphrase = La phrase de passe
liaison-archive-step-note = Notez-la, tirets compris : elle n’est montrée qu’ici et n’est gardée nulle part.
liaison-archive-step-take = Téléchargez l’archive et joignez-la à votre courriel. N’écrivez le nom de la personne ni dans l’objet ni dans le message.
liaison-archive-step-tell = Donnez la phrase de passe au téléphone, jamais par courriel. L’archive s’ouvre avec 7-Zip ou un logiciel équivalent.
liaison-archive-once = Une autre phrase est faite à chaque ouverture de cette page ; elle n’ouvre pas une archive déjà téléchargée. Ni I, ni L, ni O, ni U n’y figurent : 0 et 1 sont des chiffres.
liaison-archive-take = Télécharger l’archive
liaison-sheet-clauses = Clauses
