# Le dossier de travail de chaque organisme : objectifs, actions, compétences, progression.

working-title = Dossier de travail, { $name }
working-crumb = Dossier de travail
working-lede = Le travail de votre organisme avec la personne. Aucun autre organisme ne le voit ; elle peut tout en lire.
working-own = Ce que vous notez ici reste dans le dossier de votre organisme. La personne peut le lire.
working-why = Vous voyez ce dossier parce que votre organisme l’a écrit et que la personne est de celles que vous suivez, ou dont vous faites le diagnostic.
working-link = Dossier de travail
working-nothing = Rien n’est encore noté.
working-none-title = Pas de dossier de travail
working-none-text = Un dossier s’ouvre quand un accompagnement est en cours et que vous êtes référent de la personne.
working-stale = Quelqu’un a écrit dans ce dossier depuis que la page a été affichée. Rien n’a été enregistré : relisez, puis recommencez si c’est encore utile.

working-goal = Fixer un objectif
working-goal-state = Dire où en est l’objectif
working-action = Ajouter une action
working-action-state = Dire où en est l’action
working-barrier = Dire où en est un frein
working-skill = Noter une compétence acquise
working-progress = Noter la progression

working-ask-goal = Quel objectif ?
working-goal-of = { $theme } : { $goal }
working-ask-state = Où en est-ce ?
working-ask-action = Quelle action ?
working-ask-barrier = Quel frein ?
working-ask-theme = Sur quoi ?
working-ask-skill = Quelle compétence ?
working-ask-level = Où en est la personne ?
working-ask-reason = Pourquoi
working-reason-hint = À dire pour : { $state }.
working-no-reason = Sans motif
working-as-a-whole = Dans l’ensemble

working-state-since = { $state }, depuis le { $day }
working-set = Depuis le { $day }
working-set-since = Fixé le { $day }, depuis le { $since } ainsi
working-left = Arrêtée avec l’objectif
working-skills = Compétences acquises
working-progress-title = Progression

working-line-barrier = Frein noté le { $day } : { $words }
working-line-goal = Objectif fixé le { $day } : { $words } ; { $state } depuis le { $since }
working-line-action = Action ajoutée le { $day } : { $words } ; { $state } depuis le { $since }
working-line-progress = Progression notée le { $day } : { $words }
working-line-skill = Compétence acquise notée le { $day } : { $words }
working-state-reason = { $state } ({ $reason })

working-papers = Documents
working-paper-of = { $what }, { $day } (PDF)
working-paper-draft = { $what }, projet à signer (PDF)
working-paper-by = Pour { $party } : { $by }
working-paper-on = Fait le { $day }
working-paper-until = Jusqu’au { $day }
working-why-hers = Ce document parle de vous : vous y avez accès par la loi (RGPD, art. 15).
