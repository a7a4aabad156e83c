//! The blank forms: what is in them, and that they stay the same.

use std::{collections::BTreeMap, io::Cursor, path::Path};

use calamine::{Reader, Xlsx};
use lathe::{
    issue::{self, Answers, Shape},
    programme::Programme,
};

fn programme() -> Programme {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/east-kent");
    Programme::load(&dir).unwrap()
}

#[test]
fn every_council_and_project_gets_its_forms() {
    let programme = programme();
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for issue in issue::issues(&programme) {
        *count.entry(issue.workbook.word).or_default() += 1;
    }
    assert_eq!(count, BTreeMap::from([("brief", 10), ("profile", 5), ("return", 42)]));
}

#[test]
fn every_question_asked_has_its_name_on_its_cell() {
    let programme = programme();
    for issue in issue::issues(&programme) {
        let bytes = issue.workbook_bytes(&programme, &Answers::new(), &Shape::default()).unwrap();
        let book = Xlsx::new(Cursor::new(bytes)).unwrap();
        let mut names: BTreeMap<String, String> = book.defined_names().iter().cloned().collect();
        names.retain(|name, _| !name.starts_with("_xlnm"));
        for field in issue.workbook.fields() {
            assert_eq!(
                names.remove(field.name).is_some(),
                issue.asks(field),
                "{} {}",
                issue.file_name(),
                field.name
            );
        }
        assert_eq!(names, BTreeMap::new());
    }
}
