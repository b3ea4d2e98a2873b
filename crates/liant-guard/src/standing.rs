use std::collections::HashMap;
use std::sync::Arc;

use liant_convention::{Closable, Gate, Limit, Met, People, Reach, RecipientRule, Refusal, UseKind};
use liant_model::{Field, IdentityId, Instant, Source, Territory};

use crate::sealed::{GuardedFacts, Subject};
use crate::use_plan::UsePlan;

/// Which of the categories of people (*catégories de personnes*) that clauses are about someone belongs to. Nothing is
/// released of anybody without hers, and only [`Standings`] gives one: there is no standing by default.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Standing {
    /// Whose it is; none when a record of a file gave it, which then opens no sealed row.
    subject: Option<Subject>,
    /// The narrowest category; each lies within the one before it.
    narrowest: People,
    /// How near she stands to the actor.
    near: Reach,
    /// Whether her address is protected.
    address_protected: bool,
    /// What her rights close; none of nearly everyone.
    limits: Option<Arc<[Limit]>>,
}

impl Standing {
    /// Whether clauses about these people are about her.
    pub fn is_in(&self, people: People) -> bool {
        people <= self.narrowest
    }

    /// Whether it opens the same as the other, of whomever they are.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        let what = |one: &Self| (one.narrowest, one.near, one.address_protected);
        what(self) == what(other) && self.limits == other.limits
    }

    /// Whether a right of hers closes this release: her data have been restricted, or she objected.
    pub fn is_closed(&self, release: Closable<'_>) -> bool {
        self.limits().iter().any(|limit| limit.closes(release))
    }

    /// What her rights close.
    pub fn limits(&self) -> &[Limit] {
        self.limits.as_deref().unwrap_or_default()
    }

    /// How near she stands to the actor: clauses that reach less far are not about her.
    pub const fn near(&self) -> Reach {
        self.near
    }

    /// Whether her address is protected (*adresse protégée*), or nobody said that it is not.
    pub const fn is_address_protected(&self) -> bool {
        self.address_protected
    }

    /// The narrowest category that she belongs to: what the store needs to leave out of a list whom no clause is about.
    pub const fn narrowest(&self) -> People {
        self.narrowest
    }

    /// Whose it is.
    pub const fn subject(&self) -> Option<Subject> {
        self.subject
    }
}

/// Whose rights close some uses of their data now: restriction of processing, objection. The store tells; whoever asks for
/// [`Standings`] must have asked it.
#[derive(Clone, Debug, Default)]
pub struct Limits(HashMap<Subject, Arc<[Limit]>>);

impl Limits {
    /// Of these people.
    pub fn of(found: impl IntoIterator<Item = (Subject, Limit)>) -> Self {
        let mut by_subject: HashMap<Subject, Vec<Limit>> = HashMap::new();
        for (subject, limit) in found {
            by_subject.entry(subject).or_default().push(limit);
        }
        Self(by_subject.into_iter().map(|(subject, limits)| (subject, limits.into())).collect())
    }

    /// Of nobody: for work of the software's own that lets nothing out.
    pub fn not_asked() -> Self {
        Self::default()
    }

    fn get(&self, subject: Subject) -> Option<Arc<[Limit]>> {
        self.0.get(&subject).cloned()
    }
}

/// What the registers say of someone, as far as the rule asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Signs {
    /// The CNAF's stock holds her now.
    with_cnaf: bool,
    /// The CNAF gives her as one whom the RSA may be paid to: asker or spouse.
    may_receive: bool,
    /// By the rights that the CNAF's stock gives now, she is under rights and duties (CASF L.262-28).
    has_rights: bool,
    /// Where she stands in France Travail's stock, which is one of recipients.
    france_travail: Stock,
}

/// Where someone stands in a stock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Stock {
    /// It never held her.
    #[default]
    Unknown,
    /// It held her.
    Left,
    /// It holds her now.
    Held,
}

impl Signs {
    /// The rule. She is a recipient in course by the rights that the CNAF gives. Where the CNAF's stock does not hold
    /// her (it has not come yet, or another fund pays her), she is in course by being in France Travail's, which is by
    /// convention the stock of the recipients whom it registers (annexe 3, PECGM); when the CNAF does hold her, its
    /// word on her rights is the last. She is a recipient, in course or not, when the CNAF gives her as asker or
    /// spouse, or France Travail knows her.
    fn narrowest(self) -> People {
        let in_course = if self.with_cnaf { self.has_rights } else { self.france_travail == Stock::Held };
        if in_course {
            People::RsaRecipientInCourse
        } else if self.may_receive || self.france_travail != Stock::Unknown {
            People::RsaRecipient
        } else {
            People::Everyone
        }
    }
}

