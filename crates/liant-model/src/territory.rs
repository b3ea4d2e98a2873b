use std::fmt;

/// A Département (*code département*, 01 … 95, 2A, 2B, 971 …): the key that leads every table of people's data.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Territory {
    code: [u8; 3],
    length: u8,
}

/// Why a text names no Département.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such département code: give 01 … 95, 2A, 2B, or 971 … 988")]
pub struct InvalidTerritory;

impl Territory {
    /// Reads a Département code of two or three characters.
    ///
    /// # Errors
    /// [`InvalidTerritory`] when no Département has this code.
    pub fn parse(text: &str) -> Result<Self, InvalidTerritory> {
        let valid = match text.as_bytes() {
            b"2A" | b"2B" => true,
            b"20" => false,
            [tens @ b'0'..=b'9', units @ b'0'..=b'9'] => {
                (1..=95).contains(&((tens - b'0') * 10 + (units - b'0')))
            }
            [b'9', b'7' | b'8', b'0'..=b'9'] => true,
            _ => false,
        };
        if !valid {
            return Err(InvalidTerritory);
        }
        let mut code = [0; 3];
        code.iter_mut().zip(text.bytes()).for_each(|(slot, byte)| *slot = byte);
        Ok(Self { code, length: text.len() as u8 })
    }

    /// The code: `62`, `2A`, `971`.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.code[..usize::from(self.length)]).unwrap_or_default()
    }
}

impl fmt::Display for Territory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Territory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Territory({})", self.as_str())
    }
}

impl std::str::FromStr for Territory {
    type Err = InvalidTerritory;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes() {
        for good in ["01", "62", "95", "2A", "2B", "971", "976", "988"] {
            assert_eq!(Territory::parse(good).map(|t| t.to_string()), Ok(good.to_owned()));
        }
        for bad in ["", "1", "00", "20", "96", "2C", "2a", "969", "0062", "é1"] {
            assert_eq!(Territory::parse(bad), Err(InvalidTerritory), "{bad}");
        }
    }
}
