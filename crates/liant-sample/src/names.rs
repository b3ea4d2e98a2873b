//! Names of invented people: frequent French surnames and made-up ones, names of other origins, and first names
//! by sex, age and origin.

use crate::rng::Rng;

/// A list of names. (A macro, so that they stand many to a line.)
macro_rules! names {
    ($($name:literal)*) => { &[$($name),*] };
}

/// Where a family's names come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    French,
    Maghreb,
    WestAfrica,
    Iberia,
    Turkey,
    Poland,
    Balkans,
    Asia,
}

/// The sex written on the civil record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sex {
    Man,
    Woman,
}

impl Sex {
    pub(crate) fn digit(self) -> u8 {
        if self == Self::Man { b'1' } else { b'2' }
    }

    pub(crate) fn other(self) -> Self {
        if self == Self::Man { Self::Woman } else { Self::Man }
    }
}

const FRENCH: &[&str] = names! {
    "Martin" "Bernard" "Thomas" "Petit" "Robert" "Richard" "Durand" "Dubois" "Moreau" "Laurent" "Simon"
    "Michel" "Lefebvre" "Leroy" "Roux" "David" "Bertrand" "Morel" "Fournier" "Girard" "Bonnet" "Dupont"
    "Lambert" "Fontaine" "Rousseau" "Vincent" "Muller" "Lefèvre" "Faure" "André" "Mercier" "Blanc"
    "Guérin" "Boyer" "Garnier" "Chevalier" "François" "Legrand" "Gauthier" "Perrin" "Robin" "Clément"
    "Morin" "Nicolas" "Henry" "Roussel" "Mathieu" "Gautier" "Masson" "Marchand" "Duval" "Denis" "Dumont"
    "Marie" "Lemaire" "Noël" "Meyer" "Dufour" "Meunier" "Brun" "Blanchard" "Giraud" "Joly" "Rivière"
    "Lucas" "Brunet" "Gaillard" "Barbier" "Arnaud" "Gérard" "Roche" "Renard" "Schmitt" "Roy" "Leroux"
    "Colin" "Vidal" "Caron" "Picard" "Fabre" "Aubert" "Lemoine" "Dumas" "Lacroix" "Bourgeois" "Benoît"
    "Rey" "Leclerc" "Payet" "Rolland" "Leclercq" "Lecomte" "Dupuy" "Guillot" "Hubert" "Berger"
    "Carpentier" "Moulin" "Deschamps" "Huet" "Vasseur" "Boucher" "Fleury" "Royer" "Klein" "Poirier"
    "Marty" "Aubry" "Guyot" "Carré" "Charpentier" "Ménard" "Maillard" "Baron" "Bailly" "Hervé" "Schneider"
    "Le Gall" "Collet" "Léger" "Bouvier" "Prévost" "Millet" "Perrot" "Le Roux" "Cousin" "Breton"
    "Langlois" "Rémy" "Le Goff" "Pelletier" "Lévêque" "Leblanc" "Barré" "Lebrun" "Weber" "Hamon"
    "Boulanger" "Monnier" "Michaud" "Étienne" "Poulain" "Tessier" "Chauvin" "Lemaître" "Bénard" "Maréchal"
    "Humbert" "Reynaud" "Hoarau" "Barthélemy" "Pichon" "Lejeune" "Lamy" "Delaunay" "Pasquier" "Laporte"
    "Delattre" "Delannoy" "Cuvelier" "Dhainaut" "Lecocq" "Vandenbroucke" "Vanhoutte" "Deleplace"
    "Lheureux" "Flament" "Duhamel" "Hochart" "Delcourt" "Delvallée" "D'Hondt" "D'Haene" "De Clercq"
    "De la Haye" "Du Plessis" "Le Cœur" "Lecœuvre" "Van den Berghe" "L'Hostis" "Saint-Aubin" "Técher"
};
const STEMS: &[&str] = names! {
    "Bert" "Lam" "Carv" "Delm" "Marl" "Grosv" "Valm" "Font" "Roch" "Boisv" "Cham" "Montr" "Morv" "Perl"
    "Pich" "Robl" "Sauv" "Tourn" "Vill" "Barb" "Blond" "Bouch" "Brem" "Caill" "Cand" "Clav" "Corb" "Courv"
    "Dauv" "Drou" "Escal" "Fauv" "Flam" "Foss" "Gaub" "Goss" "Guid" "Hach" "Herb" "Joub" "Lagr" "Lég"
    "Louv" "Maz" "Méd" "Naud" "Oud" "Paill" "Parm" "Pell" "Poch" "Quén" "Rab" "Rég" "Sab" "Serr" "Tavern"
    "Thib" "Trév" "Vaill" "Vass" "Vern" "Vign" "Wal"
};
const ENDINGS: &[&str] = names! {
    "ard" "aud" "ault" "eau" "el" "et" "ier" "in" "on" "ot" "oux" "ois" "ais" "ette" "elle" "ac" "illon"
    "eron" "ain" "ert" "é" "ère" "ez" "ieu" "ichon" "onnet" "andier"
};
const PREFIXES: &[&str] = names! {
    "" "" "" "" "" "" "" "" "De " "Le " "La " "Du " "Saint-" "Van " "D'"
};

