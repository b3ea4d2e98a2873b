# Conservation et destruction
menu-retention = Conservation
retention-title = Conservation et destruction
retention-lede = Ce que les conventions et le registre disent de détruire, et ce qui l’a été. Aucune personne n’est nommée ici.
retention-day = À la date du
retention-due = À détruire au { $day }
retention-caption = Ce qui est à détruire, par clause
retention-col-what = Données
retention-col-people = Personnes
retention-col-items = Éléments
retention-col-clause = Clause
retention-withheld = Aucune clause d’usage ne permet au logiciel de détruire les données de { $source } : elles restent, quel que soit leur terme.
retention-undated = { $count ->
    [one] { $count } donnée vient d’une convention dont le fichier manque : aucune durée ne la borne.
   *[other] { $count } données viennent de conventions dont le fichier manque : aucune durée ne les borne.
}
retention-under-way = Une destruction a été commencée et ne s’est pas achevée. Relancez-la : elle reprend où elle en était.
retention-empty-title = Rien à détruire à cette date
retention-empty-text = Aucune durée de conservation n’est alors échue.
retention-runs = Destructions
retention-runs-caption = Destructions, la dernière d’abord
retention-col-at = Commencée
retention-col-day = Échéances au
retention-col-by = Par
retention-col-state = État
retention-ended = Achevée
retention-not-ended = Non achevée
retention-certificate = Attestation en clair
retention-none-title = Aucune destruction
retention-none-text = Rien n’a encore été détruit à son terme.
retention-how = Détruire et attester
retention-how-run = La destruction se lance sur le serveur, de préférence la nuit : liant retention run. Elle réécrit la base pour qu’il n’y reste rien de ce qui a été détruit.
retention-how-sign = L’attestation se signe avec la clé des points de contrôle, gardée hors du serveur : liant retention certificate.
