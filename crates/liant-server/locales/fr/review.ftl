# Examen des identités
menu-review = Identités
print = Imprimer
narrow-label = Filtrer la liste
narrow-any = Indifférent
narrow-do = Filtrer
review-title = Examiner les identités
review-lede = Ces fiches sont peut-être celles de personnes déjà connues. La machine hésite : à vous de décider.
review-file = Fichier
review-score = Vraisemblance
review-age = Ancienneté
review-high = Très vraisemblable
review-middle = Vraisemblable
review-low = Douteux
review-older = depuis { $days } jours ou plus
review-more = Seules les premières sont comptées : il y en a davantage.
review-caption = Fiches à examiner
review-col-newcomer = Nouvelle fiche
review-col-source = Source
review-col-reason = Pourquoi la machine hésite
review-col-asked = Posée
review-col-act = Action
review-candidates = { $count ->
    [one] 1 personne possible
   *[other] { $count } personnes possibles
}
review-look = Examiner
review-look-again = Revoir la question
review-empty-title = Aucune identité à examiner
review-empty-text = Les questions viennent des imports : quand une fiche ressemble à quelqu’un de connu sans que les preuves suffisent, elle paraît ici.
review-none-title = Aucune question sous ces filtres
review-none-text = D’autres questions attendent peut-être.
review-done-accepted = Les deux fiches sont réunies en une personne.
review-done-refused = Les deux fiches restent deux personnes.
review-done-reopened = La réponse est reprise : la question est de nouveau ouverte.
review-stale = Quelqu’un a agi avant vous : la question, ou ce qu’elle compare, a changé. Votre réponse n’est pas enregistrée ; voici ce qu’il en est maintenant.
review-alike = Même mot, autre graphie
review-raised-by = Fichier { $flow } du { $day }.
review-was-accepted = Une seule personne, selon { $by }, { $at }.
review-was-refused = Deux personnes, selon { $by }, { $at }.
review-together = Ces deux fiches sont déjà réunies en une personne : accepter ne fait que le confirmer.
review-come-along = { $count ->
    [one] Une autre fiche, déjà réunie à la nouvelle, la suivra.
   *[other] { $count } autres fiches, déjà réunies à la nouvelle, la suivront.
}
review-both-oriented = Chacune a une décision d’orientation : la plus récente vaudra.
question-title = Est-ce la même personne ?
question-asked = Question posée { $ago }.
question-next = Question suivante
question-several = { $count ->
    [one] Une personne connue lui ressemble.
   *[other] { $count } personnes connues lui ressemblent. Répondez pour chacune.
}
question-compared = Les deux fiches, ligne à ligne : { $name }
question-newcomer = nouvelle fiche
question-known = fiche connue
question-if-accepted = Si vous acceptez
question-gathered = Ces fiches seront celles d’une seule personne :
question-accept = C’est la même personne
question-refuse = Ce sont deux personnes
question-records = Voir toutes les fiches de cette personne
question-take-back = Reprendre cette réponse
question-take-back-accepted = Les fiches seront de nouveau séparées ; vous verrez ce qui a été communiqué entre-temps.
question-take-back-refused = La question sera de nouveau ouverte.
question-keys = Raccourcis du navigateur (Alt, ou Ctrl + Option) : N, question suivante ; A, même personne ; R, deux personnes, quand une seule question est ouverte.
undone-title = Le lien est défait
undone-period = Réunie à tort du { $from } au { $to }.
undone-text = Cette fiche n’est plus celle de la personne à laquelle elle était réunie.
undone-warn = { $count ->
    [one] Une communication a été faite de cette personne pendant que le lien existait. Le destinataire a pu y lire des données d’une autre personne : prévenez-le, et votre délégué à la protection des données.
   *[other] { $count } communications ont été faites de cette personne pendant que le lien existait. Les destinataires ont pu y lire des données d’une autre personne : prévenez-les, et votre délégué à la protection des données.
}
undone-caption = Ce qui a été communiqué pendant que le lien existait
undone-col-at = Quand
undone-col-actor = Qui
undone-col-recipient = À qui
undone-col-fields = Données
undone-empty-title = Rien n’a été communiqué par ce lien
undone-empty-text = Personne n’a consulté ni reçu de données de cette personne pendant que le lien existait.
undone-person = Voir les fiches de la personne qu’elle est maintenant
undone-before = Voir les fiches de la personne à laquelle elle était réunie
undone-queue = Revenir aux identités à examiner
