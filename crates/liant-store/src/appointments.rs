//! What people are told of their appointments (*rendez-vous*): what is due, what is tried, what went. Rows are about people; none holds
//! an address, a name or what an appointment is for.

use liant_casework::NoticeKind;
use liant_model::{AccountId, AppointmentId, IdentityId, Instant, OrganisationId, PersonId, Role, Territory};

use crate::connection::Connection;
use crate::snapshot::Snapshot;
use crate::value::{Row, Value};
use crate::{Store, StoreError};

/// What tells something sent to a person from everything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NoticeKey {
    /// Of which appointment.
    pub appointment: AppointmentId,
    /// How many times it had been moved.
    pub moved: u32,
    /// What it tells.
    pub kind: NoticeKind,
    /// Of reminders, how many days before.
    pub days: u32,
}

/// Something that a person is to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNotice {
    /// Which.
    pub key: NoticeKey,
    /// In which programme.
    pub programme: String,
    /// With whom the appointment is: in her name it is sent.
    pub account: AccountId,
    /// For which organisation.
    pub organisation: OrganisationId,
    /// In what role.
    pub role: Role,
    /// Not before.
    pub from: Instant,
    /// Not from then on.
    pub until: Instant,
}

/// By what way something went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeWay {
    /// By e-mail.
    Email,
    /// By letter.
    Letter,
    /// It was being sent when what it tells ceased to hold.
    Unsure,
}

impl NoticeWay {
    const ALL: [Self; 3] = [Self::Email, Self::Letter, Self::Unsure];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Letter => "letter",
            Self::Unsure => "unsure",
        }
    }
}

/// Something that a person is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeRow {
    /// What.
    pub notice: NewNotice,
    /// Whom.
    pub person: PersonId,
    /// Whether it is known that it goes by letter.
    pub by_letter: bool,
    /// How often it was tried, or its letter printed.
    pub tries: u32,
    /// When it went, and how.
    pub done: Option<(Instant, NoticeWay)>,
}

const COLUMNS: &str = "notice.appointment_id, notice.moved, notice.kind, notice.days, notice.programme, notice.account_id,
    notice.organisation_id, notice.role, notice.from_at, notice.until_at, notice.by_letter, notice.tries, notice.done_at, notice.done_as,
    link.person_id";

/// What may be told by letter and was not told yet.
const DUE_BY_LETTER: &str = "notice.done_at IS NULL AND notice.kind <> 'reminder-email'";

/// Which notice it is, of the values of [`key`].
const KEY: &str = "territory_id = ?1 AND appointment_id = ?2 AND moved = ?3 AND kind = ?4 AND days = ?5";

fn key(territory: Territory, key: &NoticeKey) -> [Value<'static>; 5] {
    [
        Value::Code(territory),
        Value::Id(key.appointment.0),
        Value::Integer(i64::from(key.moved)),
        Value::Text(key.kind.as_str()),
        Value::Integer(i64::from(key.days)),
    ]
}

fn read_key(row: &Row<'_>) -> Result<NoticeKey, StoreError> {
    let number = |place| Ok::<_, StoreError>(u32::try_from(row.integer(place)?).unwrap_or(u32::MAX));
    let kind = NoticeKind::from_code(row.borrowed_text(2)?);
    let kind = kind.ok_or_else(|| StoreError::Damaged("a notice is of no kind".to_owned()))?;
    Ok(NoticeKey { appointment: row.id(0)?, moved: number(1)?, kind, days: number(3)? })
}

fn read(row: &Row<'_>) -> Result<NoticeRow, StoreError> {
    let role = Role::parse(row.borrowed_text(7)?);
    let way = row.optional_text(13)?;
    let way = way.and_then(|way| NoticeWay::ALL.into_iter().find(|known| known.as_str() == way));
    Ok(NoticeRow {
        notice: NewNotice {
            key: read_key(row)?,
            programme: row.text(4)?,
            account: row.id(5)?,
            organisation: row.id(6)?,
            role: role.map_err(|_| StoreError::Damaged("a role is none".to_owned()))?,
            from: Instant::from_micros(row.integer(8)?),
            until: Instant::from_micros(row.integer(9)?),
        },
        by_letter: row.integer(10)? != 0,
        tries: u32::try_from(row.integer(11)?).unwrap_or(u32::MAX),
        done: row.optional_integer(12)?.map(Instant::from_micros).zip(way),
        person: row.id(14)?,
    })
}

