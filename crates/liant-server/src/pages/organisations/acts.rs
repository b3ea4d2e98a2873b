//! Acts on a colleague that take access away or give it back, each asked for once more before it is done.

use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use liant_access::Checked;
use liant_access::membership::RuleFault;
use liant_app::accounts::{AccountError, Authority, Office, Refusal, factors, people};
use liant_model::{MembershipId, OrganisationId};
use serde::Deserialize;

use super::password::{Wrong, how_checked};
use super::{address, member};
use crate::failure::Failure;
use crate::me::Me;
use crate::pages::form_page::{FormPage, said};
use crate::{Page, SignedIn, Site};

/// What may be done.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Act {
    /// Ends the membership.
    End,
    /// Disables the account.
    Disable,
    /// Enables it again.
    Enable,
    /// Takes away the second factor.
    ResetFactor,
    /// Ends every session.
    SignOut,
    /// Lets the account be linked to an identity provider.
    AllowLink,
}

impl Act {
    fn name(self) -> &'static str {
        match self {
            Self::End => "end",
            Self::Disable => "disable",
            Self::Enable => "enable",
            Self::ResetFactor => "reset-factor",
            Self::SignOut => "sign-out",
            Self::AllowLink => "allow-link",
        }
    }

    /// Title, what happens, button.
    fn words(self, page: &Page, name: &str, organisation: &str) -> [String; 3] {
        let [title, text, submit] = match self {
            Self::End => [page.say("end-title"), page.say("end-text"), page.say("end-submit")],
            Self::Disable => {
                [page.say("disable-title"), page.say("disable-text"), page.say("disable-submit")]
            }
            Self::Enable => [page.say("enable-title"), page.say("enable-text"), page.say("enable-submit")],
            Self::SignOut => [page.say("out-title"), page.say("out-text"), page.say("out-submit")],
            Self::AllowLink => [page.say("allow-title"), page.say("allow-text"), page.say("allow-submit")],
            Self::ResetFactor => [page.say("reset-title"), page.say("reset-text"), page.say("reset-submit")],
        };
        [title.text("name", name), text.text("organisation", organisation), submit].map(String::from)
    }

    fn perform(
        self,
        office: &Office<'_>,
        who: &SignedIn,
        (organisation, membership): (OrganisationId, MembershipId),
        checked: Option<Checked>,
    ) -> Result<(), AccountError> {
        let by = Authority::Admin(who);
        let (_, one, _) = member::found(office, who, organisation, membership)?;
        match self {
            Self::End => people::end(office, by, membership),
            Self::Disable => people::disable(office, by, one.account),
            Self::Enable => people::enable(office, by, one.account),
            Self::SignOut => people::sign_out(office, by, one.account),
            Self::AllowLink => people::allow_link(office, by, one.account),
            Self::ResetFactor => {
                let checked = checked.ok_or(Refusal::Absent("check of identity"))?;
                // The page asks the admin to tell her.
                factors::reset(office, by, one.account, checked).map(drop)
            }
        }
    }
}

type Place = (OrganisationId, MembershipId, Act);

#[derive(Deserialize)]
pub(super) struct Typed {
    /// How the admin made sure who asks, where that is asked.
    #[serde(default)]
    checked: String,
}

pub(super) async fn ask(
    State(site): State<Site>,
    Me(who): Me,
    page: Page,
    Path(place): Path<Place>,
) -> Result<Response, Failure> {
    screen(&site, who, &page, place, ("", None)).await
}

pub(super) async fn done(
    State(site): State<Site>,
    Me(who): Me,
    page: Page,
    Path((organisation, membership, act)): Path<Place>,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let (her, checked) = (who.clone(), Checked::from_code(&typed.checked));
    if act == Act::ResetFactor && checked.is_none() {
        let place = (organisation, membership, act);
        return screen(&site, who, &page, place, (&typed.checked, Some(Wrong::Unchecked))).await;
    }
    let perform = move |office: &Office<'_>| act.perform(office, &her, (organisation, membership), checked);
    match site.office(perform).await? {
        Ok(()) => Ok(Redirect::to(&format!("{}?done={}", address(organisation), act.name())).into_response()),
        Err(refusal) => {
            let wrong = (typed.checked.as_str(), Some(Wrong::Refused(refusal)));
            screen(&site, who, &page, (organisation, membership, act), wrong).await
        }
    }
}

async fn screen(
    site: &Site,
    who: SignedIn,
    page: &Page,
    (organisation, membership, act): Place,
    (checked, wrong): (&str, Option<Wrong>),
) -> Result<Response, Failure> {
    let read = move |office: &Office<'_>| member::found(office, &who, organisation, membership);
    let (row, one, _) = site.office(read).await??;
    let own = format!("{}/people/{membership}", address(organisation));
    let refusal = wrong.as_ref().and_then(Wrong::refusal);
    let [title, text, submit] = act.words(page, &one.name, &row.name);
    let form = FormPage::new(page, title, format!("{own}/{}", act.name()), submit)
        .text(text)
        .refused(refusal.map(|refusal| match refusal {
            // Hers, since the page is shown; and not hers alone.
            Refusal::Absent(_) | Refusal::Rule(RuleFault::NotYours) => page.say("member-shared").into(),
            other => said(page, other),
        }))
        .link(own, page.say("cancel"))
        .because(refusal);
    let form = if act == Act::ResetFactor {
        let is_missing = matches!(wrong, Some(Wrong::Unchecked));
        form.text(page.say("reset-mail")).field(how_checked(page, checked, is_missing))
    } else {
        form
    };
    if matches!(act, Act::Enable | Act::AllowLink) { form.show() } else { form.grave().show() }
}
