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

/// `liant-f67ff7e890901299.css`
pub(crate) const STYLE: Asset = Asset {
    name: "liant-f67ff7e890901299.css",
    path: "/assets/liant-f67ff7e890901299.css",
    mime: "text/css; charset=utf-8",
    plain: include_bytes!("../../assets/built/liant-f67ff7e890901299.css"),
    brotli: Some(include_bytes!("../../assets/built/liant-f67ff7e890901299.css.br")),
    gzip: Some(include_bytes!("../../assets/built/liant-f67ff7e890901299.css.gz")),
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
pub(super) const SOURCES: &str = "98978bf318e87de707e9df380985c98bd3e34b8373bd09f08c384b4c897bcda1";
