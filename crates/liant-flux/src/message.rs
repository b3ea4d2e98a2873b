//! The texts of diagnostics in both languages: one row a kind of fault.

use std::fmt::Write as _;

use liant_model::{Lang, NirProblem};

use crate::diagnostic::{Diagnostic, Fault, Severity};

/// The last part of the rule's code.
pub(crate) fn suffix(fault: &Fault) -> &'static str {
    match fault {
        Fault::Required => "REQUIRED",
        Fault::TooLong { .. } => "LENGTH",
        Fault::DateForm
        | Fault::NoSuchDay
        | Fault::NirForm(_)
        | Fault::NotDigits
        | Fault::NotCount
        | Fault::NotFlag
        | Fault::Commune
        | Fault::FtIdentifier
        | Fault::Telephone
        | Fault::Email => "FORM",
        Fault::CompactDate => "COMPACT",
        Fault::NirWritten => "WRITTEN",
        Fault::UnknownCode => "CODE",
        Fault::NotUpperUnaccented => "UPPER",
        Fault::Repeated => "REPEATED",
        Fault::Encodable => "CHARSET",
        Fault::Moved { .. } => "MOVED",
        Fault::Rule { .. } => "RULE",
        Fault::KeyMissing => "KEY",
        Fault::KeyTwice => "KEY-TWICE",
        Fault::Ambiguous => "AMBIGUOUS",
        Fault::TagSpelling { .. } => "TAG-SPELLING",
        Fault::UnknownElement => "TAG-UNKNOWN",
        Fault::UnknownColumn => "COLUMN-UNKNOWN",
        Fault::C1Bytes => "C1-BYTES",
        Fault::CrLf => "CRLF",
        Fault::EncodingDeclared { .. } => "ENCODING",
        Fault::EmptyFile => "EMPTY",
        Fault::ByteOrderMark => "BOM",
        Fault::UnknownEncoding => "ENCODING-UNKNOWN",
        Fault::ControlByte { .. } => "CONTROL-BYTE",
        Fault::InvalidBytes { .. } => "INVALID-BYTES",
        Fault::NotXml => "NOT-XML",
        Fault::Doctype => "DOCTYPE",
        Fault::Entity => "ENTITY",
        Fault::StrayText => "STRAY-TEXT",
        Fault::ChildInValue => "CHILD",
        Fault::Malformed { .. } => "MALFORMED",
        Fault::Unbalanced => "UNBALANCED",
        Fault::NestedRecord => "NESTED-RECORD",
        Fault::TooDeep { .. } => "DEPTH",
        Fault::TooManyAttributes { .. } => "ATTRIBUTES",
        Fault::TextTooLong { .. } => "TEXT-SIZE",
        Fault::RecordTooLarge { .. } => "RECORD-SIZE",
        Fault::TooManyPersons { .. } => "PERSONS",
        Fault::TooManyRecords { .. } => "RECORDS",
        Fault::Truncated => "TRUNCATED",
        Fault::TrailingContent => "TRAILING",
        Fault::HeaderMissing { .. } => "HEADER-MISSING",
        Fault::HeaderRepeated => "HEADER-REPEATED",
        Fault::HeaderValueMissing => "HEADER-REQUIRED",
        Fault::HeaderValue { .. } => "HEADER-VALUE",
        Fault::WrongFlow { .. } => "FLOW",
        Fault::WrongTerritory { .. } => "TERRITORY",
        Fault::NoSuchTerritory => "TERRITORY-CODE",
        Fault::ReferenceMonth => "REFERENCE-MONTH",
        Fault::CountForm => "COUNT-FORM",
        Fault::CountMismatch { .. } => "COUNT",
        Fault::RecordAfterTrailer => "AFTER-TRAILER",
        Fault::ColumnMissing { .. } => "COLUMN-MISSING",
        Fault::ColumnRepeated => "COLUMN-REPEATED",
        Fault::CellCount { .. } => "CELLS",
        Fault::QuoteOpen => "QUOTE",
    }
}

