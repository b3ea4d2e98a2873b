//! Invitations, without a socket.

use axum::http::StatusCode;

use crate::asking::Visit;
use crate::testing::{colleague, colleague_in, site_with_accounts};

#[tokio::test]
async fn an_invitation_makes_one_account_and_no_second() {
    let site = site_with_accounts();
    let her = colleague_in(&site, "technician", Some("Département"), true).await;
    let mut admin = Visit::new(&site, &[&her.cookie]);
    let list = admin.open("/organisations").await.text;
    let rest = list.split_once("href=\"/organisations/").unwrap().1;
    let invite = format!("/organisations/{}/invite", rest.split_once('"').unwrap().0);
    admin.open(&invite).await;
    let refused = admin.send(&invite, &[("email", "no address"), ("role", "clerk")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let made = admin.send(&invite, &[("email", "new@office.example"), ("role", "clerk")]).await;
    let link = made.text.split_once("https://liant.example/invitation/").unwrap().1;
    let link = format!("/invitation/{}", &link[..64]);

    let mut newcomer = Visit::new(&site, &[]);
    assert_eq!(newcomer.open(&link).await.header("location"), "/invitation");
    assert!(newcomer.open("/invitation").await.text.contains("new@office.example"));
    let password = "sorbier quai lampe ondine fagot brique";
    let fields = [("name", "Inès Leroux"), ("language", "fr"), ("password", password), ("again", password)];
    let accepted = newcomer.send("/invitation", &fields).await;
    assert_eq!(accepted.header("location"), "/sign-in/second-factor");

    let mut late = Visit::new(&site, &[]);
    late.open(&link).await;
    assert!(late.open("/invitation").await.text.contains("n’est plus valable"));
}

#[tokio::test]
async fn an_invitation_to_another_address_is_refused() {
    let site = site_with_accounts();
    let her = colleague_in(&site, "technician", Some("Département"), true).await;
    let other = colleague(&site, "clerk").await;
    let mut admin = Visit::new(&site, &[&her.cookie]);
    let list = admin.open("/organisations").await.text;
    let rest = list.split_once("href=\"/organisations/").unwrap().1;
    let invite = format!("/organisations/{}/invite", rest.split_once('"').unwrap().0);
    admin.open(&invite).await;
    let made = admin.send(&invite, &[("email", "new@office.example"), ("role", "clerk")]).await;
    let link = made.text.split_once("https://liant.example/invitation/").unwrap().1;
    let mut visit = Visit::new(&site, &[&other.cookie]);
    visit.open(&format!("/invitation/{}", &link[..64])).await;
    visit.open("/invitation").await;
    let refused = visit.send("/invitation/accept", &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("autre adresse"));
}
