//! A working record in words, and what may be chosen in it.

use liant_casework::{
    Code, Coded, Coding, Goal, Nomenclature, RecordRule, RecordStanding, RecordState, WorkingRecord,
};
use liant_convention::Text;
use liant_model::{Field, FieldSet, Lang, Role};

use super::super::words::said;
use super::{ActionSays, GoalSays, Noted, RecordChoices, RecordOption, RecordSays, ThemeSays, on_theme};

/// What a record says. Codes that no version of the programme has stand as they are.
pub(super) fn says(rules: &[&RecordRule], record: &WorkingRecord, lang: Lang) -> RecordSays {
    let words = Words { rules, lang };
    let mut order: Vec<&Code> = rules.iter().flat_map(|rule| &rule.themes).map(|theme| &theme.id).collect();
    order.extend(record.goals.iter().map(|goal| &goal.theme));
    order.extend(record.barriers.iter().map(|(theme, ..)| theme));
    order.extend(record.progress.iter().filter_map(|(theme, ..)| theme.as_ref()));
    let mut themes: Vec<ThemeSays> = Vec::new();
    for theme in order {
        if themes.iter().all(|known| known.theme != *theme) {
            themes.push(words.theme(record, theme));
        }
    }
    themes.retain(|one| !(one.states.is_empty() && one.progress.is_empty() && one.goals.is_empty()));
    let skills = record.skills.iter().rev();
    RecordSays {
        themes,
        skills: skills.map(|(skill, on)| Noted { on: on.on, words: words.skill(skill) }).collect(),
        progress: words.progress(record, None),
    }
}

struct Words<'r> {
    rules: &'r [&'r RecordRule],
    lang: Lang,
}

impl Words<'_> {
    fn coded(&self, code: &Code, list: impl Fn(&RecordRule) -> &[Coded]) -> String {
        let found = self.rules.iter().find_map(|rule| list(rule).iter().find(|one| one.id == *code));
        found.map_or_else(|| code.to_string(), |one| said(&one.text, self.lang))
    }

    fn state(&self, code: &Code, list: impl Fn(&RecordRule) -> &[RecordState]) -> String {
        let found = self.rules.iter().find_map(|rule| list(rule).iter().find(|one| one.id == *code));
        found.map_or_else(|| code.to_string(), |one| said(&one.text, self.lang))
    }

    fn theme_text(&self, theme: &Code) -> String {
        let found = self.rules.iter().find_map(|rule| rule.theme(theme));
        found.map_or_else(|| theme.to_string(), |one| said(&one.text, self.lang))
    }

    fn list(&self, coding: &Coding) -> Option<&Nomenclature> {
        self.rules.iter().find_map(|rule| rule.nomenclature(&coding.nomenclature, &coding.version))
    }

    fn goal_text(&self, coding: &Coding, theme: &Code) -> String {
        let list = self.list(coding);
        let text = list.and_then(|list| list.goal(&coding.code)?.text.as_ref());
        let by_code = || {
            let text = unnamed(list, theme, &coding.code, self.lang)?;
            Some(format!("{text} ({})", said(&list?.text, self.lang)))
        };
        text.map_or_else(|| by_code().unwrap_or_else(|| coded(coding)), |text| said(text, self.lang))
    }

    fn skill(&self, skill: &Coding) -> String {
        let found = self.list(skill).and_then(|list| list.skill(&skill.code));
        found.map_or_else(|| coded(skill), |one| said(&one.text, self.lang))
    }

    fn progress(&self, record: &WorkingRecord, theme: Option<&Code>) -> Vec<Noted> {
        let of = record.progress.iter().rev().filter(|(on, ..)| on.as_ref() == theme);
        of.map(|(_, level, on)| Noted { on: on.on, words: self.coded(level, |rule| &rule.levels) }).collect()
    }

    fn theme(&self, record: &WorkingRecord, theme: &Code) -> ThemeSays {
        let states = record.barriers.iter().rev().filter(|(of, ..)| of == theme);
        let state = |state: &Code| self.state(state, |rule| &rule.barrier_states);
        ThemeSays {
            theme: theme.clone(),
            barrier: self.theme_text(theme),
            states: states.map(|(_, code, on)| Noted { on: on.on, words: state(code) }).collect(),
            progress: self.progress(record, Some(theme)),
            goals: record
                .goals
                .iter()
                .filter(|goal| goal.theme == *theme)
                .map(|goal| self.goal(goal))
                .collect(),
        }
    }

    fn reason(&self, standing: &RecordStanding) -> Option<String> {
        standing.reason.as_ref().map(|code| self.coded(code, |rule| &rule.reasons))
    }

    fn goal(&self, goal: &Goal) -> GoalSays {
        let actions = goal.actions.iter().map(|action| ActionSays {
            id: action.id,
            words: self.coded(&action.of, |rule| &rule.actions),
            set_on: action.set.on,
            state: self.state(&action.standing.state, |rule| &rule.action_states),
            since: action.standing.since.on,
            reason: self.reason(&action.standing),
            closed: action.standing.closed,
            left: action.left,
        });
        GoalSays {
            id: goal.id,
            words: self.goal_text(&goal.coding, &goal.theme),
            coded: coded(&goal.coding),
            set_on: goal.set.on,
            state: self.state(&goal.standing.state, |rule| &rule.goal_states),
            since: goal.standing.since.on,
            reason: self.reason(&goal.standing),
            closed: goal.standing.closed,
            actions: actions.collect(),
        }
    }
}