/// `(fr, en, help fr, help en)` of each kind; `{…}` is filled from the fault.
fn texts(fault: &Fault) -> [&'static str; 4] {
    const RESEND: [&str; 2] =
        ["demandez à l’émetteur de renvoyer le fichier", "ask the sender for the file again"];
    const CORRECT: [&str; 2] = [
        "faites corriger la valeur à la source ; l’enregistrement est mis de côté",
        "have the value corrected at its source; the record is set aside",
    ];
    const NOTHING: [&str; 2] = ["rien à faire : la valeur est lue", "nothing to do: the value is read"];
    const LIMIT: [&str; 2] = [
        "le fichier est anormal ; si l’émetteur le confirme, relevez la limite dans les options de lecture",
        "the file is not normal; if the sender confirms it, raise the limit in the reading options",
    ];
    let with = |fr, en, [help_fr, help_en]: [&'static str; 2]| [fr, en, help_fr, help_en];
    match fault {
        Fault::Required => with("valeur obligatoire absente", "a required value is missing", CORRECT),
        Fault::TooLong { .. } => with(
            "valeur de {length} caractères, {max} au plus",
            "value of {length} characters, {max} at most",
            CORRECT,
        ),
        Fault::DateForm => {
            with("date qui n’est pas de la forme aaaa-mm-jj", "date not of the form aaaa-mm-jj", CORRECT)
        }
        Fault::NoSuchDay => {
            with("date qui n’existe pas au calendrier", "no such day in the calendar", CORRECT)
        }
        Fault::CompactDate => with(
            "date écrite aaaammjj au lieu de aaaa-mm-jj",
            "date written aaaammjj instead of aaaa-mm-jj",
            NOTHING,
        ),
        Fault::NirForm(_) => with("NIR mal formé : {nir}", "malformed NIR: {nir}", CORRECT),
        Fault::NirWritten => with(
            "NIR écrit avec sa clé, des espaces ou des minuscules",
            "NIR written with its key, spaces or lower-case letters",
            NOTHING,
        ),
        Fault::NotDigits => {
            with("valeur qui doit n’avoir que des chiffres", "value that must have digits only", CORRECT)
        }
        Fault::NotCount => {
            with("valeur qui doit être un nombre entier", "value that must be a whole number", CORRECT)
        }
        Fault::NotFlag => with("valeur qui doit être 1 ou 0", "value that must be 1 or 0", CORRECT),
        Fault::UnknownCode => with(
            "code absent de la liste",
            "code outside the list",
            [
                "le code est gardé tel quel ; complétez la liste de codes s’il est légitime",
                "the code is kept as it is; complete the code list if it is legitimate",
            ],
        ),
        Fault::Commune => with(
            "code commune qui n’a pas la forme d’un code INSEE (5 caractères)",
            "commune code not of the INSEE form (5 characters)",
            CORRECT,
        ),
        Fault::FtIdentifier => with(
            "identifiant régional qui n’a ni 7 chiffres et une lettre, ni 8 chiffres",
            "regional identifier with neither 7 digits and a letter nor 8 digits",
            ["vérifiez l’identifiant auprès de France Travail", "check the identifier with France Travail"],
        ),
        Fault::NotUpperUnaccented => with(
            "nom qui doit être en majuscules non accentuées",
            "name that must be in upper case without accents",
            ["écrivez le nom en majuscules sans accent", "write the name in upper case without accents"],
        ),
        Fault::Telephone => {
            with("téléphone qui n’a pas dix chiffres", "telephone number without ten digits", CORRECT)
        }
        Fault::Email => with("adresse électronique mal formée", "malformed e-mail address", CORRECT),
        Fault::Repeated => with(
            "élément présent deux fois dans l’enregistrement",
            "element given twice in the record",
            CORRECT,
        ),
        Fault::Encodable => with(
            "caractère que le jeu ISO-8859-1 du flux ne peut écrire",
            "character that the flow’s ISO-8859-1 cannot write",
            [
                "remplacez le caractère dans la donnée d’origine",
                "replace the character in the original datum",
            ],
        ),
        Fault::Moved { .. } => {
            with("code à lettres trouvé ici : lu comme {to}", "letter code found here: read as {to}", NOTHING)
        }
        Fault::Rule { .. } => ["", "", "", ""],
        Fault::KeyMissing => with(
            "identifiant propre de la source absent : l’enregistrement ne peut être suivi d’un mois à l’autre",
            "the source’s own identifier is missing: the record cannot be followed from month to month",
            CORRECT,
        ),
        Fault::KeyTwice => with(
            "le fichier porte deux fois le même identifiant",
            "the file holds the same identifier twice",
            [
                "faites corriger l’identifiant à la source ; le second enregistrement est mis de côté",
                "have the identifier corrected at its source; the second record is set aside",
            ],
        ),
        Fault::Ambiguous => with(
            "identifiant que plusieurs personnes du dépôt portent",
            "identifier that several people of the store have",
            [
                "réglez d’abord l’identité de ces personnes (`liant review find`), ou nommez celle-ci par un autre \
                 identifiant ; la ligne est mise de côté",
                "settle first who these people are (`liant review find`), or name this one by another identifier; the \
                 line is set aside",
            ],
        ),
        Fault::TagSpelling { .. } => with(
            "balise écrite autrement que `{canonical}`",
            "tag spelled otherwise than `{canonical}`",
            NOTHING,
        ),
        Fault::UnknownElement => with(
            "élément inconnu du profil : ignoré",
            "element unknown to the profile: ignored",
            ["complétez le profil si l’élément est utile", "complete the profile if the element matters"],
        ),
        Fault::UnknownColumn => with(
            "colonne inconnue du profil : ignorée",
            "column unknown to the profile: ignored",
            ["renommez la colonne ou complétez le profil", "rename the column or complete the profile"],
        ),
        Fault::C1Bytes => with(
            "octets 0x80–0x9F, étrangers à ISO-8859-1 : gardés tels quels, lus comme windows-1252 pour le rapprochement",
            "bytes 0x80–0x9F, foreign to ISO-8859-1: kept as they are, read as windows-1252 for matching",
            ["signalez-le à l’émetteur", "tell the sender"],
        ),
        Fault::CrLf => with("fins de ligne CRLF", "CRLF line ends", NOTHING),
        Fault::EncodingDeclared { .. } => with(
            "jeu de caractères déclaré `{found}`, autre que celui du flux",
            "declared encoding `{found}`, other than the flow’s",
            NOTHING,
        ),
        Fault::EmptyFile => with("fichier vide", "empty file", RESEND),
        Fault::ByteOrderMark => with(
            "marque d’ordre des octets (BOM) déplacée ou contraire au jeu de caractères déclaré",
            "byte order mark misplaced or contrary to the declared encoding",
            RESEND,
        ),
        Fault::UnknownEncoding => with("jeu de caractères inconnu", "unknown encoding", RESEND),
        Fault::ControlByte { .. } => {
            with("octet de contrôle {byte} interdit en XML", "control byte {byte}, forbidden in XML", RESEND)
        }
        Fault::InvalidBytes { .. } => {
            with("octets qui ne sont pas du {encoding}", "bytes that are no {encoding}", RESEND)
        }
        Fault::NotXml => with(
            "le fichier ne commence pas par une balise XML",
            "the file does not start with an XML tag",
            ["vérifiez le fichier et le profil choisi", "check the file and the chosen profile"],
        ),
        Fault::Doctype => with(
            "déclaration `<!…>` refusée (ni DOCTYPE ni entités)",
            "declaration `<!…>` refused (neither DOCTYPE nor entities)",
            RESEND,
        ),
        Fault::Entity => with(
            "référence d’entité refusée : seules les cinq de XML et les caractères numériques sont lus",
            "entity reference refused: only the five of XML and numeric characters are read",
            RESEND,
        ),
        Fault::StrayText => {
            with("texte hors de tout élément de donnée", "text outside any data element", RESEND)
        }
        Fault::ChildInValue => with("élément dans une valeur", "element inside a value", CORRECT),
        Fault::Malformed { .. } => with("XML mal formé : {cause}", "malformed XML: {cause}", RESEND),
        Fault::Unbalanced => with("balises mal appariées", "tags do not pair", RESEND),
        Fault::NestedRecord => {
            with("enregistrement imbriqué dans un autre", "record nested in another", RESEND)
        }
        Fault::TooDeep { .. } => {
            with("plus de {max} éléments imbriqués", "more than {max} nested elements", LIMIT)
        }
        Fault::TooManyAttributes { .. } => {
            with("plus de {max} attributs dans une balise", "more than {max} attributes in a tag", LIMIT)
        }
        Fault::TextTooLong { .. } => {
            with("plus de {max} octets dans un élément", "more than {max} bytes in an element", LIMIT)
        }
        Fault::RecordTooLarge { .. } => {
            with("plus de {max} octets dans un enregistrement", "more than {max} bytes in a record", LIMIT)
        }
        Fault::TooManyPersons { .. } => {
            with("plus de {max} personnes dans un foyer", "more than {max} persons in a household", LIMIT)
        }
        Fault::TooManyRecords { .. } => {
            with("plus de {max} enregistrements", "more than {max} records", LIMIT)
        }
        Fault::Truncated => with("le fichier s’arrête avant sa fin", "the file stops before its end", RESEND),
        Fault::TrailingContent => {
            with("contenu après la fin du fichier XML", "content after the end of the XML", RESEND)
        }
        Fault::HeaderMissing { .. } => with(
            "`{element}` absent",
            "`{element}` is missing",
            [
                "vérifiez le profil choisi ou demandez le fichier à nouveau",
                "check the chosen profile or ask for the file again",
            ],
        ),
        Fault::HeaderRepeated => with(
            "élément donné deux fois dans l’entête ou la fin",
            "element given twice in the header or trailer",
            RESEND,
        ),
        Fault::HeaderValueMissing => with("valeur d’entête absente", "a header value is missing", RESEND),
        Fault::HeaderValue { .. } => with(
            "valeur d’entête inattendue : {expected} attendu",
            "unexpected header value: {expected} expected",
            RESEND,
        ),
        Fault::WrongFlow { .. } => with(
            "ce fichier est d’un autre flux : {expected} attendu",
            "this file is of another flow: {expected} expected",
            ["choisissez le profil du fichier", "choose the profile of the file"],
        ),
        Fault::WrongTerritory { .. } => with(
            "fichier d’un autre département : {expected} attendu",
            "file of another département: {expected} expected",
            ["n’importez pas ce fichier : il n’est pas le vôtre", "do not import this file: it is not yours"],
        ),
        Fault::NoSuchTerritory => with("code de département inconnu", "no such département code", RESEND),
        Fault::ReferenceMonth => with(
            "la fin ne parle pas du même mois que l’entête",
            "the trailer does not speak of the header’s month",
            RESEND,
        ),
        Fault::CountForm => {
            with("nombre d’enregistrements illisible", "unreadable number of records", RESEND)
        }
        Fault::CountMismatch { .. } => with(
            "la fin annonce {declared} enregistrements, le fichier en a {counted}",
            "the trailer declares {declared} records, the file has {counted}",
            [
                "le fichier est incomplet ou altéré : demandez-le à nouveau",
                "the file is incomplete or altered: ask for it again",
            ],
        ),
        Fault::RecordAfterTrailer => {
            with("élément après l’enregistrement de fin", "element after the trailer", RESEND)
        }
        Fault::ColumnMissing { .. } => with(
            "colonne `{wanted}` absente",
            "column `{wanted}` is missing",
            ["ajoutez la colonne", "add the column"],
        ),
        Fault::ColumnRepeated => with(
            "colonne donnée deux fois",
            "column given twice",
            ["retirez l’une des deux", "remove one of the two"],
        ),
        Fault::CellCount { .. } => with(
            "{found} cellules au lieu de {expected}",
            "{found} cells instead of {expected}",
            [
                "vérifiez le séparateur et les guillemets de la ligne",
                "check the separator and the quotes of the line",
            ],
        ),
        Fault::QuoteOpen => with(
            "guillemet ouvert et jamais fermé",
            "quote opened and never closed",
            ["vérifiez les guillemets de la ligne", "check the quotes of the line"],
        ),
    }
}

fn pick(fault: &Fault, lang: Lang, fr: usize, en: usize) -> &'static str {
    let texts = texts(fault);
    let chosen = match lang {
        Lang::Fr => fr,
        Lang::En => en,
    };
    texts.get(chosen).copied().unwrap_or_default()
}