const MAGHREB: &[&str] = names! {
    "Benali" "Ben Ahmed" "Haddad" "Saïdi" "Mansouri" "Amrani" "Belkacem" "Bouzid" "Chérif" "Ziani"
    "Benaïssa" "Hamdi" "El Amrani" "Boukhari" "Ould Ali" "Aït Saïd" "El Idrissi" "Bouaziz" "Kaddour"
    "Messaoudi" "Trabelsi" "Ben Youssef" "Cherkaoui" "Abdelkader"
};
const WEST_AFRICA: &[&str] = names! {
    "Traoré" "Diallo" "Diop" "N'Diaye" "Coulibaly" "Konaté" "Touré" "Camara" "Koné" "Sissoko" "Ouattara"
    "M'Bemba" "Diarra" "Keïta" "Ba" "Sy" "N'Guessan" "Kouassi"
};
const IBERIA: &[&str] = names! {
    "Garcia" "Martinez" "Lopez" "Sanchez" "Perez" "Da Silva" "Dos Santos" "De Oliveira" "Ferreira"
    "Gonçalves" "Da Costa" "Pereira" "D'Almeida" "Rodriguez" "Muñoz" "Simões" "Lopez Garcia" "Magalhães"
};
const TURKEY: &[&str] = names! {
    "Yılmaz" "Kaya" "Demir" "Şahin" "Çelik" "Öztürk" "Aydın" "Doğan" "Koç" "Arslan"
};
const POLAND: &[&str] = names! {
    "Kowalski" "Nowak" "Wozniak" "Lewandowski" "Kaczmarek" "Piotrowski" "Szymanski" "Majchrzak" "Walczak"
    "Grabowski" "Wiśniewski" "Krol"
};
const BALKANS: &[&str] = names! {
    "Popescu" "Ionescu" "Petrović" "Dumitru" "Hoxha" "Shala" "Jovanovic" "Rusu"
};
const ASIA: &[&str] = names! {
    "Nguyen" "Tran" "Pham" "Li" "Chen" "Singh" "Le Van" "Rahman" "Kim" "Sivakumar"
};

