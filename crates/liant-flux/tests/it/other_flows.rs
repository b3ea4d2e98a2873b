//! CNAF's flow and the Département's own CSV files.

use crate::support;
use crate::support::{options, profile, read, refused};
use liant_flux::{Profile, Reader, detect};
use liant_model::Field;

const SAMPLE: &str = "<?xml version=\"1.0\" encoding=\"windows-1252\"?>
<Racine xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:noNamespaceSchemaLocation=\"vrsb0801.xsd\">
	<IdentificationFlux><APPLIEME>CRI</APPLIEME><NUMVERSIONAPPLIEME>6200</NUMVERSIONAPPLIEME><TYPEFLUX>M</TYPEFLUX>
	<NATFLUX>D</NATFLUX><DTCREAFLUX>2026-11-05</DTCREAFLUX><HEUCREAFLUX>01:18:36.0000</HEUCREAFLUX><DTREF>2026-10-31</DTREF></IdentificationFlux>
	<InfosFoyerRSA>
		<IdentificationRSA>
			<Organisme><FONORG>CAF</FONORG><NUMORG>621</NUMORG><MATRICULE>205599000000000</MATRICULE></Organisme>
			<Partenaire><TYPEPARTE>CG </TYPEPARTE><IDEPARTE>062</IDEPARTE></Partenaire>
			<DemandeRSA><DTDEMRSA>2018-08-06</DTDEMRSA><NUMDEMRSA>01024041052</NUMDEMRSA></DemandeRSA>
		</IdentificationRSA>
		<Personne>
			<Identification><QUAL>MME</QUAL><NOM>BARBIEUX</NOM><NOMNAI>DELVAL</NOMNAI><PRENOM>ZO\u{cb}</PRENOM><DTNAI>1982-02-01</DTNAI>
			<NIR>282025110803094</NIR><TOPVALIEC>true</TOPVALIEC><SEXE>2</SEXE></Identification>
			<Prestations><NATPREST>PFA</NATPREST><ROLEPERS>ENF</ROLEPERS><TOPCHAPERS>0</TOPCHAPERS></Prestations>
			<Prestations><NATPREST>RSA</NATPREST><ROLEPERS>DEM</ROLEPERS><TOPCHAPERS>1</TOPCHAPERS></Prestations>
			<Rattachement><NOMNAI>AUTRE</NOMNAI><PRENOM>X</PRENOM></Rattachement>
			<MontantCalculDroitRSAPersonne><TOPPERSDRODEVORSA>1</TOPPERSDRODEVORSA></MontantCalculDroitRSAPersonne>
		</Personne>
		<Personne>
			<Identification><QUAL>MR</QUAL><NOM>DELVAL</NOM><NOMNAI>DELVAL</NOMNAI><PRENOM>NOE</PRENOM><DTNAI>2015-03-23</DTNAI></Identification>
			<FonctionPersonneRSA><ROLEPERS>ENF</ROLEPERS></FonctionPersonneRSA>
			<CalculDroitRSAPersonne><TOPPERSDRODEVORSA>0</TOPPERSDRODEVORSA></CalculDroitRSAPersonne>
		</Personne>
		<DonneesAdministratives>
			<SituationFamille><SITFAM>CEL</SITFAM><DDSITFAM>1994-10-27</DDSITFAM></SituationFamille>
			<Adresse><TroncCommunAdresse><RGADR>01</RGADR></TroncCommunAdresse><AdresseDetailleeFrance><COMPLIDEADR /><NUMVOIE>25</NUMVOIE><NOMVOIE>DES LILAS</NOMVOIE><NUMCOM>62041</NUMCOM><CODEPOS>62000</CODEPOS></AdresseDetailleeFrance></Adresse>
			<Adresse><TroncCommunAdresse><RGADR>02</RGADR></TroncCommunAdresse><AdresseDetailleeFrance><NUMCOM>59000</NUMCOM></AdresseDetailleeFrance></Adresse>
		</DonneesAdministratives>
		<PrestationRSA><SituationDossierRSA><EtatDossierRSA><ETATDOSRSA>4</ETATDOSRSA></EtatDossierRSA>
		<SuspensionVersement><MOTISUSVERSRSA>01</MOTISUSVERSRSA><DDSUSVERSRSA>2025-11-01</DDSUSVERSRSA></SuspensionVersement>
		<SuspensionVersement><MOTISUSVERSRSA>06</MOTISUSVERSRSA><DDSUSVERSRSA>2026-10-01</DDSUSVERSRSA></SuspensionVersement></SituationDossierRSA></PrestationRSA>
	</InfosFoyerRSA>
	<TransmissionFlux><NBTOTDOSRSATRANSM>00000001</NBTOTDOSRSATRANSM><NBTOTDOSRSATRANSMANO>00000000</NBTOTDOSRSATRANSMANO></TransmissionFlux>