/// The message, filled.
pub(crate) fn message(fault: &Fault, lang: Lang) -> String {
    let template = pick(fault, lang, 0, 1);
    let fill = |name: &str, value: &dyn std::fmt::Display| template.replace(name, &value.to_string());
    match fault {
        Fault::Rule { message, .. } => message.get(lang).to_owned(),
        Fault::TooLong { max, length } => fill("{max}", max).replace("{length}", &length.to_string()),
        Fault::NirForm(problem) => fill("{nir}", &nir(*problem, lang)),
        Fault::Moved { to } => fill("{to}", to),
        Fault::TagSpelling { canonical } => fill("{canonical}", canonical),
        Fault::EncodingDeclared { found } => fill("{found}", found),
        Fault::ControlByte { byte } => fill("{byte}", &format_args!("0x{byte:02X}")),
        Fault::InvalidBytes { encoding } => fill("{encoding}", encoding),
        Fault::Malformed { cause } => fill("{cause}", cause),
        Fault::TooDeep { max }
        | Fault::TooManyAttributes { max }
        | Fault::TextTooLong { max }
        | Fault::TooManyPersons { max }
        | Fault::RecordTooLarge { max } => fill("{max}", max),
        Fault::TooManyRecords { max } => fill("{max}", max),
        Fault::HeaderMissing { element } => fill("{element}", element),
        Fault::HeaderValue { expected }
        | Fault::WrongFlow { expected }
        | Fault::WrongTerritory { expected } => fill("{expected}", expected),
        Fault::CountMismatch { declared, counted } => {
            fill("{declared}", declared).replace("{counted}", &counted.to_string())
        }
        Fault::ColumnMissing { wanted } => fill("{wanted}", wanted),
        Fault::CellCount { expected, found } => {
            fill("{expected}", expected).replace("{found}", &found.to_string())
        }
        _ => template.to_owned(),
    }
}

