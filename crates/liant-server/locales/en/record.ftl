# The working record of each organisation: goals, actions, skills, progress.

record-title = Working record, { $name }
record-crumb = Working record
record-lede = Your organisation’s work with the person. No other organisation sees it; she may read all of it.
record-own = What you note here stays in your organisation’s record. The person may read it.
record-why = You see this record because your organisation wrote it and the person is one of those you follow.
record-link = Working record
record-nothing = Nothing is noted yet.
record-none-title = No working record
record-none-text = A record opens when an accompaniment is under way and you stand beside the person.
record-stale = Someone has written in this record since the page was shown. Nothing was recorded: read it again, then try again if it is still useful.

record-goal = Set a goal
record-goal-state = Say where the goal stands
record-action = Add an action
record-action-state = Say where the action stands
record-barrier = Say where a barrier stands
record-skill = Note a skill gained
record-progress = Note progress

record-ask-goal = Which goal?
record-goal-of = { $theme }: { $goal }
record-ask-state = Where does it stand?
record-ask-action = Which action?
record-ask-barrier = Which barrier?
record-ask-theme = On what?
record-ask-skill = Which skill?
record-ask-level = How far has she come?
record-ask-reason = Why
record-reason-hint = To be said for: { $state }.
record-no-reason = No reason
record-as-a-whole = As a whole

record-state-since = { $state }, since { $day }
record-set = Since { $day }
record-set-since = Set on { $day }, so since { $since }
record-left = Left with the goal
record-skills = Skills gained
record-progress-title = Progress

record-line-barrier = Barrier noted on { $day }: { $words }
record-line-goal = Goal set on { $day }: { $words }; { $state } since { $since }
record-line-action = Action added on { $day }: { $words }; { $state } since { $since }
record-line-progress = Progress noted on { $day }: { $words }
record-line-skill = Skill gained, noted on { $day }: { $words }
record-state-reason = { $state } ({ $reason })

record-papers = Documents
record-paper-of = { $what }, { $day } (PDF)
record-paper-draft = { $what }, draft to be signed (PDF)
record-paper-by = For { $party }: { $by }
record-paper-on = Made on { $day }
record-paper-until = Until { $day }
