# Partagé
save = Enregistrer
cancel = Annuler
language-fr = Français
language-en = English

# Mon compte
account-identity = Identité et connexion
account-name = Nom affiché
account-name-hint = Tel que vos collègues le voient : prénom et nom.
account-language = Langue
account-language-hint = Celle des pages après la connexion, et des messages.
account-change = Modifier
account-replace = Remplacer
account-renew = Renouveler
account-set-up = Régler
account-factor = Second facteur
account-factor-set = Application d’authentification
account-factor-none = Aucun
account-codes = Codes de secours
account-codes-left = { $count ->
    [0] Aucun ne reste
    [one] { $count } reste
   *[other] { $count } restent
}
account-place = Où vous travaillez
account-organisation = Organisation
account-role = Rôle
account-other-seats = Travailler ailleurs
account-switch = Changer
account-sessions = Sessions ouvertes
account-session-ends = Celle-ci se fermera au plus tard { $moment }, si vous ne faites rien d’ici là.
session-browser = Navigateur
session-opened = Ouverte
session-seen = Dernier usage
session-act = Action
session-this = Celle-ci
session-unknown = Navigateur inconnu
session-end = Fermer
session-end-others = Fermer toutes les autres
account-done-profile = Votre nom et votre langue sont enregistrés.
account-done-password = Votre mot de passe est changé. Vos autres sessions sont closes.
account-done-factor = Votre second facteur est remplacé. Vos autres sessions sont closes.
account-done-codes = Vos nouveaux codes de secours remplacent les anciens.
account-done-session = La session est close.
account-done-sessions = Vos autres sessions sont closes.
account-done-seat = Vous travaillez maintenant pour une autre organisation.
account-done-invitation = Vous avez rejoint l’organisation. Pour y travailler, choisissez-la ci-dessous.
account-recovery-used = { $count ->
    [0] Vous êtes entré avec un code de secours, et il n’en reste aucun.
    [one] Vous êtes entré avec un code de secours. Il en reste { $count }.
   *[other] Vous êtes entré avec un code de secours. Il en reste { $count }.
}
account-recovery-renew = En faire de nouveaux

profile-title = Nom et langue
password-title = Changer de mot de passe
password-text = Vos autres sessions seront closes. Un mot de passe n’a pas à être changé régulièrement, seulement s’il a pu être vu.
password-present = Mot de passe actuel
password-present-wrong = Ce n’est pas votre mot de passe actuel.
password-new = Nouveau mot de passe
password-again = Nouveau mot de passe, une seconde fois
password-hint = 12 caractères au moins, difficiles à deviner : par exemple sept mots sans lien entre eux. Votre nom, votre adresse et votre organisation n’y comptent pas.
password-different = Les deux saisies diffèrent : recommencez.
password-submit = Changer de mot de passe

factor-title = Remplacer votre second facteur
factor-text = Montrez d’abord que vous avez encore l’application actuelle. La nouvelle la remplacera, avec de nouveaux codes de secours ; vos autres sessions seront closes.
factor-present = Code à 6 chiffres de l’application actuelle
factor-lost = Vous n’avez plus l’application ? La personne qui gère les accès dans votre organisation peut réinitialiser votre second facteur.
renew-title = Faire de nouveaux codes de secours
renew-text = Dix nouveaux codes seront affichés une seule fois. Les anciens ne serviront plus.
renew-submit = Faire de nouveaux codes

# Une invitation
invitation-title = { $organisation } vous invite
invitation-terms = Rôle : { $role }. L’invitation est valable jusqu’au { $until }.
invitation-address = Vous vous connecterez avec l’adresse { $email }.
invitation-create = Créer mon compte
invitation-sign-in = L’adresse { $email } a déjà un compte. Connectez-vous pour accepter.
invitation-join = En acceptant, vous pourrez travailler pour cette organisation avec votre compte actuel.
invitation-later = Plus tard
invitation-gone-title = Cette invitation n’est plus valable
invitation-gone-text = Elle a déjà servi, a été retirée ou a expiré. Demandez-en une autre à la personne qui gère les accès dans votre organisation.

