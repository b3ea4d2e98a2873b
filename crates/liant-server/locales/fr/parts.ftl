# Les composants
delay-today = aujourd’hui
delay-tomorrow = demain
delay-in-days = dans { $days } jours
delay-late-by = { $days ->
    [one] { $days } jour de retard
   *[other] { $days } jours de retard
}
ago-today = aujourd’hui
ago-yesterday = hier
ago-days = il y a { $days } jours

source-caf = CAF
source-departement = Département
source-mission-locale = Mission locale
source-person = La personne

detail-nothing = Non renseigné
kind-fact = fait
kind-decision = décision
kind-contact = contact

compared-datum = Donnée
compared-verdict = Comparaison
compared-same = Identique
compared-different = ≠ Différent
compared-unknown = Inconnu d’un côté

why-title = Pourquoi je vois ces données
why-clauses = Ce qui l’autorise :
why-held-back = { $count ->
    [one] { $count } donnée existe et ne vous est pas montrée : aucune clause ne le permet.
   *[other] { $count } données existent et ne vous sont pas montrées : aucune clause ne le permet.
}
why-shown-to-person = La personne peut demander qui a consulté ses données : cette consultation y figurera.

table-sort = trier
count-results = { $count ->
    [0] Aucun résultat
    [one] { $count } résultat
   *[other] { $count } résultats
}
filters-label = Filtres en vigueur
filters-pair = { $label } :
filters-remove = Retirer ce filtre
filters-remove-all = Tout retirer
pages-label = Pages de la liste
pages-previous = Précédente
pages-next = Suivante
pages-page = Page { $page }

notice-done = C’est fait
notice-important = À savoir
step-done = fait

errors-title = Il y a un problème
field-error = Erreur :
field-optional = (facultatif)
field-day = Jour
field-month = Mois
field-year = Année
password-show = Afficher
password-hide = Masquer
password-show-label = Afficher le mot de passe
password-hide-label = Masquer le mot de passe
password-shown = Le mot de passe est visible
password-hidden = Le mot de passe est masqué
