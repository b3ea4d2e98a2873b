//! Evidence as the store keeps it beside a link: one byte a field, in a fixed order.

use crate::evidence::{
    Band, CafLevel, CommuneLevel, DateLevel, Evidence, FIELDS, FirstNameLevel, FtLevel, NameLevel, NirLevel,
};

/// First byte of the stored form.
const VERSION: u8 = 1;

impl Evidence {
    /// The stored form: a version, the level of each field, the band.
    pub fn to_bytes(&self) -> [u8; FIELDS + 2] {
        let mut bytes = [VERSION; FIELDS + 2];
        bytes.iter_mut().skip(1).zip(self.levels()).for_each(|(slot, level)| *slot = level);
        bytes[FIELDS + 1] = self.band as u8;
        bytes
    }

    /// Reads the stored form; nothing when it is of another version or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let [VERSION, nir, name, first_name, date, commune, caf, ft, band] = bytes else { return None };
        Some(Self {
            nir: NirLevel::from_number(*nir)?,
            name: NameLevel::from_number(*name)?,
            first_name: FirstNameLevel::from_number(*first_name)?,
            date: DateLevel::from_number(*date)?,
            commune: CommuneLevel::from_number(*commune)?,
            caf: CafLevel::from_number(*caf)?,
            ft: FtLevel::from_number(*ft)?,
            band: [Band::Scored, Band::Certain, Band::Barred]
                .into_iter()
                .find(|known| *known as u8 == *band)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stored_form_comes_back_and_damage_is_seen() {
        let evidence = Evidence {
            nir: NirLevel::Different,
            name: NameLevel::Equal,
            date: DateLevel::Equal,
            band: Band::Barred,
            ..Evidence::default()
        };
        let bytes = evidence.to_bytes();
        assert_eq!(Evidence::from_bytes(&bytes), Some(evidence));
        assert_eq!(Evidence::from_bytes(&bytes[..8]), None);
        assert_eq!(Evidence::from_bytes(&[9; 9]), None);
        assert_eq!(Evidence::from_bytes(&[1, 200, 0, 0, 0, 0, 0, 0, 0]), None);
    }
}
