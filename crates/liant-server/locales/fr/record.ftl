# Le dossier de travail de chaque organisme : objectifs, actions, compétences, progression.

record-title = Dossier de travail, { $name }
record-crumb = Dossier de travail
record-lede = Le travail de votre organisme avec la personne. Aucun autre organisme ne le voit ; elle peut tout en lire.
record-own = Ce que vous notez ici reste dans le dossier de votre organisme. La personne peut le lire.
record-why = Vous voyez ce dossier parce que votre organisme l’a écrit et que la personne est de celles que vous suivez.
record-link = Dossier de travail
record-nothing = Rien n’est encore noté.
record-none-title = Pas de dossier de travail
record-none-text = Un dossier s’ouvre quand un accompagnement est en cours et que vous êtes référent de la personne.
record-stale = Quelqu’un a écrit dans ce dossier depuis que la page a été affichée. Rien n’a été enregistré : relisez, puis recommencez si c’est encore utile.

record-goal = Fixer un objectif
record-goal-state = Dire où en est l’objectif
record-action = Ajouter une action
record-action-state = Dire où en est l’action
record-barrier = Dire où en est un frein
record-skill = Noter une compétence acquise
record-progress = Noter la progression

record-ask-goal = Quel objectif ?
record-goal-of = { $theme } : { $goal }
record-ask-state = Où en est-ce ?
record-ask-action = Quelle action ?
record-ask-barrier = Quel frein ?
record-ask-theme = Sur quoi ?
record-ask-skill = Quelle compétence ?
record-ask-level = Où en est la personne ?
record-ask-reason = Pourquoi
record-reason-hint = À dire pour : { $state }.
record-no-reason = Sans motif
record-as-a-whole = Dans l’ensemble

record-state-since = { $state }, depuis le { $day }
record-set = Depuis le { $day }
record-set-since = Fixé le { $day }, depuis le { $since } ainsi
record-left = Arrêtée avec l’objectif
record-skills = Compétences acquises
record-progress-title = Progression

record-line-barrier = Frein noté le { $day } : { $words }
record-line-goal = Objectif fixé le { $day } : { $words } ; { $state } depuis le { $since }
record-line-action = Action ajoutée le { $day } : { $words } ; { $state } depuis le { $since }
record-line-progress = Progression notée le { $day } : { $words }
record-line-skill = Compétence acquise notée le { $day } : { $words }
record-state-reason = { $state } ({ $reason })

record-papers = Documents
record-paper-of = { $what }, { $day } (PDF)
record-paper-draft = { $what }, projet à signer (PDF)
record-paper-by = Pour { $party } : { $by }
record-paper-on = Fait le { $day }
record-paper-until = Jusqu’au { $day }
