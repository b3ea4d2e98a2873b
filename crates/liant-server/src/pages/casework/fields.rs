//! The form of each kind of act: a day, codes to choose, boxes to tick, colleagues. There is no place for a phrase.

use liant_app::casework::{Because, Kind, Means, Suggested};
use liant_convention::{Length, Unit};
use liant_model::{Date, Role};

use super::deed::Deed;
use super::path;
use super::typed::{Typed, Wrong};
use super::words;
use crate::components::{Choice, Field};
use crate::words::Words;

/// The field in which someone of a role is chosen.
pub(super) fn place_of(role: &Role) -> &'static str {
    match role.as_str() {
        "adviser" => "adviser",
        "social_referent" => "social-referent",
        "caf_worker" => "caf-worker",
        _ => "other-referent",
    }
}

/// What a form is made with.
pub(super) struct Making<'a> {
    pub(super) w: Words,
    pub(super) deed: &'a Deed<'a>,
    pub(super) typed: &'a Typed,
    pub(super) wrong: &'a [Wrong],
}

/// The fields of a form.
pub(super) fn of(make: &Making<'_>) -> Vec<Field> {
    let mut fields = match make.deed.kind {
        Kind::Propose | Kind::Forward => make.proposal(),
        Kind::Enter => make.entry(),
        Kind::Record => make.record(),
        Kind::Name | Kind::HandOver => make.colleague("who", make.deed.role.as_ref()).into_iter().collect(),
        Kind::Refuse | Kind::Drop => vec![make.codes("casework-reason")],
        Kind::Extend => vec![make.codes("casework-length")],
        Kind::FollowIntoWork => vec![make.day("until", "casework-until", None)],
        Kind::Sign => make.contract(),
        Kind::Fix | Kind::Move => make.meeting(),
        Kind::Settle => vec![make.outcome()],
        Kind::Orient => make.orientation(),
        Kind::End => make.end(),
        _ => Vec::new(),
    };
    if !path::is_said_today(make.deed.kind) {
        fields.push(make.day("day", "casework-day", Some(make.w.today())));
    }
    fields
}

