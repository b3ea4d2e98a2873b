//! Letters to professionals on their way out by e-mail. What waits here is lost to nobody when the mail server does not answer.

use std::collections::HashSet;

use liant_model::{AccountId, Date, Instant, Lang, Territory};

use crate::connection::Connection;
use crate::value::{Row, Value};
use crate::{Store, StoreError};

/// What a letter is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailKind {
    /// Her account is used no more and will be deleted.
    Unused,
    /// What falls due for those whom she accompanies.
    Falling,
}

impl MailKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Unused, Self::Falling];

    /// Its code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unused => "unused",
            Self::Falling => "falling",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == code)
    }
}

/// A letter to write to the owner of an account: one of a kind a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMail {
    /// To whom.
    pub account: AccountId,
    /// About what.
    pub kind: MailKind,
    /// The day it is for.
    pub on: Date,
    /// Its numbers, in words of the caller's: nobody's data.
    pub about: String,
}

/// A letter that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailRow {
    /// The letter.
    pub mail: NewMail,
    /// How often it could not be sent.
    pub tries: u32,
    /// Her address.
    pub email: String,
    /// Her name.
    pub name: String,
    /// Her language.
    pub lang: Lang,
}

fn key(territory: Territory, mail: &NewMail) -> [Value<'_>; 4] {
    let [account, kind] = [Value::Id(mail.account.0), Value::Text(mail.kind.as_str())];
    [Value::Code(territory), account, kind, Value::Day(mail.on)]
}

/// Which letter it is, of the values of [`key`].
const KEY: &str = "territory_id = ?1 AND account_id = ?2 AND kind = ?3 AND on_day = ?4";

fn read(row: &Row<'_>) -> Result<MailRow, StoreError> {
    let damaged = |what: &str| StoreError::Damaged(what.to_owned());
    let kind = MailKind::from_code(row.borrowed_text(1)?).ok_or_else(|| damaged("a letter is of no kind"))?;
    let lang = if row.borrowed_text(7)? == "fr" { Lang::Fr } else { Lang::En };
    Ok(MailRow {
        mail: NewMail {
            account: row.id(0)?,
            kind,
            on: row.borrowed_text(2)?.parse().map_err(|_| damaged("a day is none"))?,
            about: row.text(3)?,
        },
        tries: u32::try_from(row.integer(4)?).unwrap_or(u32::MAX),
        email: row.text(5)?,
        name: row.text(6)?,
        lang,
    })
}

/// Puts a letter on its way, unless one of its kind is for that day. What an older one of its kind said, and was never sent, is old.
fn put(
    connection: &mut Connection,
    territory: Territory,
    mail: &NewMail,
    at: Instant,
) -> Result<bool, StoreError> {
    let key = key(territory, mail);
    connection.execute(
        "DELETE FROM mail WHERE territory_id = ?1 AND account_id = ?2 AND kind = ?3 AND on_day < ?4 AND sent_at IS NULL",
        &key,
    )?;
    let [territory, account, kind, on] = key;
    let values = [territory, account, kind, on, Value::Text(&mail.about), Value::Integer(at.micros())];
    let put = connection.execute(
        "INSERT INTO mail (territory_id, account_id, kind, on_day, about, tries, next_at)
         VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6) ON CONFLICT (territory_id, account_id, kind, on_day) DO NOTHING",
        &values,
    )?;
    Ok(put == 1)
}

#[expect(clippy::missing_errors_doc, reason = "each method fails when the engine refuses, and then only")]
impl Store {
    /// Puts letters on their way, but those of a kind and day that are. Gives how many.
    pub fn put_mail(&self, territory: Territory, mails: &[NewMail], at: Instant) -> Result<u64, StoreError> {
        self.write(territory, |connection| {
            let mut count = 0;
            for mail in mails {
                count += u64::from(put(connection, territory, mail, at)?);
            }
            Ok(count)
        })
    }

    /// Those who have a letter of a kind for a day.
    pub fn mailed(
        &self,
        territory: Territory,
        kind: MailKind,
        on: Date,
    ) -> Result<HashSet<AccountId>, StoreError> {
        let values = [Value::Code(territory), Value::Text(kind.as_str()), Value::Day(on)];
        self.read(territory, |snapshot| {
            let sql = "SELECT account_id FROM mail WHERE territory_id = ?1 AND kind = ?2 AND on_day = ?3";
            Ok(snapshot.parts().0.all(sql, &values, |row| row.id(0))?.into_iter().collect())
        })
    }

    /// Letters that may be tried now, those that wait longest first. Who may not come in any more is written to no more, nor is who has
    /// come in since told that her account is unused.
    pub fn mail_waiting(
        &self,
        territory: Territory,
        now: Instant,
        most: usize,
    ) -> Result<Vec<MailRow>, StoreError> {
        let values = [Value::Code(territory), Value::Integer(now.micros()), Value::Integer(most as i64)];
        self.read(territory, |snapshot| {
            snapshot.parts().0.all(
                "SELECT mail.account_id, mail.kind, mail.on_day, mail.about, mail.tries, account.email, account.name,
                     account.lang
                 FROM mail JOIN account ON account.account_id = mail.account_id AND account.disabled_at IS NULL
                 WHERE mail.territory_id = ?1 AND mail.sent_at IS NULL AND mail.next_at <= ?2
                     AND (mail.kind <> 'unused' OR account.warned_at IS NOT NULL)
                 ORDER BY mail.next_at, mail.account_id, mail.kind LIMIT ?3",
                &values,
                read,
            )
        })
    }

    /// Takes a letter in hand: nobody else tries it before `until`. Whether nobody else has.
    pub fn claim_mail(
        &self,
        territory: Territory,
        mail: &NewMail,
        (now, until): (Instant, Instant),
    ) -> Result<bool, StoreError> {
        let [territory_id, account, kind, on] = key(territory, mail);
        let values =
            [territory_id, account, kind, on, Value::Integer(now.micros()), Value::Integer(until.micros())];
        self.write(territory, |connection| {
            let sql = format!(
                "UPDATE mail SET tries = tries + 1, next_at = ?6 WHERE {KEY} AND next_at <= ?5 AND sent_at IS NULL"
            );
            Ok(connection.execute(&sql, &values)? == 1)
        })
    }

    /// Notes that a letter was taken by the mail server.
    pub fn mail_sent(&self, territory: Territory, mail: &NewMail, at: Instant) -> Result<(), StoreError> {
        let [territory_id, account, kind, on] = key(territory, mail);
        let values = [territory_id, account, kind, on, Value::Integer(at.micros())];
        self.write(territory, |connection| {
            connection.execute(&format!("UPDATE mail SET sent_at = ?5 WHERE {KEY}"), &values)?;
            Ok(())
        })
    }

    /// Forgets the letters of a kind for days before `day`, sent or not: what they said is old. Gives how many were never sent.
    pub fn forget_mail(&self, territory: Territory, kind: MailKind, day: Date) -> Result<u64, StoreError> {
        let values = [Value::Code(territory), Value::Text(kind.as_str()), Value::Day(day)];
        self.write(territory, |connection| {
            let old = "DELETE FROM mail WHERE territory_id = ?1 AND kind = ?2 AND on_day < ?3";
            let unsent = connection.execute(&format!("{old} AND sent_at IS NULL"), &values)?;
            connection.execute(old, &values)?;
            Ok(unsent)
        })
    }
}
