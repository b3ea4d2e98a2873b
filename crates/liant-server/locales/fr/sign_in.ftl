# Se connecter
account-email = Adresse électronique
account-password = Mot de passe
sign-in-title = Se connecter
sign-in-submit = Se connecter
sign-in-help = Pas encore de compte ? Adressez-vous à la personne qui gère les accès dans votre organisation : elle peut vous envoyer une invitation.
sign-in-expired-title = La connexion a pris trop de temps
sign-in-expired-text = Pour votre sécurité, elle s’est interrompue : trop de temps ou trop d’essais. Rien n’est perdu, il suffit de recommencer.
sign-in-expired-again = Recommencer
too-soon = Trop d’échecs. Réessayez dans { $wait } : d’ici là, aucun essai n’est examiné.
wait-seconds = { $count ->
    [one] { $count } seconde
   *[other] { $count } secondes
}
wait-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}

# Le second facteur
code-title = Votre code de connexion
code-label = Code à 6 chiffres
code-hint = Ouvrez votre application d’authentification : elle affiche le code de Liant, qui change toutes les 30 secondes.
code-submit = Continuer
code-lost = Je n’ai pas mon application
recovery-title = Utiliser un code de secours
recovery-text = Vous avez reçu dix codes de secours en réglant votre second facteur. Chacun sert une seule fois.
recovery-label = Code de secours
recovery-hint = Par exemple ABCD-EFGH-IJKL-MNOP. Majuscules, espaces et tirets n’ont pas d’importance.
recovery-code-wrong = Ce code de secours est incorrect ou a déjà servi : prenez le suivant de votre liste.
recovery-back = J’ai mon application
recovery-none-left = Plus aucun code ? La personne qui gère les accès dans votre organisation peut réinitialiser votre second facteur, après s’être assurée que c’est bien vous.

# Régler le second facteur
enrol-title = Protéger votre compte par un second facteur
enrol-why = Votre rôle donne accès à des données personnelles : un mot de passe ne suffit pas. À chaque connexion, Liant vous demandera aussi un code affiché par une application.
enrol-need = Prenez votre téléphone, ou un ordinateur, avec une application d’authentification : FreeOTP, Aegis, Microsoft Authenticator, Google Authenticator… ou votre gestionnaire de mots de passe.
enrol-begin = J’ai une application, continuer
enrol-scan-title = Relier votre application
enrol-step-app = Dans l’application, ajoutez un compte.
enrol-step-scan = Scannez le code ci-dessous.
enrol-step-code = Recopiez le code à 6 chiffres qu’elle affiche.
enrol-here = Vous êtes sur l’appareil où se trouve l’application ?
enrol-open = Ouvrir l’application
enrol-secret = Impossible de scanner ? Saisissez cette clé :
enrol-code = Code à 6 chiffres
enrol-code-hint = Il change toutes les 30 secondes.
enrol-submit = Relier
codes-title = Vos codes de secours
codes-text = Votre second facteur est réglé. Si vous perdez votre application, un de ces codes la remplacera. Chacun sert une seule fois.
codes-keep = Imprimez-les ou notez-les, et gardez-les ailleurs que sur votre téléphone. Ils ne seront plus jamais affichés.
codes-done = Je les ai gardés, continuer
codes-print = Imprimer

# Le choix de l’organisation
seat-title = Où travaillez-vous maintenant ?
seat-text = Vos droits dépendent de l’organisation et du rôle. Vous pourrez changer sans vous reconnecter.
seat-label = Organisation et rôle
seat-admin = { $role }, gère les accès
seat-submit = Continuer
seat-none-chosen = Choisissez une organisation.
seat-none-title = Aucune organisation ne vous a désigné
seat-none-text = Votre compte existe, mais aucun accès n’est ouvert à votre nom aujourd’hui : il a pris fin, ou la délégation de votre structure n’est plus en vigueur.
seat-none-help = Adressez-vous à la personne qui gère les accès dans votre organisation. Si elle vous a envoyé une invitation, ouvrez d’abord son lien.
seat-again = Se connecter à nouveau
seat-invited-title = Accepter votre invitation
seat-invited-text = Vous avez ouvert une invitation. Acceptez-la pour rejoindre l’organisation qui vous invite.
seat-later = Plus tard, continuer sans accepter
invitation-accept = Accepter l’invitation

