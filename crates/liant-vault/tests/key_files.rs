//! Key files: protection, replacement, damage.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking, as tests do")]

use std::{fs, path::Path};

use liant_model::Instant;
use liant_vault::{Domain, FileKms, KeyFile, Keyring, Kms as _, Protection, VaultError};
use tempfile::TempDir;
use zeroize::Zeroizing;

const NOW: Instant = Instant::from_micros(1_767_225_600_000_000);

fn new_ring(path: &Path, protection: Protection<'_>) -> (KeyFile, Keyring) {
    let (file, ring) = (KeyFile::at(path), Keyring::generate(NOW).unwrap());
    file.create(&ring, protection).unwrap();
    (file, ring)
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_ring_read_back_opens_and_indexes_alike() {
    let dir = TempDir::new().unwrap();
    let kms = FileKms::create(&dir.path().join("master.key")).unwrap();
    for (name, protection) in [("clear", Protection::Clear), ("wrapped", Protection::Wrapped(&kms))] {
        let (file, ring) = new_ring(&dir.path().join(name), protection);
        let sealed = ring.seal(Domain::Msa, b"p", b"value").unwrap();
        let again = file.load(protection).unwrap();
        assert_eq!(again.open(Domain::Msa, b"p", &sealed).unwrap().as_slice(), b"value", "{name}");
        assert_eq!(again.blind_index(Domain::Nir, b"x"), ring.blind_index(Domain::Nir, b"x"), "{name}");
        assert_ne!(
            again.seal(Domain::Msa, b"p", b"value").unwrap()[..24],
            sealed[..24],
            "{name}: a fresh session"
        );
    }
}

#[test]
fn rotation_on_disk_keeps_every_version() {
    let dir = TempDir::new().unwrap();
    let (file, ring) = new_ring(&dir.path().join("keys.toml"), Protection::Clear);
    let sealed = ring.seal(Domain::Nir, b"", b"value").unwrap();
    let (rotated, version) = file.update(Protection::Clear, |ring| ring.rotate_seal(NOW)).unwrap();
    file.update(Protection::Clear, |ring| ring.rotate_index(NOW)).unwrap();
    let later = file.load(Protection::Clear).unwrap();
    assert_eq!((version.get(), later.seal_version().get(), later.index_version().get()), (2, 2, 2));
    assert!(later.open(Domain::Nir, b"", &sealed).is_ok());
    let newer = rotated.seal(Domain::Nir, b"", b"value").unwrap();
    assert!(later.open(Domain::Nir, b"", &newer).is_ok());
    assert!(ring.open(Domain::Nir, b"", &newer).unwrap_err().to_string().contains("load the key file again"));
}

#[cfg(unix)]
#[test]
fn a_link_to_the_file_stays_a_link() {
    let dir = TempDir::new().unwrap();
    let link = dir.path().join("link.toml");
    let (file, _) = new_ring(&dir.path().join("keys.toml"), Protection::Clear);
    std::os::unix::fs::symlink("keys.toml", &link).unwrap();
    KeyFile::at(&link).update(Protection::Clear, |ring| ring.rotate_seal(NOW)).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(file.load(Protection::Clear).unwrap().seal_version().get(), 2);
}

#[test]
fn rotations_at_once_each_add_a_version() {
    let dir = TempDir::new().unwrap();
    let (file, _) = new_ring(&dir.path().join("keys.toml"), Protection::Clear);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| file.update(Protection::Clear, |ring| ring.rotate_seal(NOW)).unwrap());
        }
    });
    assert_eq!(file.load(Protection::Clear).unwrap().seal_version().get(), 9);
}

#[test]
fn a_change_that_fails_leaves_the_file_alone() {
    let dir = TempDir::new().unwrap();
    let (file, _) = new_ring(&dir.path().join("keys.toml"), Protection::Clear);
    let before = fs::read(dir.path().join("keys.toml")).unwrap();
    let outcome = file.update(Protection::Clear, |ring| {
        ring.rotate_seal(NOW)?;
        Err::<(), _>(VaultError::NoVersionLeft)
    });
    assert!(outcome.is_err());
    assert_eq!(fs::read(dir.path().join("keys.toml")).unwrap(), before);
}