</Racine>
";

#[test]
fn a_household_is_read_person_by_person() {
    let file = support::latin1(SAMPLE);
    let seen = read("RSABEM", file.as_slice()).unwrap_or_else(|refusal| panic!("{refusal}"));
    assert_eq!(seen.records.len(), 2);
    assert_eq!((seen.summary.records, seen.summary.dossiers, seen.summary.rejected), (1, 2, 0), "{seen:?}");
    assert_eq!(seen.warnings(), [""; 0]);
    for (field, first, second) in [
        (Field::RsaRequestNumber, Some("01024041052"), Some("01024041052")),
        (Field::FirstName, Some("ZOË"), Some("NOE")),
        (Field::BirthName, Some("DELVAL"), Some("DELVAL")),
        (Field::Nir, Some("2820251108030"), None),
        (Field::CivilStatusChecked, Some("1"), None),
        (Field::HouseholdRole, Some("DEM"), Some("ENF")),
        (Field::BenefitNature, Some("RSA"), None),
        (Field::UnderRightsAndDuties, Some("1"), Some("0")),
        (Field::ResidenceCommune, Some("62041"), Some("62041")),
        (Field::RsaState, Some("4"), Some("4")),
        (Field::PaymentSuspensionReason, Some("06"), Some("06")),
        (Field::PaymentSuspendedOn, Some("2026-10-01"), Some("2026-10-01")),
    ] {
        assert_eq!((seen.value(0, field), seen.value(1, field)), (first, second), "{field}");
    }
    let (first, second) = (seen.records[0].key.clone().unwrap(), seen.records[1].key.clone().unwrap());
    assert!(first.starts_with("01024041052/") && first != second);
    assert_eq!(seen.records[0].number, seen.records[1].number);
}

#[test]
fn what_a_recipient_is_told_by_comes_with_each_person() {
    let profile = profile("RSABEM");
    let file = support::latin1(SAMPLE);
    let mut reader = Reader::open(file.as_slice(), &profile, &support::lists(), &options()).unwrap();
    let mut found = Vec::new();
    while let Some(dossier) = reader.next_dossier().unwrap() {
        let asked =
            [Field::BenefitNature, Field::HouseholdRole, Field::RsaState, Field::UnderRightsAndDuties];
        found.push(asked.map(|field| dossier.value(field).map(str::to_owned)));
        assert_eq!(dossier.household_key(), Some("CAF/621/01024041052"));
    }
    let first = ["RSA", "DEM", "4", "1"].map(|value| Some(value.to_owned()));
    assert_eq!(found.len(), 2);
    assert_eq!(found[0], first);
    assert_ne!(found[1][1..], first[1..]);
}

#[test]
fn households_that_are_refused() {
    for (from, to, rule) in [
        ("<IDEPARTE>062", "<IDEPARTE>059", "RSABEM-TERRITORY"),
        ("00000001</NBTOT", "00000002</NBTOT", "RSABEM-COUNT"),
        ("IdentificationFlux", "entete", "RSABEM-HEADER-MISSING"),
        ("windows-1252", "utf-8", "RSABEM-INVALID-BYTES"),
        (
            "<DonneesAdministratives>",
            &format!("{}<DonneesAdministratives>", "<Personne/>".repeat(200)),
            "RSABEM-PERSONS",
        ),
    ] {
        let file = support::latin1(&SAMPLE.replace(from, to));
        assert_eq!(refused("RSABEM", file.as_slice()), rule);
    }
    let more = support::latin1(&SAMPLE.replace("00000001</NBTOT", "00000000</NBTOT"));
    assert_eq!(
        read("RSABEM", more.as_slice()).unwrap().warnings(),
        ["RSABEM-COUNT"],
        "one file in several households"
    );
    let utf8 = SAMPLE.replace("windows-1252", "UTF-8");
    assert_eq!(read("RSABEM", utf8.as_bytes()).unwrap().value(0, Field::FirstName), Some("ZOË"));
    let western = support::latin1(&SAMPLE.replace("windows-1252", "ISO-8859-15"));
    assert_eq!(read("RSABEM", western.as_slice()).unwrap().value(0, Field::FirstName), Some("ZOË"));
}

