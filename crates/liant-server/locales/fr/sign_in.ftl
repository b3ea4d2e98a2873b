# Se connecter
account-email = Adresse électronique
account-password = Mot de passe
sign-in-title = Se connecter
sign-in-submit = Se connecter
sign-in-help = Mot de passe oublié, pas encore de compte ? Adressez-vous à la personne qui gère les accès dans votre organisation : elle peut vous envoyer une invitation.
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
