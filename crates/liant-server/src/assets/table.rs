//! Written by `npm run build` in crates/liant-server/assets: do not edit.

use super::Asset;

/// `atkinson-18b2a1a39a2fa298.woff2`
pub(crate) const FONT: Asset = Asset {
    name: "atkinson-18b2a1a39a2fa298.woff2",
    path: "/assets/atkinson-18b2a1a39a2fa298.woff2",
    mime: "font/woff2",
    plain: include_bytes!("../../assets/built/atkinson-18b2a1a39a2fa298.woff2"),
    brotli: None,
    gzip: None,
};

/// `liant-f3f3054f2c8e7bd6.svg`
pub(crate) const ICON: Asset = Asset {
    name: "liant-f3f3054f2c8e7bd6.svg",
    path: "/assets/liant-f3f3054f2c8e7bd6.svg",
    mime: "image/svg+xml",
    plain: include_bytes!("../../assets/built/liant-f3f3054f2c8e7bd6.svg"),
    brotli: Some(include_bytes!("../../assets/built/liant-f3f3054f2c8e7bd6.svg.br")),
    gzip: Some(include_bytes!("../../assets/built/liant-f3f3054f2c8e7bd6.svg.gz")),
};

/// `liant-ca2b3d9726c3f275.css`
pub(crate) const STYLE: Asset = Asset {
    name: "liant-ca2b3d9726c3f275.css",
    path: "/assets/liant-ca2b3d9726c3f275.css",
    mime: "text/css; charset=utf-8",
    plain: include_bytes!("../../assets/built/liant-ca2b3d9726c3f275.css"),
    brotli: Some(include_bytes!("../../assets/built/liant-ca2b3d9726c3f275.css.br")),
    gzip: Some(include_bytes!("../../assets/built/liant-ca2b3d9726c3f275.css.gz")),
};

/// `liant-30341b67b6272665.js`
pub(crate) const SCRIPT: Asset = Asset {
    name: "liant-30341b67b6272665.js",
    path: "/assets/liant-30341b67b6272665.js",
    mime: "text/javascript; charset=utf-8",
    plain: include_bytes!("../../assets/built/liant-30341b67b6272665.js"),
    brotli: Some(include_bytes!("../../assets/built/liant-30341b67b6272665.js.br")),
    gzip: Some(include_bytes!("../../assets/built/liant-30341b67b6272665.js.gz")),
};

/// All of them.
pub(crate) const ALL: [&Asset; 4] = [&FONT, &ICON, &STYLE, &SCRIPT];

/// The SHA-256 of the sources they were built from.
#[cfg(test)]
pub(super) const SOURCES: &str = "3c2e63dfb17750b2c477b97cf0a1bee8a177217d85a66b60ce483268a7588f67";