#[test]
fn an_existing_file_is_never_overwritten() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("keys.toml");
    let (file, _) = new_ring(&path, Protection::Clear);
    let before = fs::read(&path).unwrap();
    assert!(file.create(&Keyring::generate(NOW).unwrap(), Protection::Clear).is_err());
    assert!(FileKms::create(&path).is_err());
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[cfg(unix)]
#[test]
fn files_are_private_and_exposed_ones_refused() {
    let dir = TempDir::new().unwrap();
    let (keys, master) = (dir.path().join("keys.toml"), dir.path().join("master.key"));
    let (file, _) = new_ring(&keys, Protection::Clear);
    FileKms::create(&master).unwrap();
    assert_eq!((mode(&keys), mode(&master)), (0o600, 0o600));
    file.update(Protection::Clear, |ring| ring.rotate_seal(NOW)).unwrap();
    assert_eq!(mode(&keys), 0o600, "still private once replaced");
    for exposed in [0o640, 0o604, 0o620, 0o602, 0o644, 0o610] {
        set_mode(&keys, exposed);
        set_mode(&master, exposed);
        let error = file.load(Protection::Clear).unwrap_err();
        assert!(matches!(error, VaultError::Exposed { .. }), "{exposed:o}");
        assert!(error.to_string().contains("chmod 600"));
        assert!(FileKms::open(&master).is_err(), "{exposed:o}");
    }
    set_mode(&keys, 0o400);
    file.load(Protection::Clear).unwrap();
}

#[test]
fn wrapped_keys_need_their_own_service() {
    let dir = TempDir::new().unwrap();
    let kms = FileKms::create(&dir.path().join("a")).unwrap();
    let other = FileKms::create(&dir.path().join("b")).unwrap();
    let (file, ring) = new_ring(&dir.path().join("keys"), Protection::Wrapped(&kms));
    for (wrong, says) in
        [(Protection::Clear, "no key management service"), (Protection::Wrapped(&other), "wrapped by")]
    {
        let error = file.load(wrong).unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }
    let clear = ring.to_text(Protection::Clear).unwrap();
    assert!(Keyring::from_text(&clear, Protection::Wrapped(&kms)).is_err());
    let reopened = FileKms::open(&dir.path().join("a")).unwrap();
    assert_eq!(reopened.id(), kms.id());
    file.load(Protection::Wrapped(&reopened)).unwrap();
}

#[test]
fn a_wrapped_key_is_bound_to_its_label_and_refuses_alteration() {
    let dir = TempDir::new().unwrap();
    let kms = FileKms::create(&dir.path().join("master")).unwrap();
    let key = Zeroizing::new([7; 32]);
    let wrapped = kms.wrap("seal 1", &key).unwrap();
    assert_eq!(*kms.unwrap("seal 1", &wrapped).unwrap(), *key);
    assert!(kms.unwrap("seal 2", &wrapped).is_err());
    for bit in 0..wrapped.len() * 8 {
        let mut altered = wrapped.clone();
        altered[bit / 8] ^= 1 << (bit % 8);
        assert!(kms.unwrap("seal 1", &altered).is_err(), "bit {bit}");
    }
    assert!(kms.unwrap("seal 1", &wrapped[..11]).is_err());
}

#[test]
fn a_damaged_master_key_is_told_in_words() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("master");
    FileKms::create(&path).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    let key = &keys_of(&text)[0];
    let flipped = if key.starts_with('0') { "1" } else { "0" };
    let cases = [
        (text.replace(key, &format!("{flipped}{}", &key[1..])), "damaged"),
        (text.replace(key, &key[2..]), "31 bytes"),
        (text.replace("liant-master-key/1", "liant-keys/1"), "not a master key"),
        (text.replace("check", "cheque"), "not valid TOML"),
    ];
    for (damaged, says) in cases {
        fs::write(&path, damaged).unwrap();
        let error = FileKms::open(&path).unwrap_err().to_string();
        assert!(error.contains(says) && !error.contains(&key[8..24]), "{error} should say {says}");
    }
}

