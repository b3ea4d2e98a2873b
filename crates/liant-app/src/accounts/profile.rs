//! What someone's account says of her, and how she changes it.

use liant_access::Email;
use liant_audit::Act;
use liant_model::Lang;
use liant_store::accounts::AccountChange;

use super::factors::account_of;
use super::passwords::checked_name;
use super::sessions::own_entry;
use super::{AccountError, Office, SignedIn};

/// Someone's account, as she sees it herself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Her address.
    pub email: Email,
    /// Her name, as colleagues see it.
    pub name: String,
    /// Her language.
    pub lang: Lang,
    /// Whether she has a password of ours.
    pub has_password: bool,
    /// Whether she has a second factor of ours.
    pub has_second_factor: bool,
}

/// What her account says of her.
///
/// # Errors
/// When the store cannot be read.
pub fn look(office: &Office<'_>, who: &SignedIn) -> Result<Profile, AccountError> {
    let row = account_of(office, who.account)?;
    let has_second_factor = office.confirmed_factor(who.account)?.is_some();
    let has_password = row.password.is_some();
    Ok(Profile { email: row.email, name: row.name, lang: row.lang, has_password, has_second_factor })
}

/// Changes her name and her language.
///
/// # Errors
/// [`super::Refusal::Name`].
pub fn change(office: &Office<'_>, who: &SignedIn, name: &str, lang: Lang) -> Result<(), AccountError> {
    let change = AccountChange::Profile { account: who.account, name: checked_name(name)?, lang };
    let subject = format!("name and language set: account {}", who.account);
    office.act(own_entry(who, Act::Account, subject), vec![change], Vec::new())?;
    Ok(())
}