#[test]
fn known_people_are_read_whatever_the_columns() {
    let file = "\u{feff}ref;prenom;NIR;date_naissance;note\r\n\
        P1;\"Zoë; dite \"\"Zo\"\"\";2810262194289;1981-02-28;x\r\n\
        P2;Noé;12;31/12/1999;\r\n\r\n\
        P3;;281026219428914;19810228;\"a\nb\"\r\n\
        ;Ada;;;\r\n\
        P5;Ada\r\n";
    let seen = read("PERSONNES", file.as_bytes()).unwrap();
    let keys: Vec<_> = seen.records.iter().map(|record| record.key.as_deref()).collect();
    assert_eq!(keys, [Some("P1"), Some("P2"), Some("P3"), None, Some("P5")]);
    assert_eq!(seen.value(0, Field::FirstName), Some("Zoë; dite \"Zo\""));
    assert_eq!(
        (seen.value(1, Field::Nir), seen.value(1, Field::BirthDate)),
        (Some("12"), Some("31/12/1999"))
    );
    assert_eq!(seen.value(2, Field::BirthDate), Some("1981-02-28"));
    assert_eq!(seen.records[3].problems, ["PERSONNES-ID_INTERNE-REQUIRED"]);
    assert_eq!(seen.records[4].problems, ["PERSONNES-CELLS"]);
    assert_eq!(seen.records[3].line, 7);
    let mut warnings = seen.warnings();
    warnings.sort_unstable();
    assert_eq!(
        warnings,
        [
            "PERSONNES-COLUMN-UNKNOWN",
            "PERSONNES-DATE_NAISSANCE-COMPACT",
            "PERSONNES-DATE_NAISSANCE-FORM",
            "PERSONNES-NIR-FORM"
        ]
    );
}

#[test]
fn a_nir_with_its_key_loses_it() {
    let seen = read("PERSONNES", "id,nir\n1,179012A00123471\n".as_bytes()).unwrap();
    assert_eq!((seen.value(0, Field::Nir), seen.warnings()), (Some("179012A001234"), vec![]));
}

#[test]
fn decisions_are_read() {
    let header = "matricule_caf,nature,date_decision,organisme,nom,prenom,telephone,email\n";
    for (line, problems) in [
        ("062,01,2026-11-02,CCAS,A,B,0321000000,a@b.example\n", vec![]),
        (",01,2026-11-02,CCAS,,,,\n", vec!["ORIENTATIONS-PERSON"]),
        ("062,07,2026-11-02,CCAS,,,,\n", vec!["ORIENTATIONS-NATURE-CODE"]),
        ("062,01,2027-01-01,CCAS,,,,\n", vec!["ORIENTATIONS-DATE-DECISION-FUTURE"]),
        ("062,01,2026-11-02,CCAS,,B,,\n", vec!["ORIENTATIONS-REFERENT-NOM"]),
        ("062,,,CCAS,,,,\n", vec!["ORIENTATIONS-NATURE-REQUIRED", "ORIENTATIONS-DATE_DECISION-REQUIRED"]),
    ] {
        let seen = read("ORIENTATIONS", format!("{header}{line}").as_bytes()).unwrap();
        assert_eq!(seen.records[0].problems, problems, "{line}");
    }
}

#[test]
fn csv_files_that_are_refused() {
    let big = "A".repeat(10 << 20);
    for (file, rule) in [
        (String::new(), "PERSONNES-EMPTY"),
        ("id,nir,nir\n1,2,3\n".to_owned(), "PERSONNES-COLUMN-REPEATED"),
        ("id,prenom\n1,\"a\n".to_owned(), "PERSONNES-QUOTE"),
        ("id,prenom\n1,\u{0}\n".to_owned(), "PERSONNES-CONTROL-BYTE"),
        (format!("id,prenom\n1,{}\n", &big[..10_000]), "PERSONNES-TEXT-SIZE"),
        (format!("id,prenom\n1,{big}\n"), "PERSONNES-RECORD-SIZE"),
    ] {
        assert_eq!(refused("PERSONNES", file.as_bytes()), rule);
    }
    assert_eq!(refused("PERSONNES", &b"id,prenom\n1,Zo\xEB\n"[..]), "PERSONNES-INVALID-BYTES");
    assert_eq!(refused("ORIENTATIONS", &b"id,prenom\n1,A\n"[..]), "ORIENTATIONS-COLUMN-MISSING");
}

#[test]
fn flows_are_told_apart() {
    let profiles: Vec<Profile> =
        Profile::shipped_names().map(|name| Profile::shipped(name).unwrap()).collect();
    let pecgm = support::pecgm(&[]);
    for (start, expected) in [
        (pecgm.as_str(), Some("PECGM")),
        (&pecgm.replace("PECG", "PECD"), Some("PECDH")),
        (&support::cgpem(&[]), Some("CGPEM")),
        (SAMPLE, Some("RSABEM")),
        ("id_interne,nir,nom_naissance\n", Some("PERSONNES")),
        ("own_reference;nature;date_decision\n", Some("ORIENTATIONS")),
        ("<html>", None),
        ("", None),
    ] {
        assert_eq!(detect(start.as_bytes(), &profiles).map(Profile::id), expected, "{start}");
    }
}