/// A text of invented keys, so that errors can be searched for them.
fn sample() -> String {
    let ring = Keyring::generate(NOW).unwrap();
    ring.to_text(Protection::Clear).unwrap().to_string()
}

fn keys_of(text: &str) -> Vec<String> {
    let lines = text.lines().filter_map(|line| line.strip_prefix("key = \""));
    lines.map(|rest| rest.trim_end_matches('"').to_owned()).collect()
}

#[test]
fn damage_is_told_in_words_without_key_material() {
    let text = sample();
    let keys = keys_of(&text);
    assert_eq!(keys.len(), 2);
    let flipped = if keys[0].starts_with('0') { "1" } else { "0" };
    let cases = [
        (text.replace(&keys[0], &format!("{flipped}{}", &keys[0][1..])), "key of seal 1 is damaged"),
        (text.replace(&keys[1], &keys[1][2..]), "key of index 1 is 31 bytes long"),
        (text.replace(&keys[1], &format!("zz{}", &keys[1][2..])), "key of index 1 is not hexadecimal"),
        (text.replace("active_seal = 1", "active_seal = 3"), "`active_seal` is 3"),
        (text.replace("version = 1", "version = 0").replace("= 1\n", "= 0\n"), "`active_seal` is 0"),
        (text.replace("liant-keys/1", "liant-keys/9"), "`format` should be"),
        (text.replace(&format!("\"{}\"", keys[0]), &keys[0]), "line 9"),
        (text.replace(&format!("key = \"{}\"", keys[0]), &format!("key = [\"{}\"]", keys[0])), "line 9"),
        (text.replace("[[index]]", "[[seal]]"), "not valid TOML, or an entry is missing"),
        (text.replace("check", "cheque"), "not valid TOML, or an entry is missing"),
        (
            format!(
                "{text}\n{}",
                text.split_once("[[index]]").map(|(_, tail)| format!("[[index]]{tail}")).unwrap()
            ),
            "two [[index]]",
        ),
        (text[..text.len() / 2].to_owned(), "key file"),
        (String::new(), "key file"),
    ];
    for (damaged, says) in cases {
        assert_ne!(damaged, text);
        let error = Keyring::from_text(&damaged, Protection::Clear).unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(shown.contains(says), "{shown} should say {says}");
        for key in &keys {
            assert!(!shown.contains(&key[8..24]), "{says}: key material in {shown}");
        }
    }
}

#[test]
fn keys_swapped_between_uses_are_refused() {
    let text = sample();
    let swapped =
        text.replace("[[seal]]", "[[x]]").replace("[[index]]", "[[seal]]").replace("[[x]]", "[[index]]");
    let error = Keyring::from_text(&swapped, Protection::Clear).unwrap_err();
    assert!(error.to_string().contains("damaged"), "{error}");
}

#[test]
fn hostile_files_are_refused() {
    let dir = TempDir::new().unwrap();
    assert!(KeyFile::at(dir.path()).load(Protection::Clear).is_err(), "a directory");
    assert!(KeyFile::at(dir.path().join("absent")).load(Protection::Clear).is_err());
    let (file, _) = new_ring(&dir.path().join("keys"), Protection::Clear);
    fs::write(dir.path().join("keys"), vec![b'#'; 2 << 20]).unwrap();
    assert!(file.load(Protection::Clear).unwrap_err().to_string().contains("too large"));
    fs::write(dir.path().join("keys"), [0xff, 0xfe]).unwrap();
    assert!(file.load(Protection::Clear).is_err(), "not UTF-8");
}
