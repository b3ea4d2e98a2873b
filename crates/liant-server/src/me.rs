use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use liant_app::space::Herself;
use liant_model::TraceId;

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

/// A person in her own space, and the request that she makes: what her pages hand to [`Site::hers`].
pub(crate) struct Own {
    pub(crate) herself: Herself,
    pub(crate) trace: TraceId,
}

impl FromRequestParts<Site> for Own {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &Site) -> Result<Self, Failure> {
        let facts = parts.extensions.get::<Arc<Facts>>().ok_or_else(|| Failure::internal("no facts"))?;
        let herself = facts.visitor().herself().ok_or_else(|| Failure::internal("nobody is in her space"))?;
        Ok(Self { herself: herself.clone(), trace: facts.trace() })
    }
}
