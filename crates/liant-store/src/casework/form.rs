//! Liaison forms that were filled in here: what they say, under seal.

use liant_model::{FormId, IdentityId, PersonId, Territory};

use crate::StoreError;
use crate::connection::Connection;
use crate::snapshot::Snapshot;
use crate::value::Value;

/// What a form says, under seal. Who sent it and where to is told by the event that bears its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewForm {
    /// Which.
    pub form: FormId,
    /// Its content, sealed.
    pub sealed: Vec<u8>,
}

impl NewForm {
    pub(super) fn insert(
        &self,
        connection: &mut Connection,
        territory: Territory,
        carrier: IdentityId,
    ) -> Result<(), StoreError> {
        connection
            .execute(
                "INSERT INTO liaison_form (territory_id, form_id, identity_id, sealed) VALUES (?1, ?2, ?3, ?4)",
                &[
                    Value::Code(territory),
                    Value::Id(self.form.0),
                    Value::Id(carrier.0),
                    Value::Bytes(&self.sealed),
                ],
            )
            .map(drop)
    }
}

#[expect(clippy::missing_errors_doc, reason = "each method fails when the engine refuses, and then only")]
impl Snapshot<'_> {
    /// The forms of someone's path that were filled in here, the first first.
    pub fn liaison_forms_of(&mut self, person: PersonId) -> Result<Vec<NewForm>, StoreError> {
        let values = [self.key(), self.head()?, Value::Id(person.0)];
        let sql = format!(
            "SELECT form.form_id, form.sealed {} ORDER BY form.form_id",
            super::read::hers("liaison_form", "form")
        );
        self.parts().0.all(&sql, &values, |row| Ok(NewForm { form: row.id(0)?, sealed: row.bytes(1)? }))
    }
}
