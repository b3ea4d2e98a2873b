# Quelqu’un de proche : le motif
reason-title = Pourquoi ouvrir ce dossier ?
reason-oneself = D’après votre nom et ce que vous avez indiqué de vous, ce dossier est peut-être le vôtre.
reason-relative = D’après votre nom, votre commune ou votre foyer, ce dossier est peut-être celui d’un proche.
reason-colleague = Ce dossier porte le nom d’une personne de votre organisme.
reason-then-oneself = Déclarez votre motif. Il sera relu, et le dossier ne s’ouvrira qu’une fois le motif accepté.
reason-then = Déclarez votre motif : le dossier s’ouvre aussitôt, et le motif est relu ensuite.
reason-label = Votre motif
reason-choose = Choisissez un motif.
reason-submit = Déclarer ce motif
reason-give-up = Ne pas ouvrir ce dossier
reason-why = Consulter son propre dossier, celui d’un proche ou d’un collègue peut léser la personne comme vous-même. Votre motif rejoint une liste que relit le délégué à la protection des données ; il est inscrit au registre.
reason-home = Revenir à ma journée
reason-await-title = Votre motif attend d’être relu
reason-await-text = Ce dossier est peut-être le vôtre : il s’ouvrira quand quelqu’un d’autre aura accepté votre motif.
reason-await-help = Rien d’autre à faire. Pour vos propres démarches, adressez-vous à votre référent comme le ferait toute personne suivie.
reason-closed-title = Votre motif a été refusé
reason-closed-text = Ce dossier ne s’ouvre pas pour vous.
reason-closed-help = Confiez la situation à un collègue. Si vous pensez que c’est une erreur, voyez le délégué à la protection des données.

# Les motifs, pour qui les relit
menu-look-ups = Motifs à relire
look-ups-title = Motifs déclarés
look-ups-lede = Qui a voulu ouvrir son propre dossier, celui d’un proche ou d’un collègue, et pourquoi. Lire cette liste est inscrit au registre.
look-ups-states = Motifs par état
look-ups-pending = À relire
look-ups-accepted = Acceptés
look-ups-refused = Refusés
look-ups-caption-pending = Motifs à relire, du plus ancien au plus récent
look-ups-caption-accepted = Motifs acceptés, du plus récent au plus ancien
look-ups-caption-refused = Motifs refusés, du plus récent au plus ancien
look-ups-col-at = Déclaré
look-ups-col-who = Par
look-ups-col-close = Lien possible
look-ups-col-reason = Motif
look-ups-col-act = Réponse
look-ups-accept = Accepter
look-ups-refuse = Refuser
look-ups-own = Le vôtre : quelqu’un d’autre le relit.
look-ups-who-read = Qui a consulté ce dossier
look-ups-reviewed = Relu par { $who }, { $moment }
look-ups-done-accepted = Le motif est accepté.
look-ups-done-refused = Le motif est refusé : le dossier ne s’ouvre plus pour cette personne.
look-ups-stale = Quelqu’un a répondu avant vous. Rien n’a été enregistré ; voici la liste telle qu’elle est maintenant.
look-ups-full = Les { $count } premiers sont montrés. Les suivants viendront à mesure que vous répondez.
look-ups-empty-title = Aucun motif à relire
look-ups-empty-text = Quand une personne voudra ouvrir son propre dossier, celui d’un proche ou d’un collègue, son motif viendra ici.
look-ups-none-title = Aucun motif dans cet état
look-ups-none-text = Les motifs auxquels vous répondez viennent ici.
look-ups-rule = Ce que change votre réponse
look-ups-rule-accept = Accepter : le dossier s’ouvre, ou reste ouvert, le temps que la convention donne à un motif.
look-ups-rule-refuse = Refuser : le dossier ne s’ouvre plus pour cette personne. Une réponse peut être changée.
close-oneself = soi-même
close-relative = un proche
close-colleague = un collègue

# Les recherches élargies, pour qui les relit
menu-searches = Recherches élargies
searches-title = Recherches élargies
searches-lede = Qui a cherché une personne au-delà de celles qui lui sont confiées, et pourquoi. Ce qui a été tapé n’est gardé nulle part.
searches-caption = Recherches élargies, de la plus récente à la plus ancienne
searches-actor = Agent
searches-col-at = Quand
searches-col-who = Qui
searches-col-reason = Motif
searches-col-found = Trouvé
searches-of-actor = Ses recherches seulement
searches-by-name = par nom et date de naissance
searches-by-number = par un numéro
searches-found = { $count ->
    [0] Personne
    [one] 1 personne
   *[other] { $count } personnes
}
searches-full = Les { $count } plus récentes sont montrées. Donnez une période pour voir les autres.
searches-state = État
searches-waiting = à relire
searches-review = Marquer comme relue
searches-done = La recherche est marquée comme relue.
searches-stale = Quelqu’un a relu cette recherche entre-temps.
searches-empty-title = Aucune recherche élargie
searches-empty-text = Chaque recherche au-delà des personnes confiées viendra ici, avec son motif.
searches-none-title = Aucune recherche sous ces filtres
searches-none-text = Élargissez la période, ou retirez un filtre.