const WOMEN_OLD: &[&str] = names! {
    "Martine" "Nathalie" "Isabelle" "Sylvie" "Catherine" "Véronique" "Christine" "Corinne" "Brigitte"
    "Patricia" "Valérie" "Sandrine" "Florence" "Béatrice" "Hélène" "Marie-Christine" "Pascale" "Dominique"
    "Agnès" "Chantal" "Évelyne" "Marie-Claude" "Joëlle" "Noëlle" "Françoise" "Laurence" "Maryse" "Thérèse"
};
const WOMEN_MIDDLE: &[&str] = names! {
    "Céline" "Stéphanie" "Virginie" "Émilie" "Aurélie" "Sandra" "Laëtitia" "Karine" "Sophie" "Élodie"
    "Séverine" "Julie" "Delphine" "Audrey" "Amélie" "Jennifer" "Mélanie" "Sabrina" "Ludivine" "Vanessa"
    "Angélique" "Anne-Sophie" "Gaëlle" "Magali" "Gwenaëlle" "Jessica" "Caroline" "Estelle"
};
const WOMEN_YOUNG: &[&str] = names! {
    "Camille" "Léa" "Manon" "Chloé" "Emma" "Marie" "Sarah" "Laura" "Inès" "Océane" "Anaïs" "Pauline"
    "Mathilde" "Clara" "Zoé" "Maëva" "Noémie" "Éloïse" "Morgane" "Alexia" "Justine" "Marine" "Lucie"
    "Maëlle" "Héloïse" "Anne-Laure" "Marie-Ange" "Coralie" "Ophélie" "Cassandra" "Élise" "Agathe"
};
const MEN_OLD: &[&str] = names! {
    "Philippe" "Patrick" "Pascal" "Alain" "Thierry" "Jean-Pierre" "Bruno" "Didier" "Christian" "Michel"
    "Éric" "Gérard" "Jean-Luc" "Jean-Marc" "Bernard" "Daniel" "Jean-Claude" "François" "Hervé" "Régis"
    "Joël" "André" "Serge" "Marc" "Gilles" "Jean-Michel" "Noël" "Denis"
};
const MEN_MIDDLE: &[&str] = names! {
    "Stéphane" "Christophe" "Laurent" "Frédéric" "David" "Sébastien" "Jérôme" "Olivier" "Nicolas" "Cédric"
    "Julien" "Guillaume" "Ludovic" "Mickaël" "Benoît" "Fabrice" "Grégory" "Jérémy" "Franck" "Arnaud"
    "Emmanuel" "Raphaël" "Loïc" "Yannick" "Yoann" "Gaël" "Jean-Baptiste" "Samuel" "Xavier" "Aurélien"
};
const MEN_YOUNG: &[&str] = names! {
    "Lucas" "Théo" "Thomas" "Hugo" "Maxime" "Alexandre" "Kévin" "Antoine" "Quentin" "Clément" "Romain"
    "Florian" "Valentin" "Dylan" "Enzo" "Nathan" "Léo" "Mathis" "Jordan" "Corentin" "Rémi" "Anthony"
    "Maël" "Mathéo" "Timothée" "Aloïs" "Axel" "Bastien" "Jean-François" "Pierre-Louis" "Étienne" "Adrien"
};
const WOMEN_MAGHREB: &[&str] = names! {
    "Fatima" "Aïcha" "Khadija" "Nadia" "Samira" "Yasmine" "Lina" "Imane" "Fatima-Zohra" "Leïla" "Naïma"
};
const MEN_MAGHREB: &[&str] = names! {
    "Mohamed" "Ahmed" "Rachid" "Karim" "Mehdi" "Ismaël" "Youssef" "Bilal" "Amine" "Nabil" "Abdelkarim"
};
const WOMEN_WEST_AFRICA: &[&str] = names! {
    "Fatoumata" "Aminata" "Mariama" "Awa" "Kadiatou" "Aïssatou" "Rokia" "Bintou"
};
const MEN_WEST_AFRICA: &[&str] = names! {
    "Mamadou" "Ibrahima" "Moussa" "Ousmane" "Abdoulaye" "Cheick" "Seydou" "Bakary"
};
const WOMEN_ELSEWHERE: &[&str] = names! {
    "Maria" "Ana" "Ayşe" "Elif" "Elena" "Katarzyna" "Magdalena" "Thi Mai" "Linh" "Mirela" "Conceição"
};
const MEN_ELSEWHERE: &[&str] = names! {
    "José" "Manuel" "Mehmet" "Mustafa" "Ion" "Piotr" "Tomasz" "Van Minh" "João" "Arben" "Carlos"
};