/// One source identity of the CNAF: what of the rule its blocks meet.
#[derive(Clone, Copy)]
struct Rights {
    identity: IdentityId,
    in_stock: bool,
    met: Met,
}

#[derive(Default)]
struct Known {
    signs: Signs,
    rights: Vec<Rights>,
    /// How near she stands to the actor; none when nobody said.
    near: Option<Reach>,
    /// Whether her address is protected; none when nobody said.
    address_protected: Option<bool>,
}

/// Finds the [`Standing`] of people from everything that the store holds of them. It is the software's own work: it
/// reads under the `[[use]]` clauses for `count`, keeps no value, and answers categories alone. What no such clause
/// lets it read makes nobody a recipient.
///
/// Give it every source identity of a person ([`Standings::hold`]) and every block ([`Standings::read`]), in any order.
pub struct Standings {
    count: UsePlan,
    rule: RecipientRule,
    known: HashMap<Subject, Known>,
    limits: Limits,
}

impl Standings {
    /// Begins with nobody; `limits` says whose rights close some uses.
    ///
    /// # Errors
    /// The gate's refusal, when no clause in force lets the software count people of any source.
    pub fn begin(
        gate: &Gate,
        rule: RecipientRule,
        (territory, now): (Territory, Instant),
        limits: Limits,
    ) -> Result<Self, Box<Refusal>> {
        let count = UsePlan::compile(gate, UseKind::Count, territory, now)?;
        Ok(Self { count, rule, known: HashMap::new(), limits })
    }

    /// Takes in that a source knows `subject` as `identity`, and whether its stock holds her now.
    pub fn hold(&mut self, subject: Subject, source: &Source, identity: IdentityId, in_stock: bool) {
        let counted = !self.count.fields(source).is_empty();
        let known = self.known.entry(subject).or_default();
        if *source == Source::CNAF {
            // Even where its facts may not be read: being in its stock says that another's word is not the last.
            known.signs.with_cnaf |= in_stock;
            known.change(identity, |rights| rights.in_stock |= in_stock);
        } else if *source == Source::FRANCE_TRAVAIL && counted {
            let stock = if in_stock { Stock::Held } else { Stock::Left };
            known.signs.france_travail = known.signs.france_travail.max(stock);
        }
    }

    /// Reads one block of `identity`, inside the guard.
    pub fn read(&mut self, identity: IdentityId, facts: &GuardedFacts) {
        if *facts.source() != Source::CNAF {
            return;
        }
        let rule = &self.rule;
        let said = self.count.read(facts, |reading| {
            let may_receive = reading
                .text(Field::HouseholdRole)
                .is_some_and(|role| rule.admits(Field::HouseholdRole, role));
            let met =
                reading.iter().fold(Met::default(), |met, (field, value)| met.and(rule.met(field, &value)));
            (may_receive, met)
        });
        let Some((may_receive, met)) = said else { return };
        let known = self.known.entry(facts.subject()).or_default();
        known.signs.may_receive |= may_receive;
        known.change(identity, |rights| rights.met = rights.met.and(met));
    }

    /// Takes in how near `subject` stands to the actor: in whose caseload, whose service. Of whom it is not said, she
    /// is one of the territory and no nearer.
    pub fn place(&mut self, subject: Subject, near: Reach) {
        let known = self.known.entry(subject).or_default();
        known.near = Some(known.near.map_or(near, |before| before.min(near)));
    }

    /// Takes in whether the address of `subject` is protected (*adresse protégée*). Of whom it is not said, it is.
    pub fn say_address(&mut self, subject: Subject, is_protected: bool) {
        let known = self.known.entry(subject).or_default();
        known.address_protected = Some(known.address_protected.unwrap_or_default() || is_protected);
    }

