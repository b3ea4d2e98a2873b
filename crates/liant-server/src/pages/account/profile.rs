//! Name and language.

use axum::extract::{Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::accounts::{Office, Refusal, profile};
use liant_model::Lang;
use serde::Deserialize;

use crate::components::{Choice, Field};
use crate::cookies::Cookie;
use crate::failure::Failure;
use crate::me::Me;
use crate::pages::form_page::{FormPage, said};
use crate::pages::sign_in::cookie;
use crate::{Page, Site, Words, words};

/// The name of a language, in itself.
pub(super) fn language(w: Words, lang: Lang) -> String {
    match lang {
        Lang::Fr => w.say("language-fr").into(),
        Lang::En => w.say("language-en").into(),
    }
}

/// The question of the language: also asked by an invitation.
pub(in crate::pages) fn language_field(w: Words, chosen: Lang) -> Field {
    let choice = |lang| Choice::new(words::code(lang), language(w, lang)).chosen(lang == chosen);
    let label = w.say("account-language");
    Field::one_of(w, "language", label, vec![choice(Lang::Fr), choice(Lang::En)])
        .hint(w.say("account-language-hint"))
}

/// The language of a form; French when it says nothing we speak.
pub(in crate::pages) fn language_of(code: &str) -> Lang {
    if code == "en" { Lang::En } else { Lang::Fr }
}

pub(super) async fn show(State(site): State<Site>, Me(who): Me, page: Page) -> Result<Response, Failure> {
    let read = move |office: &Office<'_>| profile::look(office, &who);
    let profile = site.office(read).await??;
    screen(&page, &profile.name, profile.lang, None).show()
}

#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    name: String,
    #[serde(default)]
    language: String,
}

pub(super) async fn sent(
    State(site): State<Site>,
    Me(who): Me,
    page: Page,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let (name, lang) = (typed.name.clone(), language_of(&typed.language));
    match site.office(move |office| profile::change(office, &who, &name, lang)).await? {
        Ok(()) => {
            let mut response = Redirect::to("/account?done=profile").into_response();
            cookie(&mut response, Cookie::Language.set(site.transport(), words::code(lang)));
            Ok(response)
        }
        Err(refusal) => screen(&page, &typed.name, lang, Some(&refusal)).show(),
    }
}

fn screen<'a>(page: &'a Page, name: &str, lang: Lang, refusal: Option<&Refusal>) -> FormPage<'a> {
    FormPage::new(page, page.say("profile-title"), "/account/profile", page.say("save"))
        .field(name_field(page, name, refusal))
        .field(language_field(page.w, lang))
        .link("/account", page.say("cancel"))
        .because(refusal)
}

/// The question of the name: also asked by an invitation.
pub(in crate::pages) fn name_field(page: &Page, name: &str, refusal: Option<&Refusal>) -> Field {
    let refusal = refusal.filter(|refusal| matches!(refusal, Refusal::Name));
    Field::line(page.w, "name", page.say("account-name"))
        .completed_by("name")
        .hint(page.say("account-name-hint"))
        .value(name)
        .error(refusal.map(|refusal| said(page, refusal)))
}
