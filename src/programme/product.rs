//! Which product a return means: by the aliases of programme.toml, and past what people vary in writing a name.

use std::{collections::BTreeMap, fmt};

use super::Programme;

/// What tells a product from all others: its supplier and its name, in letters and digits alone.
///
/// The version is no part of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    supplier: String,
    product: String,
}

/// A product as a return names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    pub key: Key,
    /// "Idox Uniform", as programme.toml spells it, or else as the return does.
    pub name: String,
    /// What had to be passed over to see which product it is; nothing where it is written as it is called.
    pub ways: Vec<Way>,
}

/// How a name was matched, apart from case, spacing and punctuation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// The supplier goes by this other name.
    SupplierAlias(String),
    /// "Ltd" and its like.
    LegalForm,
    /// The product goes by this other name.
    ProductAlias(String),
    /// The supplier's name stands before the product's.
    SupplierInFront,
    /// A version number stands behind it.
    VersionBehind,
}

/// The names by which products and suppliers go.
#[derive(Clone, Debug, Default)]
pub struct Products {
    /// A name in letters and digits to the one that counts.
    suppliers: BTreeMap<String, String>,
    products: BTreeMap<String, String>,
}

const LEGAL_FORMS: [&str; 8] = ["ltd", "limited", "plc", "llp", "llc", "inc", "gmbh", "co"];

/// How alike two names are, of one, before they are offered as perhaps the same.
const ALIKE: f64 = 0.8;

/// The fewest letters of a name that is not given twice by chance: "CRM" is.
const TELLING: usize = 5;

impl Products {
    pub fn of(programme: &Programme) -> Products {
        let names = |aliases: &BTreeMap<String, String>| {
            let both = |(alias, name): (&String, &String)| {
                [(plain(name), name.clone()), (plain(alias), name.clone())]
            };
            aliases.iter().flat_map(both).collect()
        };
        Products {
            suppliers: names(&programme.supplier_aliases),
            products: names(&programme.product_aliases),
        }
    }

    /// The product that a row of the ICT sheet names.
    pub fn named(&self, supplier: &str, product: &str, version: &str) -> Product {
        let mut ways = vec![];
        let supplier = self.supplier(supplier, &mut ways);
        let own = plain(&supplier);
        let product = self.product(&own, product, version, &mut ways);
        let key = Key { product: plain(&product), supplier: own };
        let name = match key.product == key.supplier {
            true => supplier,
            false => format!("{supplier} {product}"),
        };
        Product { key, name, ways }
    }

    /// The supplier by the name that counts; without "Ltd" and its like where programme.toml knows no other.
    pub fn supplier(&self, typed: &str, ways: &mut Vec<Way>) -> String {
        let words: Vec<&str> = typed.split_whitespace().collect();
        let is_form = |word: &&&str| LEGAL_FORMS.contains(&&*plain(word));
        let forms = words.iter().rev().take_while(is_form).count();
        let short = words[..words.len() - forms.min(words.len().saturating_sub(1))].join(" ");
        let mut name = words.join(" ");
        if short != name && !self.suppliers.contains_key(&plain(&name)) {
            ways.push(Way::LegalForm);
            name = short;
        }
        let Some(known) = self.suppliers.get(&plain(&name)) else { return name };
        if plain(known) != plain(&name) {
            ways.push(Way::SupplierAlias(name));
        }
        known.clone()
    }

    /// The product by the name that counts, without what is no part of it. `supplier` is in letters and digits.
    fn product(&self, supplier: &str, typed: &str, version: &str, ways: &mut Vec<Way>) -> String {
        let mut words: Vec<&str> = typed.split_whitespace().collect();
        if let Some(known) = self.alias(&words, ways) {
            return known;
        }
        let numbers = words.len() - without_version(&words, version).len();
        if numbers > 0 {
            words.truncate(words.len() - numbers);
            ways.push(Way::VersionBehind);
            if let Some(known) = self.alias(&words, ways) {
                return known;
            }
        }
        // "Ocella 2" of Ocella is no product called "2".
        let is_supplier = |count: &usize| {
            let front = self.supplier(&words[..*count].join(" "), &mut vec![]);
            let names = words[*count..].iter().any(|word| word.contains(char::is_alphabetic));
            names && plain(&front) == supplier
        };
        if let Some(count) = (1..words.len()).rev().find(is_supplier) {
            words.drain(..count);
            ways.push(Way::SupplierInFront);
            if let Some(known) = self.alias(&words, ways) {
                return known;
            }
        }
        words.join(" ")
    }

