//! What was typed on the form of an act, as it is asked of the programme.

use liant_app::casework::{Asked, Code, Colleague, Entry, Kind, Means, Met, Outcome, Proposed};
use liant_convention::Length;
use liant_model::{Date, OrganisationId, Role, Time};

use super::deed::Deed;
use super::fields;

/// The pairs of a form, or of none yet.
#[derive(Default)]
pub(super) struct Typed(pub(super) Vec<(String, String)>);

/// What lacks: a field, and what is said of it.
pub(super) type Wrong = (&'static str, &'static str);

impl Typed {
    pub(super) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
    }

    /// Whether a box was ticked, or an answer chosen.
    pub(super) fn holds(&self, name: &str, value: &str) -> bool {
        self.0.iter().any(|(known, held)| known == name && held == value)
    }

    /// Whether the liaison form is filled in here.
    pub(super) fn goes_on_a_form(&self) -> bool {
        self.holds("form", "here")
    }

    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn codes(&self, name: &str) -> Vec<Code> {
        self.all(name).filter_map(|code| Code::parse(code).ok()).collect()
    }

    fn roles(&self, name: &str) -> Vec<Role> {
        self.all(name).filter_map(|role| Role::parse(role).ok()).collect()
    }

    fn code(&self, name: &'static str) -> Result<Code, Wrong> {
        Code::parse(self.get(name)).map_err(|_| (name, "casework-wrong-choose"))
    }

    fn length(&self, name: &'static str) -> Result<Length, Wrong> {
        let length = self.get(name).replace('-', " ");
        length.parse().map_err(|_| (name, "casework-wrong-choose"))
    }

    /// The three fields of a day.
    pub(super) fn parts(&self, name: &str) -> [&str; 3] {
        let part = |end: &str| {
            let found = self.0.iter().find(|(known, _)| {
                known.strip_prefix(name).and_then(|rest| rest.strip_prefix('-')) == Some(end)
            });
            found.map_or("", |(_, value)| value.trim())
        };
        [part("day"), part("month"), part("year")]
    }

    /// The day of these fields.
    pub(super) fn day(&self, name: &'static str) -> Result<Date, Wrong> {
        let [day, month, year] = self.parts(name);
        let wrong = (name, "casework-wrong-day");
        let (Ok(year), Ok(month), Ok(day)) = (year.parse(), month.parse(), day.parse()) else {
            return Err(wrong);
        };
        Date::new(year, month, day).map_err(|_| wrong)
    }

    /// A professional, with the organisation that she acts for: they come as one value.
    pub(super) fn colleague(&self, name: &'static str) -> Result<Colleague, Wrong> {
        let found = self.get(name).split_once(' ').and_then(|(account, organisation)| {
            Some(Colleague { account: account.parse().ok()?, organisation: organisation.parse().ok()? })
        });
        found.ok_or((name, "casework-wrong-colleague"))
    }

    /// Where a form goes: nowhere said, an organisation, or someone of one.
    fn addressee(&self) -> (Option<OrganisationId>, Option<Colleague>) {
        match self.colleague("to") {
            Ok(colleague) => (Some(colleague.organisation), Some(colleague)),
            Err(_) => (self.get("to").parse().ok(), None),
        }
    }

    /// What is asked of the programme, or what lacks.
    pub(super) fn asked(&self, deed: &Deed<'_>) -> Result<Vec<Asked>, Vec<Wrong>> {
        let one = |asked: Result<Asked, Wrong>| asked.map(|one| vec![one]).map_err(|wrong| vec![wrong]);
        let role = || deed.role.clone().ok_or(("who", "casework-wrong-choose"));
        let only = || deed.only_code().ok_or(("code", "casework-wrong-choose"));
        match deed.kind {
            Kind::GiveConsent => one(only().map(Asked::GiveConsent)),
            Kind::WithdrawConsent => one(only().map(Asked::WithdrawConsent)),
            Kind::Propose | Kind::Forward => self.proposal(deed),
            Kind::Accept => Ok(vec![Asked::Accept]),
            Kind::Refuse => one(self.code("code").map(Asked::Refuse)),
            Kind::Drop => one(self.code("code").map(Asked::Drop)),
            Kind::Withdraw => Ok(vec![Asked::Withdraw]),
            Kind::Enter => self.entry(deed),
            Kind::Record => one(self.record(deed)),
            Kind::Name => one(role().and_then(|role| Ok(Asked::Name(role, self.colleague("who")?)))),
            Kind::HandOver => one(role().and_then(|role| {
                let from = deed.holder().ok_or(("who", "casework-wrong-choose"))?;
                Ok(Asked::HandOver { role, from, to: self.colleague("who")? })
            })),
            Kind::Leave => one(role().and_then(|role| {
                let who = deed.holder().ok_or(("who", "casework-wrong-choose"))?;
                Ok(Asked::Leave(role, who))
            })),
            Kind::Extend => one(self.length("code").map(Asked::Extend)),
            Kind::FollowIntoWork => one(self.day("until").map(Asked::FollowIntoWork)),
            Kind::Sign => self.contract(deed),
            Kind::Fix => match (self.code("code"), self.met(deed)) {
                (Ok(act), Ok(met)) => Ok(vec![Asked::Fix { act, met }]),
                (act, met) => Err(act.err().into_iter().chain(met.err().unwrap_or_default()).collect()),
            },
            Kind::Move => self.met(deed).and_then(|met| {
                let id = deed.appointment.ok_or_else(|| vec![("on", "casework-wrong-choose")])?;
                Ok(vec![Asked::Move(id, met)])
            }),
            Kind::Cancel => one(deed.appointment.map(Asked::Cancel).ok_or(("day", "casework-wrong-choose"))),
            Kind::Settle => one(only().and_then(|act| {
                let appointment = Some(deed.appointment.ok_or(("outcome", "casework-wrong-choose"))?);
                Ok(Asked::Record { act, outcome: self.outcome(), means: None, appointment })
            })),
            Kind::Orient => one(self.code("code").and_then(|code| {
                let nature = code.as_str().parse().map_err(|_| ("code", "casework-wrong-choose"))?;
                Ok(Asked::Orient(nature, Code::parse(self.get("reason")).ok()))
            })),
            Kind::EndRight => Ok(vec![Asked::EndRight]),
            Kind::ResumeRight => Ok(vec![Asked::ResumeRight]),
            Kind::End => one(self
                .code("code")
                .map(|exit| Asked::End { exit, next: Code::parse(self.get("next")).ok() })),
        }
    }

    fn proposal(&self, deed: &Deed<'_>) -> Result<Vec<Asked>, Vec<Wrong>> {
        let Some(to) = deed.role.clone() else { return Err(vec![("to", "casework-wrong-choose")]) };
        let consent = deed.consent();
        if consent.is_some() && !self.holds("consent", "1") {
            return Err(vec![("consent", "casework-wrong-consent")]);
        }
        if deed.read.has_form && !self.goes_on_a_form() && !self.holds("form", "paper") {
            return Err(vec![("form", "liaison-wrong-way")]);
        }
        let (organisation, colleague) = self.addressee();
        let proposed = Proposed {
            to,
            organisation,
            account: colleague.map(|one| one.account),
            declared: self.codes("declared"),
            zone: Code::parse(self.get("zone")).ok(),
            confirmed_by: self.roles("agreed"),
            form: None,
        };
        let form =
            if deed.kind == Kind::Forward { Asked::Forward(proposed) } else { Asked::Propose(proposed) };
        Ok(consent.map(Asked::GiveConsent).into_iter().chain([form]).collect())
    }

    fn entry(&self, deed: &Deed<'_>) -> Result<Vec<Asked>, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let length = deed
            .programme
            .duration
            .as_ref()
            .and_then(|_| self.length("code").map_err(|lacks| wrong.push(lacks)).ok());
        let mut referents = Vec::new();
        for role in deed.names() {
            let name = fields::place_of(role);
            match self.colleague(name) {
                Ok(colleague) => referents.push((role.clone(), colleague)),
                Err(lacks) => wrong.push(lacks),
            }
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let entry =
            Entry { length, declared: self.codes("declared"), referents, agreed_by: self.roles("agreed") };
        Ok(vec![Asked::Enter(entry)])
    }

    fn record(&self, deed: &Deed<'_>) -> Result<Asked, Wrong> {
        let act = self.code("code")?;
        let meets = deed.programme.act(&act).is_some_and(|rule| rule.meets);
        let outcome = self.outcome();
        let means = self.means(meets && outcome == Outcome::Kept)?;
        Ok(Asked::Record { act, outcome, means, appointment: None })
    }

    fn outcome(&self) -> Outcome {
        match self.get("outcome") {
            "missed" => Outcome::Missed,
            "excused" => Outcome::Excused,
            _ => Outcome::Kept,
        }
    }

    /// When, how, where and with whom.
    fn met(&self, deed: &Deed<'_>) -> Result<Met, Vec<Wrong>> {
        let (on, hour, means) = (self.day("on"), self.hour("hour"), self.means(true));
        let place = Code::parse(self.get("place")).map_err(|_| ("place", "casework-wrong-choose"));
        let with = if self.get("who").is_empty() { Ok(deed.me) } else { self.colleague("who") };
        match (on, hour, means, place, with) {
            (Ok(on), Ok(hour), Ok(Some(means)), Ok(place), Ok(with)) => {
                Ok(Met { at: on.to_datetime(hour), means, place, with })
            }
            (on, hour, means, place, with) => {
                Err([on.err(), hour.err(), means.err(), place.err(), with.err()]
                    .into_iter()
                    .flatten()
                    .collect())
            }
        }
    }

    /// An hour of the day: `14:30`, `14h30`, `14 h`, `9`.
    fn hour(&self, name: &'static str) -> Result<Time, Wrong> {
        let wrong = (name, "meet-wrong-hour");
        let typed: String = self.get(name).to_lowercase().split_whitespace().collect();
        let (hour, minute) = typed.split_once([':', 'h', '.']).unwrap_or((&typed, ""));
        let minute = if minute.is_empty() { "0" } else { minute };
        let number = |text: &str| {
            let digits = (1..=2).contains(&text.len()) && text.bytes().all(|sign| sign.is_ascii_digit());
            if digits { text.parse::<i8>().map_err(|_| wrong) } else { Err(wrong) }
        };
        Time::new(number(hour)?, number(minute)?, 0, 0).map_err(|_| wrong)
    }

    /// How they met: of a meeting that took place it is said by whoever records it, never for her.
    fn means(&self, met: bool) -> Result<Option<Means>, Wrong> {
        match self.get("means") {
            _ if !met => Ok(None),
            "in-person" => Ok(Some(Means::InPerson)),
            "phone" => Ok(Some(Means::Phone)),
            "video" => Ok(Some(Means::Video)),
            _ => Err(("means", "casework-wrong-choose")),
        }
    }

    fn contract(&self, deed: &Deed<'_>) -> Result<Vec<Asked>, Vec<Wrong>> {
        let form = self.code("code").map_err(|wrong| vec![wrong])?;
        let length = self.length("length").map_err(|wrong| vec![wrong])?;
        let rule = deed.programme.contract.as_ref();
        let names = rule.and_then(|rule| rule.forms.iter().find(|one| one.id == form)?.names.clone());
        Ok(vec![Asked::Sign { form, length, who: names.map(|_| deed.me) }])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        Typed(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn a_day_is_three_fields_of_its_name() {
        let good =
            typed(&[("day-day", "1"), ("day-month", " 12 "), ("day-year", "2026"), ("until-day", "9")]);
        assert_eq!(good.day("day"), Ok(Date::constant(2026, 12, 1)));
        assert_eq!(good.parts("until"), ["9", "", ""]);
        let wrong = ("day", "casework-wrong-day");
        for [day, month, year] in [["31", "2", "2026"], ["", "", ""], ["x", "1", "2026"], ["1", "13", "2026"]]
        {
            let bad = typed(&[("day-day", day), ("day-month", month), ("day-year", year)]);
            assert_eq!(bad.day("day"), Err(wrong), "{day} {month} {year}");
        }
    }

    #[test]
    fn codes_lengths_and_colleagues_are_read_or_asked_for() {
        let (account, organisation) =
            ("01a20000-0000-7000-8000-000000000001", "01a20000-0000-7000-8000-000000000002");
        let both = format!("{account} {organisation}");
        let form =
            typed(&[("code", "6-months"), ("who", &both), ("declared", "volunteer"), ("declared", "No!")]);
        assert_eq!(form.length("code"), Ok("6 months".parse().unwrap()));
        assert_eq!(form.colleague("who").unwrap().organisation, organisation.parse().unwrap());
        assert_eq!(form.codes("declared"), vec![Code::parse("volunteer").unwrap()]);
        let nothing = typed(&[]);
        assert_eq!(nothing.code("code"), Err(("code", "casework-wrong-choose")));
        assert_eq!(nothing.length("code"), Err(("code", "casework-wrong-choose")));
        assert_eq!(nothing.colleague("who").err(), Some(("who", "casework-wrong-colleague")));
    }

    #[test]
    fn an_hour_is_typed_as_people_write_it() {
        for (text, expected) in [
            ("14:30", Some((14, 30))),
            ("14h30", Some((14, 30))),
            (" 14 H 30 ", Some((14, 30))),
            ("9", Some((9, 0))),
            ("9h", Some((9, 0))),
            ("09.05", Some((9, 5))),
            ("0:00", Some((0, 0))),
            ("24:00", None),
            ("14:60", None),
            ("14:3O", None),
            ("-1:00", None),
            ("", None),
            ("midi", None),
            ("14:30:00", None),
        ] {
            let hour = typed(&[("hour", text)]).hour("hour").ok();
            assert_eq!(hour.map(|hour| (hour.hour(), hour.minute())), expected, "{text}");
        }
    }

    #[test]
    fn how_they_met_is_chosen_where_they_met_and_nowhere_else() {
        for (typed, met, expected) in [
            (typed(&[("means", "phone")]), true, Ok(Some(Means::Phone))),
            (typed(&[("means", "in-person")]), true, Ok(Some(Means::InPerson))),
            (typed(&[]), true, Err(("means", "casework-wrong-choose"))),
            (typed(&[("means", "letter")]), true, Err(("means", "casework-wrong-choose"))),
            (typed(&[("means", "phone")]), false, Ok(None)),
            (typed(&[]), false, Ok(None)),
        ] {
            assert_eq!(typed.means(met), expected, "{:?}", typed.0);
        }
    }

    #[test]
    fn a_form_goes_to_an_organisation_to_someone_of_it_or_where_nothing_is_said() {
        let (account, organisation) =
            ("01a20000-0000-7000-8000-000000000001", "01a20000-0000-7000-8000-000000000002");
        assert_eq!(typed(&[]).addressee(), (None, None));
        let whole = typed(&[("to", organisation)]);
        assert_eq!(whole.addressee(), (Some(organisation.parse().unwrap()), None));
        let one = typed(&[("to", &format!("{account} {organisation}"))]);
        let (place, colleague) = one.addressee();
        assert_eq!(place, Some(organisation.parse().unwrap()));
        assert_eq!(colleague.map(|one| one.account), Some(account.parse().unwrap()));
    }
}
