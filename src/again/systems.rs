//! What councils have in common, from the systems in their rows. Which names mean one product is the programme's to say
//! and in no cell: that is taken from where consolidation takes it.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Named,
    cells::{self, over_cells},
};
use crate::{
    fact::system,
    figure::Amount,
    form::council_return::ict::{FUNCTION, TABLE},
    number::Exact,
    programme::{Code, product::Key},
};

/// Products with the councils that use them.
type Uses<'a> = BTreeMap<Key, BTreeSet<&'a Code>>;

pub(super) fn again(named: &Named<'_, '_>) -> Option<Amount> {
    let uses = uses(named);
    let number = match &*named.figure.key {
        "ict.overlap" => {
            let none = BTreeMap::new();
            let products = uses.get(named.figure.item.as_deref()?).unwrap_or(&none);
            let most = products.values().map(BTreeSet::len).max().unwrap_or(0);
            over_cells(Exact::from(most), &Exact::from(councils(products).len()))
        }
        "ict.pair_score" => {
            let both = uses.values().filter(|products| councils(products).len() == 2);
            let same = both.clone().filter(|products| products.values().any(|own| own.len() == 2));
            over_cells(Exact::from(same.count()), &Exact::from(both.count()))
        }
        _ => return None,
    };
    Some(Amount::Number(number))
}

fn councils<'a>(products: &Uses<'a>) -> BTreeSet<&'a Code> {
    products.values().flatten().copied().collect()
}

/// The products of each function that is asked for.
fn uses<'a>(named: &Named<'_, 'a>) -> BTreeMap<&'a str, Uses<'a>> {
    let mut uses: BTreeMap<&str, Uses<'_>> = BTreeMap::new();
    for (row, ret) in cells::rows(&named.cells) {
        let asked = |own: &&str| {
            let project = named.scope.project;
            project.is_some_and(|project| project.ict_functions.iter().any(|name| name == own))
        };
        let function = row.get(&FUNCTION).text().filter(asked);
        if let (Some(function), Some(council)) = (function, &ret.council)
            && row.table.name == TABLE.name
        {
            let product = system::product(row, &named.scope.products);
            let products = uses.entry(function).or_default();
            products.entry(product.key).or_default().insert(council);
        }
    }
    uses
}