/// A goal whose words its source does not give: what its theme is called there, and its code.
fn unnamed(list: Option<&Nomenclature>, theme: &Code, code: &Code, lang: Lang) -> Option<String> {
    let theme = list?.themes.iter().find(|one| one.theme == *theme)?;
    let lead = if lang == Lang::Fr { "objectif" } else { "goal" };
    Some(format!("{}, {lead} {code}", said(&theme.text, lang)))
}

/// A coding as it is sent and shown.
fn coded(coding: &Coding) -> String {
    format!("{}/{}/{}", coding.nomenclature, coding.version, coding.code)
}

/// What somebody in a role may choose, of the data that she may have.
pub(super) fn choices(
    rule: &RecordRule,
    (record, role): (&WorkingRecord, &Role),
    shown: FieldSet,
    lang: Lang,
) -> RecordChoices {
    let rules = [rule];
    let plain = |value: &Code, text: &Text, asks_reason: bool| RecordOption {
        value: value.to_string(),
        text: said(text, lang),
        theme: String::new(),
        group: String::new(),
        asks_reason,
    };
    let list = |list: &[Coded]| list.iter().map(|one| plain(&one.id, &one.text, false)).collect();
    let states = |states: &[RecordState], skip: usize| {
        states.iter().skip(skip).map(|one| plain(&one.id, &one.text, one.asks_reason)).collect()
    };
    let may = |theme: &Code, field| shown.contains(on_theme(&rules, theme, field));
    let (mut goals, mut skills) = (Vec::new(), Vec::new());
    for named in rule.nomenclatures.iter().filter(|one| one.is_of(role)) {
        let coding = |code: &Code| Coding {
            nomenclature: named.id.clone(),
            version: named.version.clone(),
            code: code.clone(),
        };
        // In the order of the themes, so that those of one stand together.
        for theme in rule.themes.iter().filter(|theme| may(&theme.id, Field::WorkingGoals)) {
            let free = named.goals.iter().filter(|goal| goal.theme == theme.id).filter(|goal| {
                let coding = coding(&goal.id);
                !record.goals.iter().any(|one| one.coding == coding && !one.standing.closed)
            });
            goals.extend(free.map(|goal| {
                let named_so = goal.text.as_ref().map(|text| said(text, lang));
                let text = named_so.or_else(|| unnamed(Some(named), &theme.id, &goal.id, lang));
                let value = coded(&coding(&goal.id));
                RecordOption {
                    text: text.unwrap_or_else(|| value.clone()),
                    value,
                    theme: theme.id.to_string(),
                    group: format!("{} ({})", said(&theme.text, lang), said(&named.text, lang)),
                    asks_reason: false,
                }
            }));
        }
        let free = named.skills.iter().filter(|skill| {
            let coding = coding(&skill.id);
            shown.contains(Field::WorkingSkills) && record.skills.iter().all(|(held, _)| *held != coding)
        });
        skills.extend(free.map(|skill| RecordOption {
            value: coded(&coding(&skill.id)),
            text: said(&skill.text, lang),
            theme: String::new(),
            group: String::new(),
            asks_reason: false,
        }));
    }
    let themes = rule.themes.iter().filter(|theme| may(&theme.id, Field::WorkingBarriers));
    RecordChoices {
        goals,
        actions: list(&rule.actions),
        // The first is that of what is new.
        goal_states: states(&rule.goal_states, 1),
        action_states: states(&rule.action_states, 1),
        barrier_states: states(&rule.barrier_states, 0),
        themes: themes.map(|theme| plain(&theme.id, &theme.text, false)).collect(),
        reasons: list(&rule.reasons),
        skills,
        levels: list(&rule.levels),
    }
}
