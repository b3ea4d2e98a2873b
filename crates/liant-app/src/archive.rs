//! Encrypted archives, for what leaves Liant in a letter: ZIP with AES-256 (WinZip's AE-2), which 7-Zip opens. The names in such an archive
//! are in clear, and so is how long its content is: neither may tell who it is about.

use std::fmt;
use std::io::Write as _;
use std::str::FromStr;

use zeroize::Zeroizing;
use zip::write::SimpleFileOptions;
use zip::{AesMode, CompressionMethod, ZipWriter};

use crate::AppError;
use crate::context::random;

/// The signs of a passphrase: no two that look alike (no I, L, O, U).
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// How many signs a passphrase has: 5 bits each, 140 in all.
const LENGTH: usize = 28;
/// How many stand together.
const GROUP: usize = 4;

/// The passphrase of one archive: made here, shown once, kept nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// A new one.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn make() -> Result<Self, AppError> {
        let bytes: Zeroizing<[u8; LENGTH]> = Zeroizing::new(random()?);
        // 32 divides 256: every sign is as likely as another.
        let signs =
            bytes.iter().map(|byte| SIGNS.get(usize::from(byte % 32)).map_or('0', |sign| char::from(*sign)));
        let mut text = Zeroizing::new(String::with_capacity(LENGTH + LENGTH / GROUP));
        for (place, sign) in signs.enumerate() {
            if place > 0 && place % GROUP == 0 {
                text.push('-');
            }
            text.push(sign);
        }
        Ok(Self(text))
    }

    /// What is to be typed, its hyphens included.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

/// What was given is no passphrase that was made here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoPassphrase;

impl FromStr for Passphrase {
    type Err = NoPassphrase;

    fn from_str(text: &str) -> Result<Self, NoPassphrase> {
        let groups: Vec<&str> = text.split('-').collect();
        let is_group = |group: &&str| group.len() == GROUP && group.bytes().all(|sign| SIGNS.contains(&sign));
        if groups.len() == LENGTH / GROUP && groups.iter().all(is_group) {
            Ok(Self(Zeroizing::new(text.to_owned())))
        } else {
            Err(NoPassphrase)
        }
    }
}

/// An archive of one file. Its name is in clear; no day of making is written.
///
/// # Errors
/// Never in practice: an archive of one small file, in memory, can be written.
pub fn encrypted(name: &str, content: &[u8], passphrase: &Passphrase) -> Result<Vec<u8>, AppError> {
    // Stored as it is: a PDF is compressed already.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(zip::DateTime::default())
        .with_aes_encryption(AesMode::Aes256, passphrase.as_str());
    // Written from end to end: else the crate makes AE-1 of it, whose checksum of the clear text tells whoever guesses that she is right.
    let mut archive = ZipWriter::new_stream(Vec::new());
    archive.start_file(name, options).map_err(not_written)?;
    archive.write_all(content).map_err(|_| AppError::Internal("an archive was not written".to_owned()))?;
    Ok(archive.finish().map_err(not_written)?.into_inner())
}

fn not_written(_: zip::result::ZipError) -> AppError {
    AppError::Internal("an archive was not written".to_owned())
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _};

    use zip::ZipArchive;

    use super::*;

    fn opened(archive: &[u8], passphrase: &str) -> Option<Vec<u8>> {
        let mut archive = ZipArchive::new(Cursor::new(archive)).unwrap();
        let mut file = archive.by_index_decrypt(0, passphrase.as_bytes()).ok()?;
        let mut content = Vec::new();
        file.read_to_end(&mut content).ok()?;
        Some(content)
    }

    #[test]
    fn it_opens_with_its_passphrase_and_with_no_other() {
        let (one, other) = (Passphrase::make().unwrap(), Passphrase::make().unwrap());
        assert_ne!(one, other);
        let content = b"%PDF-1.7 what she signed".to_vec();
        let archive = encrypted("fiche-de-liaison.pdf", &content, &one).unwrap();
        assert_eq!(opened(&archive, one.as_str()), Some(content.clone()));
        assert_eq!(opened(&archive, other.as_str()), None);
        assert_eq!(opened(&archive, &one.as_str().replace('-', "")), None, "its hyphens are part of it");
        let holds = |part: &[u8]| archive.windows(part.len()).any(|window| window == part);
        assert!(!holds(b"what she signed") && !holds(one.as_str().as_bytes()));
        // AES-256 and AE-2, without a checksum of the clear text, without a comment or a day.
        let mut read = ZipArchive::new(Cursor::new(archive.as_slice())).unwrap();
        assert!(read.comment().is_empty());
        let file = read.by_index_raw(0).unwrap();
        assert_eq!(file.name().unwrap(), "fiche-de-liaison.pdf");
        assert_eq!((file.crc32(), file.comment()), (0, ""));
        assert_eq!(file.last_modified(), Some(zip::DateTime::default()));
        assert!(file.encrypted());
        assert!(
            holds(&[0x01, 0x99, 7, 0, 2, 0, b'A', b'E', 3, 0, 0]),
            "the extra field of AE-2, 256 bits, stored"
        );
    }

    #[test]
    fn a_flaw_in_it_is_found() {
        let passphrase = Passphrase::make().unwrap();
        let mut archive = encrypted("a.pdf", &[7; 400], &passphrase).unwrap();
        archive[200] ^= 1;
        assert_eq!(opened(&archive, passphrase.as_str()), None);
    }

    #[test]
    fn a_passphrase_has_a_shape_and_tells_nothing_of_itself() {
        let made = Passphrase::make().unwrap();
        assert_eq!(made.as_str().len(), 34);
        assert_eq!(made.as_str().parse(), Ok(made.clone()));
        assert_eq!(format!("{made:?}"), "Passphrase(…)");
        let whole = "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV";
        assert!(whole.parse::<Passphrase>().is_ok());
        for wrong in [
            "",
            "0123",
            &whole[5..],
            &whole.replace('0', "O"),
            &whole.replace('R', "r"),
            &whole.replace('-', " "),
        ] {
            assert_eq!(wrong.parse::<Passphrase>(), Err(NoPassphrase), "{wrong}");
        }
    }

    /// 7-Zip opens it, where there is one.
    #[test]
    fn another_program_opens_it() {
        use std::process::Command;

        let Some(program) = ["7zz", "7z"].into_iter().find(|one| Command::new(one).output().is_ok()) else {
            return;
        };
        let folder = tempfile::tempdir().unwrap();
        let (path, passphrase) = (folder.path().join("fiche.zip"), Passphrase::make().unwrap());
        std::fs::write(&path, encrypted("fiche.pdf", b"what she signed", &passphrase).unwrap()).unwrap();
        let with = |passphrase: &str| {
            let asked = Command::new(program)
                .args(["x", "-so", &format!("-p{passphrase}")])
                .arg(&path)
                .output()
                .unwrap();
            asked.status.success().then_some(asked.stdout)
        };
        assert_eq!(with(passphrase.as_str()).as_deref(), Some(&b"what she signed"[..]));
        assert_eq!(with(Passphrase::make().unwrap().as_str()), None);
    }
}
