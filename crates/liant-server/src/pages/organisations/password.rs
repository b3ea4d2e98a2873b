//! A colleague has forgotten her password: the admin makes sure who she is, and is given the link to hand over.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use liant_access::Checked;
use liant_access::membership::RuleFault;
use liant_app::accounts::forgotten::{self, Recovery};
use liant_app::accounts::{Authority, Office, Refusal};
use liant_model::{MembershipId, OrganisationId};
use serde::Deserialize;

use super::{address, member};
use crate::components::{Choice, Field};
use crate::failure::Failure;
use crate::me::Me;
use crate::pages::form_page::{FormPage, answered, said};
use crate::{Page, SignedIn, Site, Words};

/// A link that is shown once, to be handed over.
#[derive(Template)]
#[template(path = "organisations/link.html")]
pub(super) struct HandedOver<'a> {
    pub(super) page: &'a Page,
    pub(super) w: Words,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) hint: String,
    pub(super) link: String,
    pub(super) how: String,
    pub(super) back: String,
}

type Place = (OrganisationId, MembershipId);

pub(super) async fn show(
    State(site): State<Site>,
    Me(who): Me,
    page: Page,
    Path(place): Path<Place>,
) -> Result<Response, Failure> {
    screen(&site, who, &page, place, &Typed::default(), None).await
}

#[derive(Default, Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    checked: String,
    #[serde(default)]
    lost: String,
}

pub(super) async fn sent(
    State(site): State<Site>,
    Me(who): Me,
    page: Page,
    Path((organisation, membership)): Path<Place>,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let place = (organisation, membership);
    let Some(checked) = Checked::from_code(&typed.checked) else {
        return screen(&site, who, &page, place, &typed, Some(Wrong::Unchecked)).await;
    };
    let (her, why) = (who.clone(), Recovery { checked, factor_lost: typed.lost == "yes" });
    let act = move |office: &Office<'_>| {
        let (_, one, _) = member::found(office, &her, organisation, membership)?;
        let given = forgotten::give_link(office, Authority::Admin(&her), one.account, why)?;
        Ok((one.name, given))
    };
    match site.office(act).await? {
        Ok((name, given)) => {
            let w = page.w;
            let screen = HandedOver {
                page: &page,
                w,
                title: page.say("link-title").into(),
                text: page.say("link-text").text("name", name).into(),
                hint: page.say("invited-once").text("until", w.moment(given.expires_at)).into(),
                link: format!("{}/new-password/{}", page.origin(), given.token.reveal().as_str()),
                how: page.say("link-how").into(),
                back: format!("{}/people/{membership}", address(organisation)),
            };
            answered(&page, &screen, StatusCode::OK, None)
        }
        Err(refusal) => screen(&site, who, &page, place, &typed, Some(Wrong::Refused(refusal))).await,
    }
}

/// Why nothing was done.
pub(super) enum Wrong {
    /// It was not said how the admin made sure who asks.
    Unchecked,
    /// It was refused.
    Refused(Refusal),
}

impl Wrong {
    pub(super) const fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Unchecked => None,
            Self::Refused(refusal) => Some(refusal),
        }
    }
}

/// How the admin made sure who asks.
pub(super) fn how_checked(page: &Page, typed: &str, is_missing: bool) -> Field {
    let w = page.w;
    let chosen = Checked::from_code(typed);
    let choice =
        |one: Checked| Choice::new(one.code(), w.typeset(&one.label(w.lang()))).chosen(chosen == Some(one));
    Field::one_of(w, "checked", page.say("link-checked"), Checked::ALL.map(choice).to_vec())
        .error(is_missing.then(|| page.say("link-checked-none").into()))
}

async fn screen(
    site: &Site,
    who: SignedIn,
    page: &Page,
    (organisation, membership): Place,
    typed: &Typed,
    wrong: Option<Wrong>,
) -> Result<Response, Failure> {
    let read = move |office: &Office<'_>| member::found(office, &who, organisation, membership);
    let (_, one, _) = site.office(read).await??;
    let w = page.w;
    let own = format!("{}/people/{membership}", address(organisation));
    let checked = how_checked(page, &typed.checked, matches!(wrong, Some(Wrong::Unchecked)));
    let lost = Choice::new("yes", page.say("link-lost-choice")).chosen(typed.lost == "yes");
    let lost = Field::any_of(w, "lost", page.say("link-lost"), vec![lost.hint(page.say("link-lost-hint"))]);
    let refusal = wrong.as_ref().and_then(Wrong::refusal);
    // Hers, since the page is shown; and not hers alone.
    let told = refusal.map(|refusal| match refusal {
        Refusal::Absent(_) | Refusal::Rule(RuleFault::NotYours) => page.say("member-shared").into(),
        other => said(page, other),
    });
    let title = page.say("link-ask-title").text("name", &one.name);
    FormPage::new(page, title, format!("{own}/password"), page.say("link-submit"))
        .text(page.say("link-ask-text"))
        .refused(told)
        .field(checked)
        .field(lost)
        .link(own, page.say("cancel"))
        .grave()
        .because(refusal)
        .show()
}
