# L’orientation
menu-orientation = À orienter
orientation-title = Personnes à orienter
orientation-lede = Bénéficiaires du RSA soumis aux droits et devoirs, sans décision d’orientation. Qui attend depuis le plus longtemps vient d’abord.
orientation-age = Attente
orientation-older = { $days } jours ou plus
orientation-caption = Personnes sans décision d’orientation
orientation-col-person = Personne
orientation-col-commune = Commune (INSEE)
orientation-col-since = Attend
orientation-col-act = Action
orientation-since = droit du { $day }
orientation-waits = { $days ->
    [one] 1 jour
   *[other] { $days } jours
}
orientation-waits-months = { $months ->
    [one] 1 mois
   *[other] { $months } mois
}
orientation-waits-years = { $years ->
    [one] 1 an
   *[other] { $years } ans
}
orientation-empty-title = Personne n’attend d’orientation
orientation-empty-text = Chaque bénéficiaire connu a une décision. Les prochains fichiers de la CAF amèneront les nouveaux entrants.
orientation-none-title = Personne n’attend depuis si longtemps
orientation-none-text = D’autres personnes attendent depuis moins de temps.
orientation-done = La décision est enregistrée. Elle partira avec le prochain fichier CGPEM.
orientation-nature = Nature de l’orientation
orientation-day = Date de la décision
orientation-day-hint = Au plus tard aujourd’hui, et pas avant la décision en vigueur.
orientation-referent-hint = Sans nom, France Travail efface le correspondant qu’il détient.
orientation-choose = Choisissez la nature de l’orientation.
orientation-give-day = Donnez la date de la décision.
orientation-overlaps = La décision en vigueur est du { $day } : la nouvelle ne peut pas la précéder, leurs périodes se chevaucheraient. Donnez une date égale ou postérieure.
orientation-same = Cette décision est déjà en vigueur, mot pour mot. Changez ce qui doit l’être, ou revenez à la personne.
orientation-stale = Quelqu’un a enregistré une décision depuis que cette page a été affichée. La vôtre n’est pas enregistrée : voyez les périodes, puis recommencez si c’est encore utile.
decision-title = Orientation de { $name }
decision-first = Orienter { $name }
decision-change = Changer l’orientation de { $name }
decision-periods = Périodes
decision-none = Aucune décision n’est enregistrée.
decision-new = Nouvelle décision
decision-replaces = Elle met fin à la décision en vigueur, le jour de sa date.
decision-record = Enregistrer la décision
period-in-force = en vigueur
period-ended = terminée
period-corrected = corrigée le jour même
