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

/// `liant-a4ce2f701e31543b.css`
pub(crate) const STYLE: Asset = Asset {
    name: "liant-a4ce2f701e31543b.css",
    path: "/assets/liant-a4ce2f701e31543b.css",
    mime: "text/css; charset=utf-8",
    plain: include_bytes!("../../assets/built/liant-a4ce2f701e31543b.css"),
    brotli: Some(include_bytes!("../../assets/built/liant-a4ce2f701e31543b.css.br")),
    gzip: Some(include_bytes!("../../assets/built/liant-a4ce2f701e31543b.css.gz")),
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
pub(super) const SOURCES: &str = "7c608b439ad8d540e21a6e2c7659a0d0b71015b331fc4d635fe9a20a69e240c5";
