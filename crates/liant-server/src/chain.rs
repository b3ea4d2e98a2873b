//! A body whose first bytes have been read already.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use hyper::body::{Frame, SizeHint};

/// What was read, then the rest.
pub(crate) struct Chained {
    start: Option<Bytes>,
    rest: Body,
}

impl Chained {
    pub(crate) fn new(start: Bytes, rest: Body) -> Self {
        Self { start: Some(start).filter(|bytes| !bytes.is_empty()), rest }
    }
}

impl hyper::body::Body for Chained {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        match self.start.take() {
            Some(start) => Poll::Ready(Some(Ok(Frame::data(start)))),
            None => Pin::new(&mut self.rest).poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.start.is_none() && self.rest.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let before = self.start.as_ref().map_or(0, Bytes::len) as u64;
        let mut hint = self.rest.size_hint();
        if let Some(upper) = hint.upper() {
            hint.set_upper(upper + before);
        }
        hint.set_lower(hint.lower() + before);
        hint
    }
}