# Les organisations et leurs agents
menu-organisations = Organisations
organisations-lede = Vous gérez les accès des agents de votre organisation, de ses services et des structures qu’elle mandate. Chaque changement est consigné.
organisation-name = Nom
organisation-kind = Type
organisation-tie = Lien
organisation-own = La vôtre
organisation-service = Un de vos services
organisation-mandated = Mandatée par vous
mandates-link = Délégations données par votre organisation
invite-link = Inviter un agent
member-people = Agents
member-former = Accès terminés
member-name = Nom
member-role = Rôle
member-since = Depuis
member-state = État
member-manage = Gérer
member-is-admin = Gère les accès
member-you = { $name } (vous)
member-active = En cours
member-ended = Terminé le { $day }
member-over = Terme échu
member-until = Jusqu’au { $day }
member-from = À partir du { $day }
member-disabled = Compte désactivé
member-without-factor = Sans second facteur
member-ending = Fin dans les trente jours
invitations-open = Invitations en attente
invitations-none = Aucune invitation en attente
invitations-none-text = Une invitation reste ici tant que la personne ne l’a pas acceptée.
invitation-until = Valable jusqu’au
invitation-withdraw = Retirer
member-done-changed = L’accès est modifié. Les sessions de cette personne dans l’organisation sont closes.
member-done-end = L’accès est terminé.
member-done-disable = Le compte est désactivé, et ses sessions sont closes.
member-done-enable = Le compte est réactivé.
member-done-reset = Le second facteur est réinitialisé. Prévenez la personne : Liant n’envoie pas encore de message.
member-done-withdrawn = L’invitation est retirée : son lien ne mène plus nulle part.

invite-title = Inviter un agent : { $organisation }
invite-text = L’invitation vaut désignation : la personne pourra lire ce que la convention permet à son rôle.
invite-submit = Créer l’invitation
invite-email-wrong = Indiquez une adresse électronique, comme prenom.nom@organisme.fr.
member-role-none = Choisissez un rôle.
member-admin = Gestion des accès
member-admin-choice = Gère aussi les accès de l’organisation
member-admin-hint = Invite des agents, change leur rôle, met fin à leur accès.
member-to = Dernier jour (facultatif)
member-to-hint = Par exemple 31 12 2026. Sans date, l’accès dure jusqu’à ce qu’on y mette fin.
member-to-wrong = Indiquez un jour qui existe, par exemple 31 12 2026.
invited-title = L’invitation est prête
invited-text = Elle est destinée à { $email }.
invited-link = Lien à transmettre
invited-once = Il n’est affiché qu’une fois, ne sert qu’une fois, et vaut jusqu’au { $until }.
invited-mail = Liant n’envoie pas encore de message : copiez ce lien et envoyez-le vous-même à cette adresse, et à aucune autre. Qui ouvre le lien crée le compte.
invited-done = Le lien est copié, continuer
withdraw-title = Retirer cette invitation ?
withdraw-text = Le lien envoyé à { $email } ne mènera plus nulle part. Vous pourrez inviter cette personne à nouveau.
withdraw-submit = Retirer l’invitation

member-access = Accès
member-about = À propos
member-acts = Autres actions
member-designated = Désignation
member-designated-by = Par { $name }, le { $day }
member-by-operator = l’opérateur de l’installation
member-ends-sessions = Un changement clôt aussitôt les sessions de cette personne dans l’organisation.
member-act-reset = Réinitialiser le second facteur
member-act-disable = Désactiver le compte
member-act-enable = Réactiver le compte
member-act-end = Mettre fin à l’accès
end-title = Mettre fin à l’accès de { $name } ?
end-text = Ses sessions pour { $organisation } seront closes aussitôt. Pour revenir, il faudra une nouvelle invitation.
end-submit = Mettre fin à l’accès
disable-title = Désactiver le compte de { $name } ?
disable-text = Ses sessions seront closes aussitôt et la connexion refusée, jusqu’à ce que le compte soit réactivé depuis { $organisation }.
disable-submit = Désactiver le compte
enable-title = Réactiver le compte de { $name } ?
enable-text = La connexion sera de nouveau possible, avec les accès en cours dans { $organisation }.
enable-submit = Réactiver le compte
reset-title = Réinitialiser le second facteur de { $name } ?
reset-text = Assurez-vous d’abord, de vive voix, que c’est bien elle ou lui qui le demande : qui a le mot de passe pourra ensuite régler un nouveau second facteur et agir pour { $organisation }. Ses codes de secours et ses sessions disparaissent.
reset-mail = Liant n’écrit pas à la personne : prévenez-la vous-même.
reset-submit = Réinitialiser le second facteur

