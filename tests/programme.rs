//! programme.toml: what the sample says, and what is said of one that is wrong.

use std::path::Path;

use lathe::programme::{Programme, Status};

fn sample() -> Programme {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/east-kent");
    Programme::load(&dir).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

#[test]
fn east_kent_asks_five_profiles_and_42_returns() {
    let programme = sample();
    let issued = programme.projects.iter().map(|project| project.issued().count());
    let (councils, projects) = (programme.councils.len(), programme.projects.len());
    assert_eq!((councils, projects, issued.sum::<usize>()), (5, 10, 42));
    let expected = programme.projects.iter().map(|project| project.expected().count());
    assert_eq!(expected.sum::<usize>(), 40);
    let people: u32 = programme.councils.iter().take(4).map(|council| council.population).sum();
    assert_eq!(people, 492_453);
    let building_control = programme.project("H").unwrap();
    assert_eq!(building_control.folder(), "H-building-control");
    assert_eq!(building_control.status("ASH"), Some(&Status::Optional));
    assert_eq!(building_control.groups, []);
}