    /// The standing of someone: of one of whom nothing was taken in, that of anybody.
    pub fn of(&self, subject: Subject) -> Standing {
        let known = self.known.get(&subject);
        Standing {
            subject: Some(subject),
            narrowest: known.map_or(People::Everyone, |known| known.narrowest(&self.rule)),
            near: known.and_then(|known| known.near).unwrap_or(Reach::Territory),
            address_protected: known.and_then(|known| known.address_protected).unwrap_or(true),
            limits: self.limits.get(subject),
        }
    }

    /// Everyone taken in who belongs to the category.
    pub fn all_in(&self, people: People) -> impl Iterator<Item = Standing> {
        self.known.keys().map(|subject| self.of(*subject)).filter(move |standing| standing.is_in(people))
    }

    /// The standing that a record of a file gives whom it speaks of, by itself: the file is in the actor's hands, and
    /// who stands in it may be nobody whom the store knows. France Travail's records are of recipients; whether they
    /// are in course the CNAF may contradict, so they are not.
    ///
    /// Where she stands is not known, so that only clauses of the whole territory are about her. Whether her address is
    /// protected, the caller says, and who she is when it is someone whose rights close some uses.
    pub fn of_record<'v>(
        &self,
        source: &Source,
        value: &dyn Fn(Field) -> Option<&'v str>,
        (is_address_protected, limited): (bool, Option<Subject>),
    ) -> Standing {
        let counted = self.count.fields(source);
        let value = |field: Field| value(field).filter(|_| counted.contains(field));
        let from_cnaf = *source == Source::CNAF;
        let role = value(Field::HouseholdRole).filter(|_| from_cnaf);
        let signs = Signs {
            with_cnaf: true,
            may_receive: role.is_some_and(|role| self.rule.admits(Field::HouseholdRole, role)),
            has_rights: from_cnaf && self.rule.applies(&value),
            france_travail: if *source == Source::FRANCE_TRAVAIL && !counted.is_empty() {
                Stock::Left
            } else {
                Stock::Unknown
            },
        };
        let narrowest = signs.narrowest();
        Standing {
            subject: None,
            narrowest,
            near: Reach::Territory,
            address_protected: is_address_protected,
            limits: limited.and_then(|subject| self.limits.get(subject)),
        }
    }
}

impl Known {
    fn change(&mut self, identity: IdentityId, change: impl FnOnce(&mut Rights)) {
        let mut rights = Rights { identity, in_stock: false, met: Met::default() };
        if let Some(known) = self.rights.iter_mut().find(|one| one.identity == identity) {
            change(known);
        } else {
            change(&mut rights);
            self.rights.push(rights);
        }
    }

    fn narrowest(&self, rule: &RecipientRule) -> People {
        let has_rights = self.rights.iter().any(|one| one.in_stock && rule.holds(one.met));
        Signs { has_rights, ..self.signs }.narrowest()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_stands_where() {
        use People::{Everyone, RsaRecipient, RsaRecipientInCourse};
        // At the CNAF: absent, held as asker or spouse with rights or without, held as a child, gone.
        let cnaf = [
            ("nothing", (false, false, false)),
            ("asker with rights", (true, true, true)),
            ("asker without rights", (true, true, false)),
            ("child", (true, false, false)),
            ("asker who left", (false, true, false)),
        ];
        let stocks = [Stock::Unknown, Stock::Left, Stock::Held];
        let expected = [
            [Everyone, RsaRecipient, RsaRecipientInCourse],
            [RsaRecipientInCourse; 3],
            [RsaRecipient; 3],
            [Everyone, RsaRecipient, RsaRecipient],
            [RsaRecipient, RsaRecipient, RsaRecipientInCourse],
        ];
        for ((case, (with_cnaf, may_receive, has_rights)), expected) in cnaf.into_iter().zip(expected) {
            for (france_travail, expected) in stocks.into_iter().zip(expected) {
                let signs = Signs { with_cnaf, may_receive, has_rights, france_travail };
                assert_eq!(signs.narrowest(), expected, "CNAF: {case}; France Travail: {france_travail:?}");
            }
        }
    }

    #[test]
    fn categories_lie_within_each_other() {
        let all = [People::Everyone, People::RsaRecipient, People::RsaRecipientInCourse];
        for (place, narrowest) in all.into_iter().enumerate() {
            let standing = Standing {
                subject: None,
                narrowest,
                near: Reach::Territory,
                address_protected: false,
                limits: None,
            };
            assert_eq!(all.map(|people| standing.is_in(people)), [0, 1, 2].map(|other| other <= place));
        }
    }
}