/// Makes what waits for someone what is to be told now. What went stays as it is, and is not told twice; that an appointment is cancelled
/// is told of one that was told of, or may have been.
pub(crate) fn make_again(
    connection: &mut Connection,
    (territory, at): (Territory, i64),
    (carrier, identities): (IdentityId, &[IdentityId]),
    wanted: &[NewNotice],
) -> Result<(), StoreError> {
    for identity in identities {
        let waiting: Vec<NoticeKey> = connection.all(
            "SELECT appointment_id, moved, kind, days FROM appointment_notice
             WHERE territory_id = ?1 AND identity_id = ?2 AND done_at IS NULL",
            &[Value::Code(territory), Value::Id(identity.0)],
            read_key,
        )?;
        for old in waiting.iter().filter(|old| !wanted.iter().any(|one| one.key == **old)) {
            let values = key(territory, old);
            // Of what may be on its way nobody knows whether it came.
            let [territory, appointment, moved, kind, days] = values;
            connection.execute(
                &format!(
                    "UPDATE appointment_notice SET done_at = ?6, done_as = 'unsure'
                     WHERE {KEY} AND done_at IS NULL AND tries > 0"
                ),
                &[territory, appointment, moved, kind, days, Value::Integer(at)],
            )?;
            connection.execute(
                &format!("DELETE FROM appointment_notice WHERE {KEY} AND done_at IS NULL"),
                &values,
            )?;
        }
    }
    wanted.iter().try_for_each(|one| insert(connection, territory, carrier, one))
}

fn insert(
    connection: &mut Connection,
    territory: Territory,
    carrier: IdentityId,
    new: &NewNotice,
) -> Result<(), StoreError> {
    if new.key.kind == NoticeKind::Cancelled {
        let told = connection.first(
            "SELECT 1 FROM appointment_notice WHERE territory_id = ?1 AND appointment_id = ?2 AND done_at IS NOT NULL",
            &[Value::Code(territory), Value::Id(new.key.appointment.0)],
            |_| Ok(()),
        )?;
        if told.is_none() {
            return Ok(());
        }
    }
    let [territory, appointment, moved, kind, days] = key(territory, &new.key);
    connection
        .execute(
            "INSERT INTO appointment_notice (territory_id, appointment_id, moved, kind, days, identity_id, programme,
                 account_id, organisation_id, role, from_at, until_at, by_letter, tries, next_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 0, 0, ?11) ON CONFLICT DO NOTHING",
            &[
                territory,
                appointment,
                moved,
                kind,
                days,
                Value::Id(carrier.0),
                Value::Text(&new.programme),
                Value::Id(new.account.0),
                Value::Id(new.organisation.0),
                Value::Text(new.role.as_str()),
                Value::Integer(new.from.micros()),
                Value::Integer(new.until.micros()),
            ],
        )
        .map(drop)
}

