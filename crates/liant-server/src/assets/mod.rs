//! The style sheet, the script, the font and the icon: embedded, under names that carry their fingerprint.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};

mod table;

pub(crate) use table::{ALL, FONT, ICON, SCRIPT, STYLE};

/// One embedded file.
pub(crate) struct Asset {
    /// Its name, fingerprint included.
    pub(crate) name: &'static str,
    /// Its address.
    pub(crate) path: &'static str,
    mime: &'static str,
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

impl Asset {
    /// The asset of this name.
    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        ALL.into_iter().find(|asset| asset.name == name)
    }

    /// The asset in the smallest form that the browser takes.
    pub(crate) fn response(&self, request: &HeaderMap) -> Response<Body> {
        let accepted =
            request.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
        let (bytes, encoding) = match (self.brotli, self.gzip) {
            (Some(brotli), _) if accepts(accepted, "br") => (brotli, Some("br")),
            (_, Some(gzip)) if accepts(accepted, "gzip") => (gzip, Some("gzip")),
            _ => (self.plain, None),
        };
        let mut response = Response::new(Body::from(bytes));
        *response.status_mut() = StatusCode::OK;
        let mut set = |name: HeaderName, value: &'static str| {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        };
        set(header::CONTENT_TYPE, self.mime);
        set(header::CACHE_CONTROL, "public, max-age=31536000, immutable");
        set(header::VARY, "accept-encoding");
        if let Some(encoding) = encoding {
            set(header::CONTENT_ENCODING, encoding);
        }
        response
    }
}

/// Whether an `Accept-Encoding` takes `coding`.
fn accepts(header: &str, coding: &str) -> bool {
    header.split(',').any(|one| {
        let (name, quality) = one.split_once(';').unwrap_or((one, "q=1"));
        let refused =
            matches!(quality.trim().strip_prefix("q=").map(str::parse::<f32>), Some(Ok(q)) if q <= 0.0);
        name.trim().eq_ignore_ascii_case(coding) && !refused
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ring::digest;
    use std::fmt::Write as _;
    use std::path::Path;

    fn sha256(bytes: impl IntoIterator<Item = Vec<u8>>) -> String {
        let mut context = digest::Context::new(&digest::SHA256);
        for part in bytes {
            context.update(&part);
        }
        context.finish().as_ref().iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    #[test]
    fn a_name_carries_the_fingerprint_of_its_content() {
        for asset in ALL {
            let found = sha256([asset.plain.to_vec()]);
            assert!(asset.name.contains(&found[..16]), "{} was not built: {found}", asset.name);
        }
    }

    #[test]
    fn the_assets_are_built_from_the_sources_beside_them() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
        let mut names = vec!["build.mjs".to_owned(), "package.json".into(), "package-lock.json".into()];
        for entry in std::fs::read_dir(folder.join("src")).unwrap() {
            names.push(format!("src/{}", entry.unwrap().file_name().to_string_lossy()));
        }
        names.sort();
        let parts = names
            .iter()
            .flat_map(|name| [format!("{name}\n").into_bytes(), std::fs::read(folder.join(name)).unwrap()]);
        assert_eq!(
            sha256(parts),
            table::SOURCES,
            "a source of the assets changed: run `npm ci && npm run build` in crates/liant-server/assets and commit"
        );
    }

    #[test]
    fn the_first_page_is_light() {
        let least = |asset: &Asset| asset.brotli.unwrap_or(asset.plain).len();
        let total: usize = ALL.into_iter().map(least).sum();
        assert!(total < 90_000, "{total} bytes of assets: the first page may weigh 150 kB, markup included");
    }

    #[test]
    fn the_smallest_accepted_form_is_served() {
        for (accepted, expected) in [
            ("gzip, deflate, br", Some("br")),
            ("gzip", Some("gzip")),
            ("br;q=0, gzip", Some("gzip")),
            ("", None),
            ("identity", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_str(accepted).unwrap());
            let response = STYLE.response(&headers);
            let encoding =
                response.headers().get(header::CONTENT_ENCODING).map(|value| value.to_str().unwrap());
            assert_eq!(encoding, expected, "{accepted}");
        }
        assert!(FONT.response(&HeaderMap::new()).headers().get(header::CONTENT_ENCODING).is_none());
    }
}