# Sortir
sign-out = Se déconnecter
signed-out-title = Vous êtes déconnecté
signed-out-text = Votre session est close sur ce navigateur.
signed-out-again = Se connecter à nouveau

# Une fois connecté
account-link = Mon compte

# Se connecter par un fournisseur d’identité
provider-button = S’identifier avec { $provider }
provider-about = Qu’est-ce que { $provider } ? (nouvelle fenêtre)
provider-onward-title = Vous partez vers { $provider }
provider-onward-text = Vous y montrerez qui vous êtes, puis reviendrez ici.
provider-onward = Continuer vers { $provider }
provider-leaving-title = Vous êtes déconnecté de Liant
provider-leaving-text = Il reste à vous déconnecter de { $provider } : sans cela, n’importe qui pourrait revenir ici depuis ce navigateur.
provider-again-title = La connexion n’a pas abouti
provider-again-text = Elle a pris trop de temps, a déjà servi, ou a été commencée dans un autre navigateur. Recommencez.
provider-cancelled = Vous avez interrompu la connexion chez { $provider }, ou il l’a refusée. Recommencez quand vous voulez.
provider-refused = { $provider } n’a pas confirmé votre connexion : elle a pris trop de temps ou a déjà servi. Recommencez. Si cela revient, prévenez la personne qui administre Liant.
provider-untrusted = La réponse de { $provider } n’a pas pu être vérifiée : elle n’est pas acceptée. Recommencez. Si cela revient, prévenez la personne qui administre Liant.
provider-down = { $provider } ne répond pas. Réessayez dans quelques minutes, ou connectez-vous ci-dessous si vous avez un mot de passe Liant.
provider-unknown-title = Vous n’avez pas encore d’accès à Liant
provider-unknown-met = { $provider } vous a reconnu, mais aucun compte de Liant n’est lié à cette identité.
provider-unknown-text = L’accès est réservé aux personnes désignées par leur organisation. Demandez une invitation à la personne qui gère les accès dans la vôtre, à l’adresse que { $provider } connaît. Si vous avez déjà un compte ici, elle peut permettre qu’il soit lié à { $provider }.
provider-other-text = L’invitation que vous avez ouverte est destinée à une autre adresse que celle que { $provider } connaît. Demandez une invitation à cette adresse-là, ou créez votre compte avec un mot de passe depuis le lien reçu.
provider-unknown-local = Vous avez un mot de passe Liant ? Il vous permet toujours d’entrer.
provider-unknown-again = Revenir à la connexion
sign-in-local = Avec un mot de passe Liant
sign-in-forgotten = Mot de passe oublié
signed-out-there = Vous êtes sorti de Liant et du fournisseur d’identité sur ce navigateur.
signed-out-here-only = { $provider } ne répond pas : vous y êtes peut-être encore connecté. Fermez le navigateur si vous le partagez.

# Un mot de passe oublié
forgotten-title = Mot de passe oublié
forgotten-text = Indiquez votre adresse : la personne qui gère les accès dans votre organisation verra votre demande.
forgotten-submit = Demander un nouveau mot de passe
forgotten-done-title = Prévenez maintenant la personne qui gère vos accès
forgotten-done-text = Si cette adresse a un compte, votre demande est visible de cette personne dans Liant. Liant n’envoie pas encore de message : appelez-la ou allez la voir.
forgotten-done-next = Elle s’assurera que c’est bien vous, puis vous donnera un lien. Vous choisirez alors un nouveau mot de passe, avec un code de votre application d’authentification.
new-password-title = Choisir un nouveau mot de passe
new-password-text = Vos sessions ouvertes seront closes. Ce lien ne sert qu’une fois.
new-password-code = Code de votre application, ou code de secours
new-password-code-hint = Les 6 chiffres affichés par votre application d’authentification, ou un code comme ABCD-EFGH-IJKL-MNOP.
new-password-lost = Ni application, ni code de secours ? Dites-le à la personne qui vous a donné ce lien : elle peut aussi réinitialiser votre second facteur.
new-password-gone-title = Ce lien n’est plus valable
new-password-gone-text = Il a déjà servi, a été remplacé ou a expiré. Demandez-en un autre à la personne qui gère les accès dans votre organisation.
