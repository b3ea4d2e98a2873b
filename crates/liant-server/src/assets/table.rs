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

/// `liant-930ca3c09b85f1bc.css`
pub(crate) const STYLE: Asset = Asset {
    name: "liant-930ca3c09b85f1bc.css",
    path: "/assets/liant-930ca3c09b85f1bc.css",
    mime: "text/css; charset=utf-8",
    plain: include_bytes!("../../assets/built/liant-930ca3c09b85f1bc.css"),
    brotli: Some(include_bytes!("../../assets/built/liant-930ca3c09b85f1bc.css.br")),
    gzip: Some(include_bytes!("../../assets/built/liant-930ca3c09b85f1bc.css.gz")),
};

/// `liant-0978d7e78b902e3d.js`
pub(crate) const SCRIPT: Asset = Asset {
    name: "liant-0978d7e78b902e3d.js",
    path: "/assets/liant-0978d7e78b902e3d.js",
    mime: "text/javascript; charset=utf-8",
    plain: include_bytes!("../../assets/built/liant-0978d7e78b902e3d.js"),
    brotli: Some(include_bytes!("../../assets/built/liant-0978d7e78b902e3d.js.br")),
    gzip: Some(include_bytes!("../../assets/built/liant-0978d7e78b902e3d.js.gz")),
};

/// All of them.
pub(crate) const ALL: [&Asset; 4] = [&FONT, &ICON, &STYLE, &SCRIPT];

/// The SHA-256 of the sources they were built from.
#[cfg(test)]
pub(super) const SOURCES: &str = "dd097e9a6518f5a339de2cae97bd6a40e4f4a5ea5e95d98b5e9890e823779dcc";
