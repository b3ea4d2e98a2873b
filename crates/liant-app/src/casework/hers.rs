//! A person's path in words, for herself and for whoever answers her request (*droit d'accès*, GDPR art. 15).

use liant_casework::{Happened, Programmes, standing};
use liant_model::{AccountId, Date, Instant, Lang, PersonId, Source};
use liant_store::{NewForm, Snapshot, StoreError};

use super::held::Held;
use super::{Coming, HerForm, HerPaper, HerRecord, REGISTERS, her_forms, to_come, words};
use crate::{AppError, Context, Workplace, trail};

/// Something that happened, in words.
pub(crate) struct Told {
    pub(crate) on: Date,
    pub(crate) at: Instant,
    /// The register that it is in.
    pub(crate) register: Source,
    /// In what role it was recorded.
    pub(crate) by: String,
    pub(crate) programme: String,
    pub(crate) words: String,
}

/// A path, of which nothing is told yet.
pub(crate) struct Hers {
    held: Held,
    forms: Vec<NewForm>,
}

impl Hers {
    /// Reads it.
    pub(crate) fn read(snapshot: &mut Snapshot<'_>, person: PersonId) -> Result<Self, StoreError> {
        let held = Held::read(snapshot.casework_of(person)?)?;
        Ok(Self { held, forms: snapshot.liaison_forms_of(person)? })
    }

    /// The registers that it is in.
    pub(crate) fn registers(&self) -> Vec<Source> {
        let of = |source: &Source| self.held.rows.0.iter().any(|row| row.event.register == *source);
        REGISTERS.into_iter().filter(of).collect()
    }

    /// How many events a register has of it.
    pub(crate) fn count(&self, register: &Source) -> usize {
        self.held.rows.0.iter().filter(|row| row.event.register == *register).count()
    }

    /// Her appointments to come.
    pub(crate) fn to_come(
        &self,
        context: &Context<'_>,
        workplace: &Workplace,
        programmes: &Programmes,
    ) -> Result<Vec<Coming>, AppError> {
        let actors: Vec<String> = standing(programmes, &self.held.path)
            .into_iter()
            .map(|(_, one)| one.meeting.with.to_string())
            .collect();
        let names = trail::names(workplace, context.territory, &actors)?;
        let named = |who: AccountId| names.get(&who.to_string()).cloned().unwrap_or_default();
        Ok(to_come(workplace, (programmes, &self.held, context.now()), &named))
    }

    /// The liaison forms that were filled in here, the latest first.
    pub(crate) fn forms(
        &self,
        context: &Context<'_>,
        workplace: &Workplace,
    ) -> Result<Vec<HerForm>, AppError> {
        her_forms(context, workplace, (&self.held, &self.forms))
    }

    /// What each party keeps of its own work with her.
    pub(crate) fn records(&self) -> Vec<HerRecord> {
        HerRecord::all(&self.held)
    }

    /// What was signed with her or made of her on paper, as it was recorded.
    pub(crate) fn papers<'p>(&self, programmes: &'p Programmes) -> Vec<HerPaper<'p>> {
        HerPaper::all(&self.held, programmes)
    }

    /// All that happened, the latest first; what is in the parties' own records is told as these.
    pub(crate) fn told(&self, programmes: &Programmes, lang: Lang) -> Vec<Told> {
        let steps = self.held.recorded().rev();
        let steps = steps.filter(|(event, _)| !matches!(event.what, Happened::WorkingRecord { .. }));
        let told = steps.map(|(event, row)| {
            let programme = words::any_version(programmes, &event.programme);
            Told {
                on: event.on,
                at: event.at,
                register: row.register.clone(),
                by: words::role_text(programme, &event.by, lang),
                programme: programme
                    .map_or_else(|| event.programme.to_string(), |one| words::said(&one.title, lang)),
                words: words::step(programmes, event, lang),
            }
        });
        told.collect()
    }
}