#[expect(clippy::missing_errors_doc, reason = "each method fails when the engine refuses, and then only")]
impl Snapshot<'_> {
    /// What someone was or is to be told of her appointments, in the order in which it was due.
    pub fn notices_of(&mut self, person: PersonId) -> Result<Vec<NoticeRow>, StoreError> {
        let values = [self.key(), self.head()?, Value::Id(person.0)];
        self.parts().0.all(
            &format!(
                "SELECT {COLUMNS} FROM member CROSS JOIN link CROSS JOIN appointment_notice AS notice
                 WHERE member.territory_id = ?1 AND member.from_batch <= ?2 AND member.person_id = ?3
                     AND link.territory_id = member.territory_id AND link.identity_id = member.identity_id
                     AND link.link_no = member.link_no AND link.ended_at IS NULL
                     AND notice.territory_id = link.territory_id AND notice.identity_id = link.identity_id
                 ORDER BY notice.from_at, notice.appointment_id, notice.kind, notice.days"
            ),
            &values,
            read,
        )
    }

    /// What may be tried by e-mail now, what waits longest first.
    pub fn notices_waiting(&mut self, now: Instant, most: usize) -> Result<Vec<NoticeRow>, StoreError> {
        let values = [self.key(), Value::Integer(now.micros()), Value::Integer(most as i64)];
        self.parts().0.all(
            &format!(
                "SELECT {COLUMNS} FROM appointment_notice AS notice CROSS JOIN link
                 WHERE notice.territory_id = ?1 AND notice.done_at IS NULL AND notice.next_at <= ?2
                     AND notice.from_at <= ?2 AND notice.until_at > ?2 AND notice.by_letter = 0
                     AND notice.kind <> 'reminder-letter'
                     AND link.territory_id = notice.territory_id AND link.identity_id = notice.identity_id
                     AND link.ended_at IS NULL
                 ORDER BY notice.next_at, notice.appointment_id LIMIT ?3"
            ),
            &values,
            read,
        )
    }

    /// Something of an organisation's appointments that may be told by letter now, if it is due and has not gone.
    pub fn notice_due(
        &mut self,
        wanted: &NoticeKey,
        (organisation, now): (OrganisationId, Instant),
    ) -> Result<Option<NoticeRow>, StoreError> {
        let [key, appointment, moved, kind, days] = key(self.territory(), wanted);
        let (organisation, now) = (Value::Id(organisation.0), Value::Integer(now.micros()));
        self.parts().0.first(
            &format!(
                "SELECT {COLUMNS} FROM appointment_notice AS notice CROSS JOIN link
                 WHERE notice.territory_id = ?1 AND notice.appointment_id = ?2 AND notice.moved = ?3 AND notice.kind = ?4
                     AND notice.days = ?5 AND notice.organisation_id = ?6 AND {DUE_BY_LETTER} AND notice.from_at <= ?7
                     AND notice.until_at > ?7
                     AND link.territory_id = notice.territory_id AND link.identity_id = notice.identity_id
                     AND link.ended_at IS NULL"
            ),
            &[key, appointment, moved, kind, days, organisation, now],
            read,
        )
    }

    /// What is due of an organisation's appointments and has not gone: what may be told by letter. Those with `own` first, then by day;
    /// of them, after the first `skip`, at most `most`.
    pub fn notices_due(
        &mut self,
        (organisation, own): (OrganisationId, Option<AccountId>),
        now: Instant,
        (skip, most): (usize, usize),
    ) -> Result<Vec<NoticeRow>, StoreError> {
        let values = [
            self.key(),
            Value::Id(organisation.0),
            Value::Integer(now.micros()),
            Value::Integer(most as i64),
            Value::optional(own.map(|one| one.0), Value::Id),
            Value::Integer(skip as i64),
        ];
        self.parts().0.all(
            &format!(
                "SELECT {COLUMNS} FROM appointment_notice AS notice CROSS JOIN link
                 WHERE notice.territory_id = ?1 AND notice.organisation_id = ?2 AND {DUE_BY_LETTER}
                     AND notice.from_at <= ?3 AND notice.until_at > ?3
                     AND link.territory_id = notice.territory_id AND link.identity_id = notice.identity_id
                     AND link.ended_at IS NULL
                 ORDER BY CASE WHEN notice.account_id = ?5 THEN 0 ELSE 1 END, notice.until_at, notice.appointment_id,
                     notice.moved, notice.kind, notice.days LIMIT ?4 OFFSET ?6"
            ),
            &values,
            read,
        )
    }
}

/// A letter was posted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LetterPosted(pub NoticeKey);

impl LetterPosted {
    pub(crate) fn apply(
        &self,
        connection: &mut Connection,
        (territory, at): (Territory, i64),
    ) -> Result<(), StoreError> {
        let [territory, appointment, moved, kind, days] = key(territory, &self.0);
        let sql = format!(
            "UPDATE appointment_notice SET done_at = ?6, done_as = 'letter'
             WHERE {KEY} AND (done_at IS NULL OR done_as = 'unsure')"
        );
        let values = [territory, appointment, moved, kind, days, Value::Integer(at)];
        if connection.execute(&sql, &values)? == 1 {
            Ok(())
        } else {
            Err(StoreError::Conflict { what: "the letter" })
        }
    }
}