    fn alias(&self, words: &[&str], ways: &mut Vec<Way>) -> Option<String> {
        let name = words.join(" ");
        let known = self.products.get(&plain(&name))?;
        if plain(known) != plain(&name) {
            ways.push(Way::ProductAlias(name));
        }
        Some(known.clone())
    }
}

impl Key {
    /// Whether two products are perhaps the same, so that somebody should look. Never so for one and the same.
    pub fn is_near(&self, other: &Key) -> bool {
        if self == other {
            return false;
        }
        let whole = |key: &Key| format!("{}{}", key.supplier, key.product);
        let given_whole = self.product == whole(other) || other.product == whole(self);
        let suppliers = alike(&self.supplier, &other.supplier);
        let products = alike(&self.product, &other.product);
        let telling = self.product == other.product && self.product.chars().count() >= TELLING;
        given_whole || (suppliers && products) || telling
    }
}

/// Whether two names differ by a slip, by digits, or by what stands behind.
fn alike(one: &str, other: &str) -> bool {
    let letters = |name: &str| name.chars().filter(|letter| !letter.is_ascii_digit()).count();
    let without =
        |name: &str| -> String { name.chars().filter(|letter| !letter.is_ascii_digit()).collect() };
    let begins = |long: &str, short: &str| short.len() >= TELLING && long.starts_with(short);
    let digits_apart = letters(one) > 1 && without(one) == without(other);
    digits_apart
        || begins(one, other)
        || begins(other, one)
        || strsim::normalized_damerau_levenshtein(one, other) >= ALIKE
}

/// A name in small letters and digits alone: "UNI-form" is "uniform". One of signs only stays as it is.
pub fn plain(name: &str) -> String {
    let spelt = name.replace('&', " and ").replace('+', " plus ");
    let plain: String =
        spelt.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>().to_lowercase();
    if plain.is_empty() { name.trim().to_owned() } else { plain }
}