# Les délégations
mandates-title = Délégations : { $organisation }
mandates-lede = Une délégation permet à une structure d’exercer une partie de votre mission. Quand elle prend fin, ses agents perdent aussitôt l’accès qui en dépend.
mandates-given = Délégations données
mandates-none = Aucune délégation
mandates-none-text = Enregistrez ici les structures que votre organisation mandate.
mandate-new = Nouvelle délégation
mandate-structure = Structure
mandate-choose = Choisir une structure
mandate-structure-none = Choisissez une structure.
mandate-from = Premier jour
mandate-from-wrong = Indiquez un premier jour qui existe, par exemple 1 9 2026.
mandate-last = Dernier jour
mandate-submit = Enregistrer la délégation
mandate-open = Sans terme
mandate-runs = En vigueur
mandate-over = Échue
mandate-to-come = À venir
mandate-end = Fixer la fin
mandate-end-title = Fixer la fin de la délégation à { $structure }
mandate-end-text = Dès le lendemain de ce jour, les agents de la structure n’auront plus l’accès qui repose sur cette délégation.
mandate-end-submit = Fixer le dernier jour
mandate-done-recorded = La délégation est enregistrée.
mandate-done-ended = Le dernier jour est enregistré.

# Un nouveau mot de passe, des sessions, un fournisseur d’identité
member-asks-password = Mot de passe oublié
member-asked-password = Demande un nouveau mot de passe
member-act-password = Donner un lien pour un nouveau mot de passe
member-act-out = Fermer toutes ses sessions
member-act-allow = Permettre la connexion par un fournisseur d’identité
member-done-out = Ses sessions sont closes.
member-done-allow = À sa prochaine connexion par un fournisseur d’identité à la même adresse, son compte y sera lié.
member-shared = Cette personne travaille aussi pour une organisation que vous ne gérez pas : seule la personne qui administre Liant peut le faire.
link-ask-title = Nouveau mot de passe pour { $name }
link-ask-text = Vous obtiendrez un lien à lui transmettre. Assurez-vous d’abord que c’est bien elle ou lui qui le demande : votre réponse est consignée.
link-checked = Comment vous en êtes-vous assuré ?
link-checked-none = Choisissez comment vous vous êtes assuré de son identité.
link-lost = Second facteur
link-lost-choice = Son application et ses codes de secours sont perdus aussi
link-lost-hint = Ils seront supprimés, ses sessions closes, et un nouveau second facteur sera réglé. Le lien seul permettra alors d’entrer : transmettez-le en main propre.
link-submit = Créer le lien
link-title = Le lien est prêt
link-text = Il permet à { $name } de choisir un nouveau mot de passe.
link-how = Liant n’envoie pas encore de message : transmettez ce lien vous-même, à cette personne et à aucune autre. Un lien donné avant ne mène plus nulle part.
out-title = Fermer toutes les sessions de { $name } ?
out-text = Utile après un vol, une perte, ou un poste laissé ouvert. La connexion reste possible, avec le mot de passe et le second facteur, pour { $organisation } comme ailleurs.
out-submit = Fermer ses sessions
allow-title = Permettre à { $name } de se connecter par un fournisseur d’identité ?
allow-text = À sa prochaine connexion par le fournisseur, s’il confirme la même adresse, le compte lui sera lié. Son accès pour { $organisation } ne change pas. Cette permission expire dans quelques jours.
allow-submit = Permettre
invitation-password = Ou avec un mot de passe Liant