#[expect(clippy::missing_errors_doc, reason = "each method fails when the engine refuses, and then only")]
impl Store {
    /// Takes something in hand: nobody else tries it before `until`. Whether nobody else has, and it still holds.
    pub fn claim_notice(
        &self,
        territory: Territory,
        notice: &NoticeKey,
        (now, until): (Instant, Instant),
    ) -> Result<bool, StoreError> {
        let [territory_id, appointment, moved, kind, days] = key(territory, notice);
        let (now, until) = (Value::Integer(now.micros()), Value::Integer(until.micros()));
        self.write(territory, |connection| {
            let sql = format!(
                "UPDATE appointment_notice SET tries = tries + 1, next_at = ?7
                 WHERE {KEY} AND next_at <= ?6 AND until_at > ?6 AND done_at IS NULL AND by_letter = 0"
            );
            Ok(connection.execute(&sql, &[territory_id, appointment, moved, kind, days, now, until])? == 1)
        })
    }

    /// Notes that something went. What ceased to hold meanwhile went all the same.
    pub fn notice_done(
        &self,
        territory: Territory,
        notice: &NoticeKey,
        (at, way): (Instant, NoticeWay),
    ) -> Result<bool, StoreError> {
        let [territory_id, appointment, moved, kind, days] = key(territory, notice);
        let (at, way) = (Value::Integer(at.micros()), Value::Text(way.as_str()));
        self.write(territory, |connection| {
            let sql = format!(
                "UPDATE appointment_notice SET done_at = ?6, done_as = ?7
                 WHERE {KEY} AND (done_at IS NULL OR done_as = 'unsure')"
            );
            Ok(connection.execute(&sql, &[territory_id, appointment, moved, kind, days, at, way])? == 1)
        })
    }

    /// Notes that something goes by letter.
    pub fn notice_by_letter(&self, territory: Territory, notice: &NoticeKey) -> Result<(), StoreError> {
        let values = key(territory, notice);
        self.write(territory, |connection| {
            let sql = format!("UPDATE appointment_notice SET by_letter = 1 WHERE {KEY} AND done_at IS NULL");
            connection.execute(&sql, &values).map(drop)
        })
    }

    /// Nobody tries it by e-mail before `until`.
    pub fn put_off_notice(
        &self,
        territory: Territory,
        notice: &NoticeKey,
        until: Instant,
    ) -> Result<(), StoreError> {
        let [territory_id, appointment, moved, kind, days] = key(territory, notice);
        let until = Value::Integer(until.micros());
        self.write(territory, |connection| {
            let sql = format!("UPDATE appointment_notice SET next_at = ?6 WHERE {KEY} AND done_at IS NULL");
            connection.execute(&sql, &[territory_id, appointment, moved, kind, days, until]).map(drop)
        })
    }

    /// Notes that a letter was printed: it may have been posted.
    pub fn notice_printed(&self, territory: Territory, notice: &NoticeKey) -> Result<(), StoreError> {
        let values = key(territory, notice);
        self.write(territory, |connection| {
            let sql =
                format!("UPDATE appointment_notice SET tries = tries + 1 WHERE {KEY} AND done_at IS NULL");
            connection.execute(&sql, &values).map(drop)
        })
    }

    /// Takes away what is not to be told after all.
    pub fn drop_notice(&self, territory: Territory, notice: &NoticeKey) -> Result<(), StoreError> {
        let values = key(territory, notice);
        self.write(territory, |connection| {
            let sql = format!("DELETE FROM appointment_notice WHERE {KEY} AND done_at IS NULL");
            connection.execute(&sql, &values).map(drop)
        })
    }

    /// Takes away what was not told in time. Gives how many.
    pub fn drop_past_notices(&self, territory: Territory, now: Instant) -> Result<u64, StoreError> {
        let values = [Value::Code(territory), Value::Integer(now.micros())];
        self.write(territory, |connection| {
            connection.execute(
                "DELETE FROM appointment_notice WHERE territory_id = ?1 AND done_at IS NULL AND until_at <= ?2",
                &values,
            )
        })
    }
}
