# Le cadre des pages
skip = Aller au contenu
search-label = Rechercher une personne
search-hint = Rechercher : nom, identifiant, date de naissance
sign-in = Se connecter
menu-label = Menu principal
crumbs-label = Fil d’Ariane
crumbs-home = Accueil
footer-accessibility = Accessibilité : non évaluée
footer-legal = Mentions légales
footer-style = Composants
footer-about = Liant, logiciel libre sous licence EUPL-1.2

# Accueil
home-title = Un parcours, tous ceux qui l’accompagnent
home-lede = Liant réunit ce que chaque organisme sait du parcours d’une personne éloignée de l’emploi, et n’en montre à chacun que ce que la convention signée permet.
home-binds-title = Coordonner
home-binds-text = Département, France Travail, CAF, missions locales, CCAS : un seul parcours par personne, chaque fait avec son origine, et les échéances légales en vue.
home-restrains-title = Protéger
home-restrains-text = Aucune donnée ne sort sans une clause qui l’autorise. Chaque consultation est consignée, et la personne peut savoir qui a lu quoi.
home-aside = Accès et droits
home-professionals-title = Professionnels
home-professionals-text = L’accès est réservé aux personnes désignées par leur organisme.
home-rights-title = Vous êtes accompagné ?
home-rights-text = Vous pouvez demander une copie de vos données, les faire corriger, ou vous opposer à leur usage.
home-rights-link = Exercer vos droits

# Erreurs : ce qui s’est passé, pourquoi, que faire
error-home = Revenir à l’accueil
error-id = À citer si vous demandez de l’aide :
absent-title = Page introuvable
absent-text = Cette page n’existe pas, ou elle ne vous est pas destinée.
absent-help = Vérifiez l’adresse. Si vous pensez devoir y accéder, voyez avec la personne qui gère les comptes de votre organisme.
form-title = Ce formulaire n’est plus valable
form-text = Il a été ouvert dans une session terminée, ou envoyé depuis un autre site. Rien n’a été enregistré.
form-help = Revenez à la page précédente, rechargez-la, puis recommencez.
conflict-title = Quelqu’un a agi avant vous
conflict-text = La situation a changé depuis que cette page a été affichée. Rien n’a été enregistré.
conflict-help = Rechargez la page, vérifiez ce qui a changé, puis recommencez si c’est encore utile.
large-title = L’envoi est trop volumineux
large-text = Il dépasse la taille acceptée ici. Rien n’a été enregistré.
large-help = Envoyez un fichier plus petit, ou un seul à la fois.
invalid-title = L’envoi n’a pas pu être traité
invalid-text = Une valeur ne respecte pas une règle. Rien n’a été enregistré.
invalid-help = Revenez à la page précédente, corrigez, puis recommencez.
many-title = Trop de demandes
many-text = Vous avez fait beaucoup de demandes en peu de temps.
many-help = Attendez une minute, puis recommencez.
busy-title = Le service est très sollicité
busy-text = Il n’a pas pu répondre à temps.
busy-help = Recommencez dans quelques instants. Si vous enregistriez quelque chose, vérifiez d’abord si c’est fait.
broken-title = Le service a rencontré une erreur
broken-text = Ce n’est pas de votre fait. L’erreur a été consignée.
broken-help = Recommencez. Si l’erreur revient, transmettez la référence ci-dessous à la personne qui administre Liant.
bad-title = La demande n’est pas comprise
bad-text = L’adresse ou le formulaire est incomplet. Rien n’a été enregistré.
bad-help = Revenez à la page précédente et recommencez.

# Déclaration d’accessibilité
accessibility-title = Déclaration d’accessibilité
accessibility-commitment = Liant vise la conformité totale au RGAA 4.1 et aux critères AA des WCAG 2.2. La présente déclaration s’applique à cette installation.
accessibility-state-title = État de conformité
accessibility-state-text = Liant est non conforme au RGAA 4.1 : aucun audit n’a encore été réalisé par un tiers. Les contrôles ci-dessous sont faits à chaque modification du logiciel.
accessibility-tests-title = Contrôles faits à chaque modification
accessibility-tests-axe = chaque page, dans chacun de ses états, par l’outil axe, en français et en anglais
accessibility-tests-keyboard = le parcours au clavier seul
accessibility-tests-script = l’usage sans JavaScript
accessibility-tests-width = l’affichage de 360 à 1 440 pixels, sans défilement horizontal
accessibility-contact-title = Retour d’information et contact
accessibility-contact-text = Si un contenu vous est inaccessible, écrivez à l’organisme qui vous a donné l’adresse de ce site : il vous doit une autre voie ou le contenu sous une autre forme.
accessibility-contact-address = Pour cette installation : { $contact }.
accessibility-appeal-title = Voies de recours
accessibility-appeal-text = Si vous avez signalé un défaut d’accessibilité et n’avez pas reçu de réponse satisfaisante, vous pouvez écrire au Défenseur des droits : Libre réponse 71120, 75342 Paris CEDEX 07, sans timbre, ou 09 69 39 00 00.
accessibility-appeal-link = Saisir le Défenseur des droits

# Mentions légales
legal-title = Mentions légales et données personnelles
legal-publisher-title = Qui est responsable
legal-publisher-text = Chaque organisme est responsable de ses propres traitements ; les conventions signées disent ce qu’ils échangent.
legal-publisher = Éditeur
legal-director = Directeur de la publication
legal-host = Hébergeur
legal-contact = Contact
legal-dpo = Délégué à la protection des données
legal-lacks = Une partie de ces mentions n’est pas encore renseignée. La personne qui administre cette installation les complète dans ses réglages.
legal-rights-dpo = Pour cette installation : { $dpo }.
legal-cookies-title = Cookies
legal-cookies-text = Aucune mesure d’audience, aucun traceur. Trois cookies, nécessaires au service :
legal-cookies-language = la langue que vous avez choisie, un an
legal-cookies-form = la protection des formulaires, jusqu’à la fermeture du navigateur
legal-cookies-session = votre session, une fois connecté
legal-log-title = Journaux
legal-log-text = Le journal technique ne contient ni nom, ni identifiant, ni adresse de page. Le registre des accès, lui, consigne qui a consulté quelles données, pour quelle finalité : il est tenu pour les personnes concernées et les délégués à la protection des données.
legal-rights-title = Vos droits
legal-rights-text = Accès, rectification, opposition, limitation, effacement : adressez votre demande au délégué à la protection des données de l’organisme qui vous accompagne. Il répond en un mois au plus. Si la réponse ne vous satisfait pas, vous pouvez saisir la CNIL.
legal-rights-link = Adresser une plainte à la CNIL
legal-software-title = Logiciel
legal-software-text = Liant est un logiciel libre (licence EUPL-1.2). Il comprend govuk-frontend (licence MIT), htmx (licence Zero-Clause BSD) et la police Atkinson Hyperlegible Next (licence SIL OFL 1.1).
