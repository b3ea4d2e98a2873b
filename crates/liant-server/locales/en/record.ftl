# The working record of each organisation: goals, actions, skills, progress.

working-title = Working record, { $name }
working-crumb = Working record
working-lede = Your organisation’s work with the person. No other organisation sees it; she may read all of it.
working-own = What you note here stays in your organisation’s record. The person may read it.
working-why = You see this record because your organisation wrote it and the person is one of those whom you follow, or whose diagnosis you make.
working-link = Working record
working-nothing = Nothing is noted yet.
working-none-title = No working record
working-none-text = A record opens when an accompaniment is under way and you stand beside the person.
working-stale = Someone has written in this record since the page was shown. Nothing was recorded: read it again, then try again if it is still useful.

working-goal = Set a goal
working-goal-state = Say where the goal stands
working-action = Add an action
working-action-state = Say where the action stands
working-barrier = Say where a barrier stands
working-skill = Note a skill gained
working-progress = Note progress

working-ask-goal = Which goal?
working-goal-of = { $theme }: { $goal }
working-ask-state = Where does it stand?
working-ask-action = Which action?
working-ask-barrier = Which barrier?
working-ask-theme = On what?
working-ask-skill = Which skill?
working-ask-level = How far has she come?
working-ask-reason = Why
working-reason-hint = To be said for: { $state }.
working-no-reason = No reason
working-as-a-whole = As a whole

working-state-since = { $state }, since { $day }
working-set = Since { $day }
working-set-since = Set on { $day }, so since { $since }
working-left = Left with the goal
working-skills = Skills gained
working-progress-title = Progress

working-line-barrier = Barrier noted on { $day }: { $words }
working-line-goal = Goal set on { $day }: { $words }; { $state } since { $since }
working-line-action = Action added on { $day }: { $words }; { $state } since { $since }
working-line-progress = Progress noted on { $day }: { $words }
working-line-skill = Skill gained, noted on { $day }: { $words }
working-state-reason = { $state } ({ $reason })

working-papers = Documents
working-paper-of = { $what }, { $day } (PDF)
working-paper-draft = { $what }, draft to be signed (PDF)
working-paper-by = For { $party }: { $by }
working-paper-on = Made on { $day }
working-paper-until = Until { $day }
working-why-hers = This document is about you: the law gives you access to it (GDPR art. 15).