/// The origin of a family, given whether the person was born abroad.
pub(crate) fn origin(rng: &mut Rng, abroad: bool) -> Origin {
    use Origin::{Asia, Balkans, French, Iberia, Maghreb, Poland, Turkey, WestAfrica};
    let weights = if abroad {
        [
            (Maghreb, 36),
            (WestAfrica, 22),
            (Iberia, 9),
            (Turkey, 8),
            (Poland, 3),
            (Balkans, 9),
            (Asia, 8),
            (French, 5),
        ]
    } else {
        [
            (French, 78),
            (Maghreb, 8),
            (WestAfrica, 2),
            (Iberia, 4),
            (Turkey, 1),
            (Poland, 6),
            (Balkans, 0),
            (Asia, 1),
        ]
    };
    rng.weighted(&weights)
}

/// A surname of this origin.
pub(crate) fn surname(rng: &mut Rng, origin: Origin) -> String {
    let list = match origin {
        Origin::French if rng.chance(4_000) => {
            return format!("{}{}{}", rng.pick(PREFIXES), rng.pick(STEMS), rng.pick(ENDINGS));
        }
        Origin::French => FRENCH,
        Origin::Maghreb => MAGHREB,
        Origin::WestAfrica => WEST_AFRICA,
        Origin::Iberia => IBERIA,
        Origin::Turkey => TURKEY,
        Origin::Poland => POLAND,
        Origin::Balkans => BALKANS,
        Origin::Asia => ASIA,
    };
    let name = list[rng.skewed(list.len())];
    if rng.chance(150) { format!("{name}-{}", FRENCH[rng.skewed(FRENCH.len())]) } else { name.to_owned() }
}

/// A first name for this origin, sex and year of birth.
pub(crate) fn first_name(rng: &mut Rng, origin: Origin, sex: Sex, year: i32) -> String {
    let woman = sex == Sex::Woman;
    let own = rng.chance(7_000);
    let list = match origin {
        Origin::Maghreb if own => [MEN_MAGHREB, WOMEN_MAGHREB][usize::from(woman)],
        Origin::WestAfrica if own => [MEN_WEST_AFRICA, WOMEN_WEST_AFRICA][usize::from(woman)],
        Origin::Iberia | Origin::Turkey | Origin::Balkans | Origin::Asia if own => {
            [MEN_ELSEWHERE, WOMEN_ELSEWHERE][usize::from(woman)]
        }
        _ => generation(rng, woman, year),
    };
    let name = list[rng.skewed(list.len())];
    let second = generation(rng, woman, year);
    if rng.chance(250) && !name.contains('-') {
        format!("{name}-{}", second[rng.skewed(second.len())])
    } else {
        name.to_owned()
    }
}

fn generation(rng: &mut Rng, woman: bool, year: i32) -> &'static [&'static str] {
    let generations =
        if woman { [WOMEN_OLD, WOMEN_MIDDLE, WOMEN_YOUNG] } else { [MEN_OLD, MEN_MIDDLE, MEN_YOUNG] };
    let usual: usize = match year {
        ..1972 => 0,
        1972..1990 => 1,
        _ => 2,
    };
    generations[if rng.chance(7_500) { usual } else { rng.place(3) }]
}

/// A short name for people who go by one, `None` for the others.
pub(crate) fn short_form(first_name: &str) -> Option<&'static str> {
    Some(match first_name {
        "Mohamed" => "Mohammed",
        "Frédéric" => "Fred",
        "Stéphanie" => "Steph",
        "Alexandre" => "Alex",
        "Christophe" => "Chris",
        "Catherine" => "Cathy",
        "Nathalie" => "Nath",
        "Véronique" => "Vero",
        "Sandrine" => "Sandy",
        "Mickaël" => "Michael",
        "Thierry" => "Thiery",
        "Kévin" => "Kevyn",
        "Laëtitia" => "Letitia",
        "Fatima" => "Fatma",
        _ => return None,
    })
}