/// The words of a name before a version number: one with a point or a v, or one that the column beside it repeats.
fn without_version<'a>(words: &'a [&'a str], version: &str) -> &'a [&'a str] {
    let [name @ .., last] = words else { return words };
    let number = last.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    let bare = number.strip_prefix('v').unwrap_or(&number);
    let parts: Vec<&str> = bare.split('.').collect();
    let is_number = parts.iter().all(|part| part.starts_with(|digit: char| digit.is_ascii_digit()));
    let version = version.trim().to_lowercase();
    let version = version.strip_prefix('v').unwrap_or(&version).trim();
    let repeated = bare == version || version.split('.').next() == Some(bare);
    let said = |word: &str| {
        let word = word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
        ["v", "ver", "version", "release", "rel"].contains(&&*word)
    };
    let (name, announced) = match name {
        [name @ .., word] if said(word) => (name, true),
        _ => (name, false),
    };
    let is_version = is_number && (parts.len() > 1 || bare != number || repeated || announced);
    if is_version && !name.is_empty() { name } else { words }
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Way::SupplierAlias(name) => write!(f, "supplier also called “{name}”"),
            Way::LegalForm => f.write_str("without “Ltd” or its like"),
            Way::ProductAlias(name) => write!(f, "product also called “{name}”"),
            Way::SupplierInFront => f.write_str("without the supplier in front"),
            Way::VersionBehind => f.write_str("without the version behind"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn products() -> Products {
        let aliases = |pairs: &[(&str, &str)]| {
            let both = pairs.iter().flat_map(|(name, alias)| [(name, name), (alias, name)]);
            both.map(|(alias, name)| (plain(alias), (*name).to_owned())).collect()
        };
        Products {
            suppliers: aliases(&[("Idox", "CAPS Solutions"), ("Northgate", "Sx3")]),
            products: aliases(&[("M3", "M3PP"), ("CRM", "Lagan Frontline")]),
        }
    }

    /// Supplier, product, version: what it is called, and how that was seen.
    #[test]
    fn a_product_is_known_past_case_spaces_punctuation_version_supplier_and_aliases() {
        let table = "
            Idox|Uniform|7.4 = Idox Uniform
            Idox|Idox Uniform|7 = Idox Uniform (without the supplier in front)
            IDOX Ltd.|UNI-form|7 = Idox UNI-form (without “Ltd” or its like)
            idox|uniform 7.4|7.4 = Idox uniform (without the version behind)
            Idox|Uniform v7|7.2 = Idox Uniform (without the version behind)
            Idox|Uniform version 7|8 = Idox Uniform (without the version behind)
            Idox|Uniform 7|7.2 = Idox Uniform (without the version behind)
            Idox|Uniform 7|8 = Idox Uniform 7
            CAPS Solutions|CAPS Solutions Uniform|7 = Idox Uniform (supplier also called “CAPS Solutions”; without the supplier in front)
            CAPS Solutions Ltd|Uniform|7 = Idox Uniform (without “Ltd” or its like; supplier also called “CAPS Solutions”)
            Northgate|M3PP|5 = Northgate M3 (product also called “M3PP”)
            Northgate|Northgate M3PP|5 = Northgate M3 (without the supplier in front; product also called “M3PP”)
            Lagan|Lagan Frontline 6.2|6 = Lagan CRM (without the version behind; product also called “Lagan Frontline”)
            Anite|@Work|2.0 = Anite @Work
            Ocella|Ocella2|1 = Ocella Ocella2
            Ocella|Ocella|2 = Ocella
            7|7|7 = 7
            Ltd|Ltd|Ltd = Ltd
            ***|*** 7.1|7 = *** (without the version behind)";
        let products = products();
        for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (typed, wanted) = line.split_once(" = ").unwrap();
            let typed: Vec<&str> = typed.split('|').collect();
            let product = products.named(typed[0], typed[1], typed[2]);
            let ways: Vec<String> = product.ways.iter().map(Way::to_string).collect();
            let ways =
                if ways.is_empty() { String::new() } else { format!(" ({})", ways.join("; ")) };
            assert_eq!(product.name.clone() + &ways, wanted, "{line}");
        }
        let key = |supplier: &str, product: &str| products.named(supplier, product, "7.4").key;
        let uniform = key("Idox", "Uniform");
        for (supplier, product) in
            [("idox plc", "UNI-form"), ("CAPS Solutions", "uniform 7.4"), ("IDOX", "Idox Uniform")]
        {
            assert_eq!(key(supplier, product), uniform, "{supplier} {product}");
        }
    }

    #[test]
    fn near_misses_are_offered_and_other_products_are_not() {
        let table = "
            Idox|Uniform / Idox|Unifrom: near
            Idox|Uniform / Idox Software|Uniform: near
            Idox|Uniform / Acolaid|Uniform: near
            Idox|Uniform / Idox|IdoxUniform: near
            Idox|Uniform / Idox|Uniform Spatial: near
            Ocella|Ocella2 / Ocella|Ocella 2: same
            Ocella|Ocella2 / Ocella|Ocella: near
            Idox|Uniform / Northgate|M3: other
            Lagan|CRM / Northgate|CRM: other
            Idox|DMS / Idox|Uniform: other";
        let products = Products::default();
        for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (pair, wanted) = line.split_once(": ").unwrap();
            let key = |typed: &str| {
                let (supplier, product) = typed.split_once('|').unwrap();
                products.named(supplier, product, "").key
            };
            let (one, other) = pair.split_once(" / ").unwrap();
            let (one, other) = (key(one), key(other));
            let said = match one == other {
                true => "same",
                false if one.is_near(&other) => "near",
                false => "other",
            };
            assert_eq!((said, one.is_near(&other)), (wanted, other.is_near(&one)), "{line}");
        }
    }
}