# La recherche élargie
wider-title = Recherche élargie
wider-link = Chercher une personne qui ne vous est pas confiée
wider-text = Pour trouver une personne qui ne vous est pas confiée : sur une identité exacte, ou sur un seul de ses numéros.
wider-terms = Au plus { $hour } recherches par heure et { $day } par jour. Chacune est inscrite au registre et montrée au délégué à la protection des données, avec son motif.
wider-reason = Pourquoi cherchez-vous cette personne ?
wider-by-name = Par son identité
wider-name = Nom
wider-name-hint = Le nom de naissance ou d’usage, en entier.
wider-name-wrong = Donnez le nom entier.
wider-first-name = Prénom
wider-first-name-wrong = Donnez le prénom.
wider-born = Date de naissance
wider-born-wrong = Donnez la date de naissance entière, par exemple 27 3 1985.
wider-by-number = Ou par un seul numéro
wider-number = Numéro
wider-number-hint = En entier : identifiant CAF ou référence du Département.
wider-number-wrong = Donnez le numéro entier : quatre caractères au moins.
wider-both = Cherchez par l’identité ou par le numéro, non par les deux : videz l’un.
wider-submit = Chercher
wider-again = Nouvelle recherche
wider-found = { $count ->
    [0] Personne ne correspond exactement
    [one] 1 personne correspond exactement
   *[other] { $count } personnes correspondent exactement
}
wider-found-text = De quoi reconnaître qui vous cherchez, et rien de plus.
wider-none-text = La recherche n’approche pas : une lettre de moins, et elle ne trouve pas.
wider-and-more = D’autres correspondent et ne sont pas montrées : la recherche n’est pas assez précise.
wider-next = Et maintenant
wider-next-designate = Les dossiers ne s’ouvrent pas d’ici. Si vous devez agir pour cette personne, demandez à votre responsable de service de vous la confier.
wider-next-none = Vérifiez l’orthographe et la date sur un document. La personne n’est peut-être connue d’aucune source que la convention vous montre.
wider-why = Vous cherchez pour un motif déclaré, au-delà des personnes qui vous sont confiées.

# Une adresse protégée
address-protected = Adresse protégée
address-protected-sub = Elle n’est montrée qu’à qui en a besoin.
address-person = La personne
address-since = Protégée depuis le { $day }.
address-grounds = Motif : { $reason }. Posée par { $who }.
address-hidden = L’adresse, la commune et ce qui pourrait y mener ne vous sont pas montrés : votre fonction n’en a pas besoin. Qui en a besoin peut lever la protection.
address-protect = Protéger l’adresse
address-protect-text = L’adresse, la commune et ce qui pourrait y mener ne seront plus montrés qu’à qui en a besoin, sur toutes les pages et dans toutes les listes.
address-protect-end = Seul qui a besoin de l’adresse pourra lever la protection. L’acte est inscrit au registre.
address-reason = Pourquoi la protéger ?
address-submit = Protéger cette adresse
address-end = Lever la protection de l’adresse
address-end-text = L’adresse sera de nouveau montrée à toutes celles et ceux que leurs clauses y autorisent. Assurez-vous auprès de la personne que c’est ce qu’elle veut.
address-end-submit = Lever la protection
address-back = Revenir à la personne
address-done = L’adresse est protégée.
address-done-end = La protection de l’adresse est levée.

# Ce que l’on dit de soi
particulars-title = Pour reconnaître votre propre dossier
particulars-text = Si vous ou vos proches êtes connus ici, Liant vous demande un motif avant d’ouvrir vos dossiers. Votre date de naissance et votre commune évitent qu’il vous confonde avec un homonyme.
particulars-after = Elles ne servent qu’à cela, ne sont montrées à personne, et vous pouvez les effacer en vidant ce formulaire.
particulars-born = Date de naissance
particulars-born-wrong = Donnez une date entière, par exemple 27 3 1985, ou laissez les trois cases vides.
particulars-commune = Commune où vous habitez, par son code INSEE
particulars-commune-hint = Cinq caractères, par exemple 62041 pour Arras. Ce n’est pas le code postal.
particulars-commune-wrong = Un code INSEE a cinq caractères, des chiffres et parfois une lettre.
particulars-line = Date de naissance et commune
particulars-given = Indiquées
particulars-some = Indiquées en partie
particulars-none = Non indiquées
particulars-done = Ce que vous avez indiqué de vous est enregistré.

# Ma journée
desk-look-ups = { $count ->
    [one] motif à relire
   *[other] motifs à relire
}
desk-stopped = { $count ->
    [one] accès suspendu
   *[other] accès suspendus
}
desk-unreviewed = { $count ->
    [one] recherche élargie à relire
   *[other] recherches élargies à relire
}
desk-searches = { $count ->
    [one] recherche élargie depuis sept jours
   *[other] recherches élargies depuis sept jours
}

# Accès suspendus
stops-title = Accès suspendus
stops-lede = Agents qui ont demandé, l’une après l’autre, des personnes qui ne sont pas à eux de voir. Rien ne leur a été montré d’elles.
stops-caption = Accès suspendus, le plus ancien d’abord, puis ceux qui ont été rétablis
stops-col-at = Depuis
stops-col-who = Agent
stops-col-tried = Demandes
stops-col-state = État
stops-col-act = Acte
stops-tried = { $count ->
    [one] { $count } personne hors périmètre
   *[other] { $count } personnes hors périmètre
}
stops-in-force = Suspendu
stops-lifted = Rétabli
stops-lifted-by = par { $who }, { $moment }
stops-entry = L’inscription au registre
stops-own = C’est vous : un autre délégué rétablit votre accès
stops-lift = Rétablir l’accès
stops-done = L’accès est rétabli. Le décompte repart de zéro.
stops-empty-title = Aucun accès suspendu
stops-empty-text = Personne n’a demandé plus de personnes hors de son périmètre que la convention ne l’explique.
stops-rule = Avant de rétablir un accès
stops-rule-text = Joignez l’agent par un autre moyen que sa messagerie. Si ce n’était pas lui, fermez ses sessions, changez ses moyens de connexion et ouvrez un dossier de violation : les délais courent dès maintenant.