/// What to do.
pub(crate) fn help(fault: &Fault, lang: Lang) -> String {
    match fault {
        Fault::Rule { help, .. } => help.get(lang).to_owned(),
        _ => pick(fault, lang, 2, 3).to_owned(),
    }
}

fn nir(problem: NirProblem, lang: Lang) -> String {
    match (lang, problem) {
        (Lang::En, problem) => problem.to_string(),
        (Lang::Fr, NirProblem::Length) => "13 caractères attendus, ou 15 avec la clé".to_owned(),
        (Lang::Fr, NirProblem::Character(place)) => format!("le caractère {place} n’a pas sa place"),
        (Lang::Fr, NirProblem::Month) => "le mois n’est ni un mois ni un pseudo-mois".to_owned(),
        (Lang::Fr, NirProblem::Order) => "le numéro d’ordre est 000".to_owned(),
        (Lang::Fr, NirProblem::Key) => "la clé ne correspond pas".to_owned(),
    }
}

/// The diagnostic in the manner of a compiler.
pub(crate) fn render(diagnostic: &Diagnostic, file: &str, lang: Lang) -> String {
    let word = |fr: &'static str, en: &'static str| match lang {
        Lang::Fr => fr,
        Lang::En => en,
    };
    let severity = match diagnostic.severity {
        Severity::Error => word("erreur", "error"),
        Severity::Warning => word("avertissement", "warning"),
    };
    let place = &diagnostic.place;
    let mut text = format!("{severity}[{}]: {}\n", diagnostic.rule, diagnostic.message(lang));
    let _ = write!(text, "  --> {file}:{} ({} {}", place.line, word("octet", "byte"), place.offset);
    if let Some(record) = place.record {
        let _ = write!(text, ", {} {record}", word("enregistrement", "record"));
    }
    text.push_str(")\n");
    match (place.element.is_empty(), &diagnostic.value) {
        (false, Some(value)) => {
            let _ = writeln!(text, "   | {} = {value}", place.element);
        }
        (false, None) => {
            let _ = writeln!(text, "   | {}", place.element);
        }
        (true, Some(value)) => {
            let _ = writeln!(text, "   | {value}");
        }
        (true, None) => {}
    }
    let _ = writeln!(text, "   = {}: {}", word("source", "source"), diagnostic.article.get(lang));
    let help = diagnostic.help(lang);
    if !help.is_empty() {
        let _ = writeln!(text, "   = {}: {help}", word("aide", "help"));
    }
    text
}