impl Making<'_> {
    fn error(&self, name: &str) -> Option<String> {
        let found = self.wrong.iter().find(|(field, _)| *field == name);
        found.map(|(_, key)| self.w.say(key).into())
    }

    fn day(&self, name: &'static str, label: &'static str, usual: Option<Date>) -> Field {
        let typed = self.typed.parts(name);
        let usual = usual.filter(|_| self.typed.0.is_empty());
        let usual = usual.map(|day| [day.day().to_string(), day.month().to_string(), day.year().to_string()]);
        let shown = match &usual {
            Some([day, month, year]) => [day.as_str(), month.as_str(), year.as_str()],
            None => typed,
        };
        Field::day(self.w, name, self.w.say(label), shown).error(self.error(name))
    }

    /// One answer among those that may be given today.
    fn codes(&self, label: &'static str) -> Field {
        let w = self.w;
        let open = self.deed.choices.iter().filter(|choice| choice.refusal.is_none());
        let open: Vec<_> = open.filter_map(|choice| Some((choice, choice.code.as_ref()?))).collect();
        let alone = open.len() == 1;
        let choices = open.into_iter().map(|(choice, code)| {
            let label = path::about(w, choice, self.deed.natures).unwrap_or_else(|| code.to_string());
            let is_chosen = alone || self.typed.holds("code", code.as_str());
            Choice::new(code.as_str(), words::capital(&label)).chosen(is_chosen)
        });
        Field::one_of(w, "code", w.say(label), choices.collect()).error(self.error("code"))
    }

    /// Someone of a role: the best to take the next person first, each with why.
    fn colleague(&self, name: &'static str, role: Option<&Role>) -> Option<Field> {
        let (w, role) = (self.w, role?);
        let holder = self.deed.holder();
        let there = self.deed.colleagues(role).iter().filter(|one| Some(one.who.account) != holder);
        let mut choices = vec![Choice::new("", w.say("casework-choose"))];
        choices.extend(there.map(|one| {
            let value = format!("{} {}", one.who.account, one.who.organisation);
            let is_mine = self.typed.0.is_empty() && one.who.account == self.deed.me.account;
            let is_chosen = is_mine || self.typed.holds(name, &value);
            Choice::new(value, suggested(w, one)).chosen(is_chosen)
        }));
        let label = words::capital(&self.deed.role_text(w, role));
        let hint = w.say("casework-suggested");
        Some(Field::one_of_many(w, name, label, choices).hint(hint).error(self.error(name)))
    }

    /// Where a form goes.
    fn addressee(&self, role: &Role) -> Field {
        let w = self.w;
        let chosen = |value: &str| self.typed.holds("to", value);
        let first = if role.as_str() == "local_service_head" {
            w.say("casework-to-service")
        } else {
            w.say("casework-choose")
        };
        let mut choices = vec![Choice::new("", first)];
        let mut places: Vec<(String, &str)> = Vec::new();
        for one in self.deed.colleagues(role) {
            let place = (one.who.organisation.to_string(), one.who.organisation_name.as_str());
            if !places.contains(&place) {
                places.push(place);
            }
        }
        for (id, name) in places {
            let is_chosen = chosen(&id);
            let of_it =
                self.deed.colleagues(role).iter().filter(|one| one.who.organisation.to_string() == id);
            let people = of_it.map(|one| {
                let value = format!("{} {}", one.who.account, one.who.organisation);
                let is_chosen = chosen(&value);
                Choice::new(value, format!("{name} – {}", one.who.name)).chosen(is_chosen)
            });
            let people: Vec<Choice> = people.collect();
            choices.push(Choice::new(id, w.say("casework-to-anyone").text("place", name)).chosen(is_chosen));
            choices.extend(people);
        }
        let label = w.say("casework-to").text("role", self.deed.role_text(w, role));
        Field::one_of_many(w, "to", label, choices).hint(w.say("casework-to-hint")).error(self.error("to"))
    }

    fn proposal(&self) -> Vec<Field> {
        let (w, mut fields) = (self.w, Vec::new());
        if self.deed.consent().is_some() {
            let tick = Choice::new("1", w.say("casework-consent-tick"));
            let tick = tick.chosen(self.typed.holds("consent", "1"));
            fields.push(
                Field::any_of(w, "consent", w.say("casework-consent"), vec![tick])
                    .hint(w.say("casework-consent-hint"))
                    .error(self.error("consent")),
            );
        }
        fields.extend(self.deed.role.as_ref().map(|role| self.addressee(role)));
        fields.extend(self.declared());
        let zones = self.deed.zones();
        if !zones.is_empty() {
            let zone = |zone: &String| {
                let label = words::capital(&zone.replace('-', " "));
                Choice::new(zone, label).chosen(self.typed.holds("zone", zone))
            };
            // Where every route is a part of an experiment there is nothing outside it.
            let outside = if self.deed.goes_outside() { "casework-no-zone" } else { "casework-choose" };
            let mut choices = vec![Choice::new("", w.say(outside))];
            choices.extend(zones.iter().map(zone));
            fields.push(Field::one_of_many(w, "zone", w.say("casework-zone"), choices));
        }
        fields.extend(self.agreed(&self.deed.confirms()));
        fields.extend(self.deed.read.has_form.then(|| self.way()));
        fields
    }

    /// Whether the liaison form is filled in here.
    fn way(&self) -> Field {
        let w = self.w;
        let all = [
            ("here", "liaison-way-here", "liaison-way-here-hint"),
            ("paper", "liaison-way-paper", "liaison-way-paper-hint"),
        ];
        let choices = all.map(|(value, key, hint)| {
            Choice::new(value, w.say(key)).hint(w.say(hint)).chosen(self.typed.holds("form", value))
        });
        Field::one_of(w, "form", w.say("liaison-way"), choices.into()).error(self.error("form"))
    }

    /// What no register tells: boxes to tick.
    fn declared(&self) -> Option<Field> {
        let w = self.w;
        let tick = |(code, text): &(String, String)| {
            Choice::new(code, words::capital(text)).chosen(self.typed.holds("declared", code))
        };
        let choices: Vec<Choice> = self.deed.declared.iter().map(tick).collect();
        let field = Field::any_of(w, "declared", w.say("casework-declared"), choices);
        (!self.deed.declared.is_empty()).then(|| field.hint(w.say("casework-declared-hint")))
    }

    /// Roles that agree beside the actor's.
    fn agreed(&self, roles: &[Role]) -> Option<Field> {
        let w = self.w;
        let tick = |role: &Role| {
            let label = words::capital(&self.deed.role_text(w, role));
            Choice::new(role.as_str(), label).chosen(self.typed.holds("agreed", role.as_str()))
        };
        let choices: Vec<Choice> = roles.iter().map(tick).collect();
        (!choices.is_empty()).then(|| Field::any_of(w, "agreed", w.say("casework-agreed"), choices))
    }

    fn entry(&self) -> Vec<Field> {
        let (w, mut fields) = (self.w, Vec::new());
        if let Some(rule) = &self.deed.programme.duration {
            let choice = |length: &Length| {
                let code = format!("{}-{}", length.count, length.unit.as_str());
                let is_chosen = self.typed.holds("code", &code);
                Choice::new(code, in_words(w, *length)).chosen(is_chosen)
            };
            let choices = rule.initial.iter().map(choice).collect();
            fields
                .push(Field::one_of(w, "code", w.say("casework-length"), choices).error(self.error("code")));
        }
        for role in self.deed.names() {
            fields.extend(self.colleague(place_of(role), Some(role)));
        }
        fields.extend(self.declared());
        fields.extend(self.agreed(&self.deed.agrees_on_length()));
        fields
    }

    fn record(&self) -> Vec<Field> {
        let w = self.w;
        let choice = |value: &'static str, key| {
            Choice::new(value, w.say(key)).chosen(self.typed.holds("means", value))
        };
        let mut fields = vec![self.codes("casework-act")];
        if self.deed.meets() {
            let means = vec![
                choice("in-person", "casework-in-person"),
                choice("phone", "casework-phone"),
                choice("video", "casework-video"),
            ];
            fields.push(self.outcome());
            fields.push(
                Field::one_of(w, "means", w.say("casework-means"), means)
                    .hint(w.say("casework-means-hint"))
                    .error(self.error("means")),
            );
        }
        fields
    }

    /// What became of something that was arranged.
    fn outcome(&self) -> Field {
        let w = self.w;
        let usual = |value: &str| value == "kept" && self.typed.get("outcome").is_empty();
        let all = [("kept", "casework-kept"), ("missed", "casework-missed"), ("excused", "casework-excused")];
        let choices = all.map(|(value, key)| {
            Choice::new(value, w.say(key)).chosen(self.typed.holds("outcome", value) || usual(value))
        });
        Field::one_of(w, "outcome", w.say("casework-outcome"), choices.into())
    }

    /// When, how, where and with whom an appointment is; of one that is moved, as it was unless said.
    fn meeting(&self) -> Vec<Field> {
        let (w, mut fields) = (self.w, Vec::new());
        let before = self.deed.view.appointments.iter().find(|one| Some(one.id) == self.deed.appointment);
        let is_new = self.typed.0.is_empty();
        if self.deed.kind == Kind::Fix {
            fields.push(self.codes("meet-act"));
        }
        fields.push(self.day("on", "meet-on", before.map(|one| one.at.date())));
        let hour = before.filter(|_| is_new).map(|one| one.at.strftime("%H:%M").to_string());
        fields.push(
            Field::line(w, "hour", w.say("meet-hour"))
                .hint(w.say("meet-hour-hint"))
                .value(hour.unwrap_or_else(|| self.typed.get("hour").to_owned()))
                .wide(5)
                .error(self.error("hour")),
        );
        let usual = before.map_or(Means::InPerson, |one| one.means);
        let all = [("in-person", Means::InPerson), ("phone", Means::Phone), ("video", Means::Video)];
        let means = all.map(|(value, means)| {
            let is_chosen = self.typed.holds("means", value) || (is_new && means == usual);
            Choice::new(value, words::means(w, means)).chosen(is_chosen)
        });
        fields.push(Field::one_of(w, "means", w.say("meet-means"), means.into()).error(self.error("means")));
        let alone = self.deed.places().len() == 1;
        let was = before.and_then(|one| one.place.as_ref()).map(|(name, ..)| name.clone());
        let mut places = if alone { Vec::new() } else { vec![Choice::new("", w.say("casework-choose"))] };
        places.extend(self.deed.places().iter().map(|(code, name)| {
            let is_before = is_new && was.as_ref().is_some_and(|was| name.starts_with(was.as_str()));
            Choice::new(code, name).chosen(alone || is_before || self.typed.holds("place", code))
        }));
        fields.push(
            Field::one_of_many(w, "place", w.say("meet-place"), places)
                .hint(w.say("meet-place-hint"))
                .error(self.error("place")),
        );
        let there = self.deed.beside_me();
        if there.len() > 1 {
            let choices = there.iter().map(|one| {
                let value = format!("{} {}", one.who.account, one.who.organisation);
                let is_me = is_new && one.who.account == self.deed.me.account;
                Choice::new(value.clone(), one.who.name.clone())
                    .chosen(is_me || self.typed.holds("who", &value))
            });
            fields.push(
                Field::one_of_many(w, "who", w.say("meet-with"), choices.collect()).error(self.error("who")),
            );
        }
        fields
    }

    fn contract(&self) -> Vec<Field> {
        let w = self.w;
        let most = self.deed.programme.contract.as_ref().map(|rule| rule.most);
        let months = most.filter(|most| most.unit == Unit::Months).map_or(0, |most| most.count);
        let length = |count| {
            let code = format!("{count}-months");
            let is_chosen = self.typed.holds("length", &code) || (self.typed.0.is_empty() && count == months);
            Choice::new(code, w.say("casework-months").with("count", u64::from(count))).chosen(is_chosen)
        };
        let choices = (1..=months).map(length).collect();
        let length = Field::one_of_many(w, "length", w.say("casework-length"), choices);
        vec![self.codes("casework-form"), length.error(self.error("length"))]
    }

    fn orientation(&self) -> Vec<Field> {
        let w = self.w;
        let reasons = self.deed.programme.orientation.iter().flat_map(|rule| &rule.reasons);
        let mut choices = vec![Choice::new("", w.say("casework-no-reason"))];
        choices.extend(reasons.map(|reason| {
            let label = words::capital(&words::said(w, &reason.text));
            Choice::new(reason.id.as_str(), label).chosen(self.typed.holds("reason", reason.id.as_str()))
        }));
        let reason = Field::one_of_many(w, "reason", w.say("casework-orient-reason"), choices);
        vec![self.codes("casework-nature"), reason]
    }

    fn end(&self) -> Vec<Field> {
        let (w, mut fields) = (self.w, vec![self.codes("casework-exit")]);
        if self.deed.programme.ending.says_next {
            let mut choices = vec![Choice::new("", w.say("casework-choose"))];
            choices.extend(self.deed.titles().into_iter().map(|(code, title)| {
                let is_chosen = self.typed.holds("next", &code);
                Choice::new(code, title).chosen(is_chosen)
            }));
            fields.push(Field::one_of_many(w, "next", w.say("casework-next"), choices));
        }
        fields
    }
}

/// A length of time.
fn in_words(w: Words, length: Length) -> String {
    let count = u64::from(length.count);
    match length.unit {
        Unit::Months => w.say("casework-months").with("count", count),
        Unit::Years => w.say("casework-years").with("count", count),
        Unit::Days | Unit::Hours => w.say("casework-days").with("count", count),
    }
    .into()
}

/// Someone who could take the next person, with why she.
pub(super) fn suggested(w: Words, one: &Suggested) -> String {
    let reasons = one.because.iter().map(|because| reason(w, *because)).collect::<Vec<_>>().join(", ");
    format!("{} – {} ({reasons})", one.who.name, one.who.organisation_name)
}

/// Why she.
pub(super) fn reason(w: Words, because: Because) -> String {
    let of = |key, count: u32| w.say(key).with("count", u64::from(count));
    match because {
        Because::SameZone => w.say("casework-because-zone"),
        Because::OtherZone => w.say("casework-because-other-zone"),
        Because::Skills(count) => of("casework-because-skills", count),
        Because::Room(count) => of("casework-because-room", count),
        Because::Full => w.say("casework-because-full"),
        Because::BelowLeast(count) => of("casework-because-below", count),
        Because::People(count) => of("casework-because-people", count),
    }
    .into()
}
