use std::future::Future;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use liant_app::press::PressTrouble;
use liant_model::Lang;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::ServiceExt as _;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate as _};

use crate::failure::{self, Failure};
use crate::{Site, frame, pages};

/// The longest that a browser may take to send the head of a request.
const HEAD: Duration = Duration::from_secs(10);
/// The longest that requests in flight may take to end once the server is asked to stop.
const FAREWELL: Duration = Duration::from_secs(30);
/// How many connections may stand at once.
const CONNECTIONS: usize = 2048;

/// The address of the other end of a connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// The whole site as one service.
pub(crate) fn router(site: &Site) -> Router {
    let squeezed = DefaultPredicate::new().and(NotForContentType::new("font/"));
    pages::table(site.settings().shows())
        .router(site)
        .layer(CatchPanicLayer::custom(|_| Failure::internal("a handler panicked").into_response()))
        .layer(from_fn_with_state(site.clone(), failure::pages))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(squeezed))
        .layer(from_fn_with_state(site.clone(), frame::frame))
}

/// Serves the site on a listener, until `stop` ends; then finishes what is in flight.
pub async fn serve(site: Site, listener: TcpListener, stop: impl Future<Output = ()>) {
    let router = router(&site);
    if !site.makes_documents() {
        tracing::info!("{}", PressTrouble::NotThere.words(Lang::En));
    }
    site.keep_directory();
    let open = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let mut stop = pin!(stop);
    loop {
        let next = async {
            // The semaphore is never closed.
            let place = Arc::clone(&places).acquire_owned().await.ok();
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            next = next => next,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                let connection = open.watch(connection(&router, stream, peer));
                tokio::spawn(async move {
                    let _held = place;
                    // A browser that hangs up is no event.
                    let _ = connection.await;
                });
            }
            Err(error) => {
                // Out of file descriptors, most often: leave time for some to come back.
                tracing::error!(%error, "a connection was not accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
    drop(listener);
    tracing::info!("stopping");
    if tokio::time::timeout(FAREWELL, open.shutdown()).await.is_err() {
        tracing::warn!("requests were cut off");
    }
}

fn connection(
    router: &Router,
    stream: TcpStream,
    peer: SocketAddr,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = hyper::Error> + Send + 'static {
    // Small answers leave at once; a socket that refuses serves as well.
    let _ = stream.set_nodelay(true);
    let router = router.clone();
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(Peer(peer));
        router.clone().oneshot(request)
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .serve_connection(TokioIo::new(stream), service)
}

/// Ends when the system asks the process to stop: `SIGTERM`, or Ctrl-C.
pub fn asked_to_stop() -> impl Future<Output = ()> {
    // From this call on, not from the first look at the future: nobody is cut off who asks in between.
    #[cfg(unix)]
    let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
    #[cfg(unix)]
    let interrupt = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt());
    async move {
        #[cfg(unix)]
        if let (Ok(mut terminate), Ok(mut interrupt)) = (terminate, interrupt) {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
        let _ = tokio::signal::ctrl_c().await;
    }
}
