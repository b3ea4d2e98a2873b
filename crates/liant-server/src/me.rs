use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::facts::Facts;
use crate::failure::Failure;
use crate::{SignedIn, Site};

/// Who is signed in: for pages about her own account, or those of the people she manages.
pub(crate) struct Me(pub(crate) SignedIn);

impl FromRequestParts<Site> for Me {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &Site) -> Result<Self, Failure> {
        let facts = parts.extensions.get::<Arc<Facts>>().ok_or_else(|| Failure::internal("no facts"))?;
        let person = facts.visitor().signed_in().ok_or_else(|| Failure::internal("nobody is signed in"))?;
        Ok(Self(person.clone()))
    }
}
